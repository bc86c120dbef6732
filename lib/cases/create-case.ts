import { audit } from "@/lib/audit";
import { type CaseFacts, demandChoices, type PersonOfConcern, placePerson, setAssigned } from "@/lib/cases/case-input";
import type { DistrictTx } from "@/lib/db/types";
import { type Actor, demand } from "@/lib/policy";

/**
 * Opens a case under the district's next number. `id` comes from the form, so that a second click of the same form is the same case.
 * Throws `forbidden`, `student-gone`, `choice-gone`.
 */
export async function createCase(
  tx: DistrictTx,
  actor: Actor,
  input: CaseFacts & { id: string; who: PersonOfConcern },
): Promise<{ id: string }> {
  demand(actor, "manageCases");
  await tx.$executeRaw`select pg_advisory_xact_lock(hashtextextended(${input.id}, 0))`;
  const [before] = await tx.$queryRaw<{ id: string }[]>`
    select c.id from "case" c where c.district_id = current_district() and c.id = ${input.id}::uuid`;
  if (before) return before;
  await demandChoices(tx, input);
  const { studentId, personId } = await placePerson(tx, input.who);
  await tx.$executeRaw`
    insert into "case" (district_id, id, number, student_id, person_id, building_id, team_id, manager_id, status, level)
    select current_district(), ${input.id}::uuid, n, ${studentId}::uuid, ${personId}::uuid, ${input.buildingId}::uuid, ${input.teamId}::uuid, ${input.managerId}::uuid,
      ${input.status}, ${input.level}
    from next_case_numbers(1) n`;
  await setAssigned(tx, input.id, input);
  audit(tx, {
    action: "case.create",
    subject: "case",
    subjectId: input.id,
    detail: { onRoster: studentId !== null, status: input.status, level: input.level },
  });
  return { id: input.id };
}
