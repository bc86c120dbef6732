import type { DistrictTx } from "@/lib/db/types";
import { stateName } from "@/lib/districts/states";
import type { Actor } from "@/lib/policy";

/** What keeps cases or documents from being sent to a district. */
export type Unable = "not-on-baton" | "switched-off";

/** What somebody wants to send: cases need the case switch on, documents need theirs not disabled. */
export type Sendable = "cases" | "documents";

/** A transfer coordinator's contact, where the district publishes it. */
export type Contact = { name: string; title: string | null; email: string | null; phone: string | null };

export type DirectoryEntry = {
  id: string;
  name: string;
  state: string;
  stateName: string;
  ncesId: string;
  city: string | null;
  domain: string | null;
  /** Whether it can be sent there now. */
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
  off: boolean;
  domain: string | null;
  coordinator_name: string | null;
  coordinator_title: string | null;
  coordinator_email: string | null;
  coordinator_phone: string | null;
};

/**
 * Districts whose name, city, state, NCES ID or domain holds every word of `q` (case, accents, punctuation aside), those that can take
 * what is sent first. The actor's own district isn't among them. At most `limit`, which is capped at 100.
 */
export async function searchDirectory(
  tx: DistrictTx,
  _actor: Actor,
  q: string,
  limit = 20,
  what: Sendable = "cases",
): Promise<DirectoryEntry[]> {
  const [words, most] = [q.slice(0, 200), Math.min(Math.max(limit, 1), 100)];
  const rows =
    what === "cases"
      ? await tx.$queryRaw<
          Row[]
        >`select s.*, not s.case_transfers_on "off", null "domain" from search_directory(${words}, ${most}::int) s`
      : await tx.$queryRaw<
          Row[]
        >`select s.*, s.documents_off "off" from search_directory_documents(${words}, ${most}::int) s`;
  return rows.map(entryOf);
}

/** Districts by their ids as the search shows them; who isn't there is left out. */
export async function findDirectoryEntries(
  tx: DistrictTx,
  _actor: Actor,
  ids: readonly string[],
  what: Sendable,
): Promise<DirectoryEntry[]> {
  const rows = await tx.$queryRaw<Row[]>`
    select d.id, d.name, d.state, d.nces_id, d.city, d.domain, d.slug is not null tenant, case ${what} when 'cases' then not d.case_transfers_on else d.documents_off end "off", c.*
    from district d left join lateral (select coordinator_name, coordinator_title, coordinator_email, coordinator_phone from district_contacts(array[d.id])) c on true
    where d.id = any (${[...ids]}::uuid[])`;
  return rows.map(entryOf);
}

function entryOf(row: Row): DirectoryEntry {
  const why: Unable | null = !row.tenant ? "not-on-baton" : row.off ? "switched-off" : null;
  return {
    id: row.id,
    name: row.name,
    state: row.state,
    stateName: stateName(row.state),
    ncesId: row.nces_id,
    city: row.city,
    domain: row.domain,
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
