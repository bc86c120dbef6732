import type { DistrictTx } from "@/lib/db/types";
import { DomainError } from "@/lib/errors";
import { type Actor, may } from "@/lib/policy";

export type StudentHit = {
  id: string;
  givenName: string;
  familyName: string;
  preferredName: string | null;
  sisId: string;
  /** YYYY-MM-DD */
  birthDate: string | null;
  grade: string | null;
  building: string | null;
  /** Left the roster. */
  departed: boolean;
};

/**
 * Students of the roster by name, SIS ID or state ID, words in any order; those who left come last. At most `limit`.
 * For who manages cases, documents or the district. Throws `forbidden`.
 */
export async function searchStudents(tx: DistrictTx, actor: Actor, q: string, limit = 8): Promise<StudentHit[]> {
  demandRoster(actor);
  return tx.$queryRaw<StudentHit[]>`
    select s.id, s.given_name as "givenName", s.family_name as "familyName", s.preferred_name as "preferredName", s.sis_id as "sisId",
      s.birth_date::text as "birthDate", s.grade, b.name as building, not s.active as departed
    from search_students(${q.replaceAll("\u0000", "").slice(0, 200)}, ${limit}::int) with ordinality h (id, n)
    join student s on s.district_id = current_district() and s.id = h.id
    left join building b on b.district_id = s.district_id and b.id = s.building_id
    order by h.n`;
}

/** One student as the search shows them, or null. `id` is a UUID. Throws `forbidden`. */
export async function findStudent(tx: DistrictTx, actor: Actor, id: string): Promise<StudentHit | null> {
  demandRoster(actor);
  const [student] = await tx.$queryRaw<StudentHit[]>`
    select s.id, s.given_name as "givenName", s.family_name as "familyName", s.preferred_name as "preferredName", s.sis_id as "sisId",
      s.birth_date::text as "birthDate", s.grade, b.name as building, not s.active as departed
    from student s left join building b on b.district_id = s.district_id and b.id = s.building_id
    where s.district_id = current_district() and s.id = ${id}::uuid`;
  return student ?? null;
}

function demandRoster(actor: Actor): void {
  if (!may(actor, "manageCases") && !may(actor, "manageDocuments") && !may(actor, "manageDistrict"))
    throw new DomainError("forbidden");
}
