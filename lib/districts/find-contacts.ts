import type { DistrictTx } from "@/lib/db/types";

/** A transfer coordinator's contact, where the district publishes it. */
export type Contact = { name: string; title: string | null; email: string | null; phone: string | null };

/** The contacts that these districts publish, by their ids. */
export async function findContacts(tx: DistrictTx, districtIds: readonly string[]): Promise<Map<string, Contact>> {
  const rows = await tx.$queryRaw<(Contact & { id: string })[]>`
    select id, coordinator_name "name", coordinator_title title, coordinator_email email, coordinator_phone phone
    from district_contacts(${[...districtIds]}::uuid[]) where coordinator_name is not null`;
  return new Map(rows.map(({ id, ...contact }) => [id, contact]));
}
