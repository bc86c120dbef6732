import { audit } from "@/lib/audit";
import type { DistrictTx } from "@/lib/db/types";
import { DomainError } from "@/lib/errors";
import { outbox } from "@/lib/outbox";
import type { Actor } from "@/lib/policy";
import { mayAddStudents } from "@/lib/students/student-access";
import { demandNewStudent, type StudentInput } from "@/lib/students/student-input";

/**
 * Adds a student by hand, whom the roster hasn't brought yet; it adopts them by SIS ID. `id` comes from the form: a second click finds
 * the student there. Throws `forbidden`, `choice-gone`, `sis-id-taken`, `student-alike` unless `anotherOne`.
 */
export async function addStudent(
  tx: DistrictTx,
  actor: Actor,
  input: StudentInput & { id: string; anotherOne: boolean },
): Promise<{ id: string }> {
  if (!mayAddStudents(actor)) throw new DomainError("forbidden");
  // One of two clicks at once waits, and then finds the student; the same goes for two people who type the same SIS ID.
  await tx.$executeRaw`select pg_advisory_xact_lock(hashtextextended(${`${actor.districtId} student ${input.sisId}`}, 0))`;
  const before = await tx.$queryRaw<unknown[]>`
    select 1 from student s where s.district_id = current_district() and s.id = ${input.id}::uuid and s.sis_id = ${input.sisId}`;
  if (before.length > 0) return { id: input.id };
  await demandNewStudent(tx, input, { anotherOne: input.anotherOne });
  // The browser's Back button brings the form again with the same id: what's typed then is somebody else.
  const [row] = await tx.$queryRaw<[{ id: string }]>`
    insert into student (district_id, id, sis_id, state_id, given_name, family_name, preferred_name, birth_date, grade, building_id, source)
    select current_district(), case when exists (select 1 from student s where s.district_id = current_district() and s.id = ${input.id}::uuid) then gen_random_uuid() else ${input.id}::uuid end,
      ${input.sisId}, ${input.stateId}, ${input.givenName}, ${input.familyName}, ${input.preferredName}, ${input.birthDate}::date, ${input.grade}, ${input.buildingId}::uuid, 'manual'
    returning id`;
  audit(tx, { action: "student.add", subject: "student", subjectId: row.id });
  // Documents may be held for want of this student.
  await outbox(tx, "recheck", { districtId: actor.districtId });
  return row;
}
