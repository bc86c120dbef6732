import type { DistrictTx } from "@/lib/db/types";
import type { Contact } from "@/lib/districts/search-directory";
import { stateName } from "@/lib/districts/states";
import type { Actor } from "@/lib/policy";

/** A district that may hold a student's records, as the search for a record request shows it. */
export type HolderEntry = {
  id: string;
  name: string;
  state: string;
  stateName: string;
  ncesId: string;
  city: string | null;
  domain: string | null;
  /** On Baton: it can be asked. */
  able: boolean;
  /** It has disabled document transfers: cases alone can be asked for. */
  documentsOff: boolean;
  contact: Contact | null;
};

type Row = {
  id: string;
  name: string;
  state: string;
  nces_id: string;
  city: string | null;
  domain: string | null;
  tenant: boolean;
  documents_off: boolean;
  coordinator_name: string | null;
  coordinator_title: string | null;
  coordinator_email: string | null;
  coordinator_phone: string | null;
};

/** Other districts whose name, city, state, NCES ID or domain holds every word of `q`, those that can be asked first; at most 20. */
export async function searchHolders(tx: DistrictTx, _actor: Actor, q: string): Promise<HolderEntry[]> {
  const rows = await tx.$queryRaw<Row[]>`select * from search_directory_documents(${q.slice(0, 200)}, 20::int)`;
  return rows.map((row) => ({
    id: row.id,
    name: row.name,
    state: row.state,
    stateName: stateName(row.state),
    ncesId: row.nces_id,
    city: row.city,
    domain: row.domain,
    able: row.tenant,
    documentsOff: row.documents_off,
    contact: row.coordinator_name
      ? {
          name: row.coordinator_name,
          title: row.coordinator_title,
          email: row.coordinator_email,
          phone: row.coordinator_phone,
        }
      : null,
  }));
}
