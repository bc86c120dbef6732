import type { DistrictTx } from "@/lib/db/types";
import { type Contact, findContacts } from "@/lib/districts/find-contacts";
import { stateName } from "@/lib/districts/states";
import type { Actor } from "@/lib/policy";

/** What a district is picked for: cases or documents go to it, or a student's records are asked of it. */
export type DirectoryUse = "cases" | "documents" | "request";

/** What keeps cases or documents from a district. */
export type Unable = "not-on-baton" | "switched-off";

export type DirectoryEntry = {
  id: string;
  name: string;
  state: string;
  stateName: string;
  ncesId: string;
  city: string | null;
  domain: string | null;
  /** Whether it can be picked now. */
  able: boolean;
  /** Its switch, in a word; the screen says it in a sentence. One that has disabled documents can still be asked for cases. */
  why: Unable | null;
  contact: Contact | null;
};

const mostFound = 20;

type Row = {
  id: string;
  name: string;
  state: string;
  nces_id: string;
  city: string | null;
  domain: string | null;
  tenant: boolean;
  switched_off: boolean;
};
type Coordinator = Record<`coordinator_${keyof Contact}`, string | null>;

/**
 * Districts whose name, city, state, NCES ID or domain holds every one of the words (case, accents, punctuation aside), those that can
 * be picked first, at most 20. The actor's own district isn't among them.
 */
export async function searchDirectory(
  tx: DistrictTx,
  _actor: Actor,
  { words, what }: { words: string; what: DirectoryUse },
): Promise<DirectoryEntry[]> {
  const rows = await tx.$queryRaw<(Row & Coordinator)[]>`
    select * from search_directory(${words.slice(0, 200)}, ${what}, ${mostFound}::int)`;
  return rows.map((row) =>
    entryOf(
      row,
      what,
      row.coordinator_name === null
        ? null
        : {
            name: row.coordinator_name,
            title: row.coordinator_title,
            email: row.coordinator_email,
            phone: row.coordinator_phone,
          },
    ),
  );
}

/** A district by its id as the search shows it, or null. */
export async function findDirectoryEntry(
  tx: DistrictTx,
  _actor: Actor,
  { id, what }: { id: string; what: DirectoryUse },
): Promise<DirectoryEntry | null> {
  const [row] = await tx.$queryRaw<Row[]>`
    select d.id, d.name, d.state, d.nces_id, d.city, d.domain, d.slug is not null tenant, case ${what} when 'cases' then not d.case_transfers_on else d.documents_off end switched_off
    from district d where d.id = ${id}::uuid`;
  return row ? entryOf(row, what, (await findContacts(tx, [id])).get(id) ?? null) : null;
}

function entryOf(row: Row, what: DirectoryUse, contact: Contact | null): DirectoryEntry {
  const why: Unable | null = !row.tenant ? "not-on-baton" : row.switched_off ? "switched-off" : null;
  return {
    id: row.id,
    name: row.name,
    state: row.state,
    stateName: stateName(row.state),
    ncesId: row.nces_id,
    city: row.city,
    domain: row.domain,
    able: what === "request" ? row.tenant : why === null,
    why,
    contact,
  };
}
