import type { World } from "../../support/world";

/** Tables without a fence: nothing of a district is in them. */
export const ownTables = ["_prisma_migrations"];

/** Tables that aren't one district's own, and why each is fenced in another way. A new table has to be named here or carry a district. */
export const sharedTables: Record<string, string> = {
  _prisma_migrations: "names of migrations",
  app_user: "a person's login, for all of their districts; seen while signing in alone",
  attempt: "counted tries per address or account; seen while signing in alone",
  code_try: "tries of codes in the last hour; seen by nobody but the exchange's functions",
  district: "the directory: names, states, ids, switches are public to every tenant",
  doomed_object: "storage keys that the worker deletes; seen by jobs alone",
  half_session: "the password was right, the second factor is to come; seen while signing in alone",
  package_file: "sealed, on its way: the sender writes it, the receiver reads it once it's unlocked",
  package_item: "sealed, on its way: the sender writes it, the receiver reads it once it's unlocked",
  package_key: "keys of document packages on their way; seen by nobody but the exchange's functions",
  package_manifest: "hashes of what travelled; seen by the two districts of the transfer",
  password_reset: "links for new passwords, of people and not of districts; seen while signing in alone",
  record_request: "carries both districts' ids and is seen by these two; what it asks for is sealed",
  recovery_code: "hashes of a person's recovery codes; seen while signing in alone",
  session: "who is signed in; seen while signing in alone",
  transfer: "carries both districts' ids and is seen by these two",
  transfer_event: "a transfer's timeline; seen by its two districts",
  transfer_key: "verifier and wrapped keys; seen by nobody but the exchange's functions",
  transfer_rule: "the state table",
};

/** The tables that are one district's own: those with a district id that aren't named as shared. */
export async function tenantTables(sql: World["sql"]): Promise<string[]> {
  const rows = await sql<{ name: string }>(
    `select c.relname::text name from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attname = 'district_id' and not a.attisdropped
     where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') order by 1`,
  );
  return rows.map((row) => row.name).filter((name) => !(name in sharedTables));
}
