import { audit } from "@/lib/audit";
import { demandAssignee, type TaskInput } from "@/lib/cases/add-task";
import { touchCase } from "@/lib/cases/case-access";
import type { DistrictTx } from "@/lib/db/types";
import { DomainError } from "@/lib/errors";
import { type Actor, demand } from "@/lib/policy";

/**
 * Changes a task. A received one keeps the name of the sender's assignee until it's given to somebody here. `mark` is that of the row
 * that was read. Throws `forbidden`, `not-there`, `changed-meanwhile`, `choice-gone`.
 */
export async function editTask(
  tx: DistrictTx,
  actor: Actor,
  input: TaskInput & { id: string; caseId: string; mark: string },
): Promise<void> {
  demand(actor, "manageCases");
  await touchCase(tx, actor, input.caseId);
  await demandAssignee(tx, input.assigneeId, input.id);
  const changed = await tx.$executeRaw`
    update task set text = ${input.text}, assignee_id = ${input.assigneeId}::uuid, due_on = ${input.dueOn}::date
    where district_id = current_district() and case_id = ${input.caseId}::uuid and id = ${input.id}::uuid and xmin::text = ${input.mark}`;
  if (changed === 0) {
    const there = await tx.$queryRaw<unknown[]>`
      select 1 from task where district_id = current_district() and case_id = ${input.caseId}::uuid and id = ${input.id}::uuid`;
    throw new DomainError(there.length > 0 ? "changed-meanwhile" : "not-there");
  }
  audit(tx, { action: "task.edit", subject: "case", subjectId: input.caseId, detail: { task: input.id } });
}
