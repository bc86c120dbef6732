import type { DistrictTx } from "@/lib/db/types";
import { compareIdentity, type Identity } from "@/lib/students/compare-identity";
import type { StudentMatch } from "@/lib/students/match-students";

type Row = {
  id: string;
  sisId: string;
  given: string;
  family: string;
  preferred: string | null;
  birthDate: string | null;
  stateId: string | null;
  grade: string | null;
  building: string | null;
  buildingId: string | null;
};

/**
 * Compares people with students of the roster that somebody chose for them; one statement for all. A student who isn't on the roster
 * any more is left out. `studentIds` of a person that name several give several, in their order.
 */
export async function compareStudents(
  tx: DistrictTx,
  people: readonly (Identity & { n: number; studentIds: readonly string[] })[],
  options: { sameState: boolean },
): Promise<Map<number, StudentMatch[]>> {
  const ids = [...new Set(people.flatMap((person) => person.studentIds))];
  if (ids.length === 0) return new Map();
  const rows = await tx.$queryRaw<Row[]>`
    select s.id, s.sis_id "sisId", s.given_name given, s.family_name family, s.preferred_name preferred, s.birth_date::text "birthDate", s.state_id "stateId", s.grade,
      b.name building, s.building_id "buildingId"
    from student s left join building b on b.district_id = s.district_id and b.id = s.building_id where s.id = any (${ids}::uuid[]) and s.active`;
  const students = new Map(rows.map((row) => [row.id, row]));
  return new Map(
    people.map((person) => [
      person.n,
      person.studentIds.flatMap((id) => {
        const student = students.get(id);
        return student ? [{ ...student, comparison: compareIdentity(person, student, options.sameState) }] : [];
      }),
    ]),
  );
}
