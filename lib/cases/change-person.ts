import { audit } from "@/lib/audit";
import { demandUnheldCase } from "@/lib/cases/case-access";
import { type PersonInput, type PersonOfConcern, placePerson } from "@/lib/cases/case-input";
import type { DistrictTx } from "@/lib/db/types";
import { DomainError } from "@/lib/errors";
import { type Actor, demand } from "@/lib/policy";

/**
 * Mends a wrong link: the case is about somebody else; or, with `correct`, puts right what's written about the person of concern who
 * isn't on the roster. `version` is the one that the form was filled from.
 * Throws `forbidden`, `not-there`, `changed-meanwhile`, `student-gone`, `on-hold`: what a legal hold keeps stays whose it is.
 */
export async function changePerson(
  tx: DistrictTx,
  actor: Actor,
  input: { id: string; version: number; who: PersonOfConcern | { correct: PersonInput } },
): Promise<void> {
  demand(actor, "manageCases");
  const [before] = await tx.$queryRaw<{ studentId: string | null; personId: string | null; version: number }[]>`
    select c.student_id as "studentId", c.person_id as "personId", c.version from "case" c
    where c.district_id = current_district() and c.id = ${input.id}::uuid for update`;
  if (!before) throw new DomainError("not-there");
  if (before.version !== input.version) throw new DomainError("changed-meanwhile");

  if ("correct" in input.who) {
    if (!before.personId) throw new DomainError("changed-meanwhile");
    await demandUnheldCase(tx, input.id);
    const { givenName, familyName, birthDate, grade } = input.who.correct;
    await tx.$executeRaw`
      update person set given_name = ${givenName}, family_name = ${familyName}, birth_date = ${birthDate}::date, grade = ${grade}
      where district_id = current_district() and id = ${before.personId}::uuid`;
    await tx.$executeRaw`update "case" set version = version + 1, updated_at = now() where district_id = current_district() and id = ${input.id}::uuid`;
    audit(tx, {
      action: "case.correct-person",
      subject: "case",
      subjectId: input.id,
      detail: { personId: before.personId },
    });
    return;
  }
  if (!("studentId" in input.who) || input.who.studentId !== before.studentId) await demandUnheldCase(tx, input.id);
  const { studentId, personId } = await placePerson(tx, input.who);
  await tx.$executeRaw`
    update "case" set student_id = ${studentId}::uuid, person_id = ${personId}::uuid, version = version + 1, updated_at = now()
    where district_id = current_district() and id = ${input.id}::uuid`;
  audit(tx, {
    action: "case.change-person",
    subject: "case",
    subjectId: input.id,
    detail: { studentWas: before.studentId, personWas: before.personId, student: studentId, person: personId },
  });
}
