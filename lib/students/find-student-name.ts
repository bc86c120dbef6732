import type { DistrictTx } from "@/lib/db/types";

/** A student's name, for pages of what the reader was let see already. `id` is a UUID of a student of the district. */
export async function findStudentName(
  tx: DistrictTx,
  id: string,
): Promise<{ givenName: string; familyName: string; sisId: string }> {
  const [row] = await tx.$queryRaw<{ givenName: string; familyName: string; sisId: string }[]>`
    select s.given_name as "givenName", s.family_name as "familyName", s.sis_id as "sisId" from student s
    where s.district_id = current_district() and s.id = ${id}::uuid`;
  return row ?? { givenName: "", familyName: "", sisId: "" };
}
