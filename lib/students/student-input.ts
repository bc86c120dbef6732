import type { DistrictTx } from "@/lib/db/types";
import { DomainError } from "@/lib/errors";
import { matchStudents } from "@/lib/students/match-students";

/** What's typed about a student. */
export type StudentInput = {
  givenName: string;
  familyName: string;
  preferredName: string | null;
  /** YYYY-MM-DD */
  birthDate: string | null;
  sisId: string;
  stateId: string | null;
  grade: string | null;
  buildingId: string | null;
};

/** A student that what was typed comes near to. */
export type AlikeStudent = { id: string; name: string; sisId: string; birthDate: string | null };

/**
 * Throws `choice-gone` for a building that isn't the district's, `sis-id-taken` with whose it is, and, unless they said that it's somebody
 * else, `student-alike` with those of about this name whose birth date doesn't speak against it.
 */
export async function demandNewStudent(
  tx: DistrictTx,
  input: StudentInput,
  options: { besides?: string; anotherOne: boolean },
): Promise<void> {
  const [found] = await tx.$queryRaw<
    [{ building: boolean; takenBy: string | null; givenName: string | null; familyName: string | null }]
  >`
    select ${input.buildingId}::uuid is null or exists (select 1 from building b where b.district_id = current_district() and b.id = ${input.buildingId}::uuid) as building,
      s.id as "takenBy", s.given_name as "givenName", s.family_name as "familyName"
    from (select 1) one left join student s on s.district_id = current_district() and s.sis_id = ${input.sisId} and s.id is distinct from ${options.besides ?? null}::uuid`;
  if (!found.building) throw new DomainError("choice-gone", { field: "buildingId" });
  if (found.takenBy)
    throw new DomainError("sis-id-taken", {
      studentId: found.takenBy,
      name: `${found.familyName}, ${found.givenName}`,
    });
  if (options.anotherOne) return;
  const typed = {
    n: 0,
    given: input.givenName,
    family: input.familyName,
    preferred: input.preferredName,
    birthDate: input.birthDate,
    stateId: input.stateId,
  };
  const near = (await matchStudents(tx, [typed], { sameState: true, most: 5 })).get(0) ?? [];
  const alike = near.filter(({ id, comparison: { name, birthDate, stateId } }) => {
    if (id === options.besides) return false;
    return stateId === "agrees" || (name !== "differs" && birthDate !== "differs");
  });
  if (alike.length === 0) return;
  throw new DomainError("student-alike", {
    students: alike.map(
      (one): AlikeStudent => ({
        id: one.id,
        name: `${one.family}, ${one.given}`,
        sisId: one.sisId,
        birthDate: one.birthDate,
      }),
    ),
  });
}
