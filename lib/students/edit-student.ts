import { audit } from "@/lib/audit";
import type { DistrictTx } from "@/lib/db/types";
import { DomainError } from "@/lib/errors";
import { outbox } from "@/lib/outbox";
import type { Actor } from "@/lib/policy";
import { mayAddStudents } from "@/lib/students/student-access";
import { demandNewStudent, type StudentInput } from "@/lib/students/student-input";

/**
 * Corrects a student who was added by hand. `mark` is the writing of the row that the form was filled from. Throws `forbidden`,
 * `not-there`, `from-roster`, `changed-meanwhile`, and as `addStudent` does.
 */
export async function editStudent(
  tx: DistrictTx,
  actor: Actor,
  input: StudentInput & { id: string; mark: string; anotherOne: boolean },
): Promise<void> {
  if (!mayAddStudents(actor)) throw new DomainError("forbidden");
  const [student] = await tx.$queryRaw<{ source: string; mark: string }[]>`
    select s.source, s.xmin::text as mark from student s where s.district_id = current_district() and s.id = ${input.id}::uuid for update`;
  if (!student) throw new DomainError("not-there");
  if (student.source !== "manual") throw new DomainError("from-roster");
  if (student.mark !== input.mark) throw new DomainError("changed-meanwhile");
  await demandNewStudent(tx, input, { besides: input.id, anotherOne: input.anotherOne });
  await tx.$executeRaw`
    update student s set sis_id = ${input.sisId}, state_id = ${input.stateId}, given_name = ${input.givenName}, family_name = ${input.familyName}, preferred_name = ${input.preferredName},
      birth_date = ${input.birthDate}::date, grade = ${input.grade}, building_id = ${input.buildingId}::uuid
    where s.district_id = current_district() and s.id = ${input.id}::uuid`;
  audit(tx, { action: "student.edit", subject: "student", subjectId: input.id });
  await outbox(tx, "recheck", { districtId: actor.districtId });
}
