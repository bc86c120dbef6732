import type { DistrictTx } from "@/lib/db/types";
import { stateName } from "@/lib/districts/states";
import type { Actor } from "@/lib/policy";

/** What keeps cases from being sent to a district. */
export type Unable = "not-on-baton" | "switched-off";

/** A transfer coordinator's contact, where the district publishes it. */
export type Contact = { name: string; title: string | null; email: string | null; phone: string | null };

export type DirectoryEntry = {
  id: string;
  name: string;
  state: string;
  stateName: string;
  ncesId: string;
  city: string | null;
  /** Whether cases can be sent there now. */
  able: boolean;
  /** Why not, in a word; the screen says it in a sentence. */
  why: Unable | null;
  contact: Contact | null;
};

type Row = {
  id: string;
  name: string;
  state: string;
  nces_id: string;
  city: string | null;
  tenant: boolean;
  case_transfers_on: boolean;
  coordinator_name: string | null;
  coordinator_title: string | null;
  coordinator_email: string | null;
  coordinator_phone: string | null;
};

/**
 * Districts whose name, city, state, NCES ID or domain holds every word of `q` (case, accents, punctuation aside), those that can take
 * cases first. The actor's own district isn't among them. At most `limit`, which is capped at 100.
 */
export async function searchDirectory(tx: DistrictTx, _actor: Actor, q: string, limit = 20): Promise<DirectoryEntry[]> {
  const rows = await tx.$queryRaw<
    Row[]
  >`select * from search_directory(${q.slice(0, 200)}, ${Math.min(Math.max(limit, 1), 100)}::int)`;
  return rows.map(entryOf);
}

function entryOf(row: Row): DirectoryEntry {
  const why: Unable | null = !row.tenant ? "not-on-baton" : row.case_transfers_on ? null : "switched-off";
  return {
    id: row.id,
    name: row.name,
    state: row.state,
    stateName: stateName(row.state),
    ncesId: row.nces_id,
    city: row.city,
    able: why === null,
    why,
    contact: row.coordinator_name
      ? {
          name: row.coordinator_name,
          title: row.coordinator_title,
          email: row.coordinator_email,
          phone: row.coordinator_phone,
        }
      : null,
  };
}
