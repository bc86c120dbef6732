import type { DistrictTx } from "@/lib/db/types";
import { DomainError } from "@/lib/errors";
import { type Actor, may } from "@/lib/policy";

export type DepartedStudent = {
  id: string;
  givenName: string;
  familyName: string;
  sisId: string;
  grade: string | null;
  building: string | null;
  /** YYYY-MM-DD; null for those who left before days were written down. */
  leftOn: string | null;
  /** Their cases that aren't closed. */
  caseIds: string[];
  /** How many of these wait in a transfer already, or went with one. */
  transferred: number;
};
export type DepartedPage = { students: DepartedStudent[]; total: number; page: number };

export const departedPerPage = 50;

/**
 * Students who left the roster and have a case that isn't closed, the latest first: their support must not end with them. For who manages
 * cases or the district. Throws `forbidden`.
 */
export async function listDeparted(tx: DistrictTx, actor: Actor, input: { page: number }): Promise<DepartedPage> {
  if (!may(actor, "manageCases") && !may(actor, "manageDistrict")) throw new DomainError("forbidden");
  const page = Math.max(1, input.page);
  const rows = await tx.$queryRaw<(DepartedStudent & { total: number })[]>`
    with gone as materialized (
      select s.id, array_agg(c.id order by c.updated_at desc) "caseIds" from student s
      join "case" c on c.district_id = s.district_id and c.student_id = s.id and c.status <> 'closed'
      where s.district_id = ${actor.districtId}::uuid and not s.active group by s.id)
    select s.id, s.given_name "givenName", s.family_name "familyName", s.sis_id "sisId", s.grade, b.name building, s.left_on::text "leftOn", g."caseIds", (
        select count(distinct x.case_id)::int from transfer_case x join transfer t on t.id = x.transfer_id
        where x.district_id = s.district_id and x.case_id = any (g."caseIds") and (x.open or (t.status = 'completed' and x.outcome is distinct from 'left'))) transferred,
      count(*) over ()::int total
    from gone g join student s on s.district_id = ${actor.districtId}::uuid and s.id = g.id
    left join building b on b.district_id = s.district_id and b.id = s.building_id
    order by s.left_on desc nulls last, s.family_name, s.given_name, s.id
    limit ${departedPerPage} offset ${(page - 1) * departedPerPage}`;
  if (rows.length === 0 && page > 1) return listDeparted(tx, actor, { page: 1 });
  return { students: rows.map(({ total: _, ...row }) => row), total: rows[0]?.total ?? 0, page };
}
