import { audit } from "@/lib/audit";
import { touchCase } from "@/lib/cases/case-access";
import type { DistrictTx } from "@/lib/db/types";
import { DomainError } from "@/lib/errors";
import { type Actor, demand } from "@/lib/policy";

/** Days are YYYY-MM-DD. */
export type TaskInput = { text: string; assigneeId: string | null; dueOn: string | null };

/** Adds a task to the management plan. `id` comes from the form. Throws `forbidden`, `not-there`, `choice-gone`. */
export async function addTask(tx: DistrictTx, actor: Actor, input: TaskInput & { id: string; caseId: string }): Promise<void> {
  demand(actor, "manageCases");
  await touchCase(tx, actor, input.caseId);
  await demandAssignee(tx, input.assigneeId);
  const added = await tx.$executeRaw`
    insert into task (district_id, id, case_id, text, assignee_id, due_on)
    values (current_district(), ${input.id}::uuid, ${input.caseId}::uuid, ${input.text}, ${input.assigneeId}::uuid, ${input.dueOn}::date)
    on conflict (district_id, id) do nothing`;
  if (added > 0) audit(tx, { action: "task.add", subject: "case", subjectId: input.caseId, detail: { task: input.id } });
}

/** Throws `choice-gone` unless the assignee is one of the district's people, or nobody. */
export async function demandAssignee(tx: DistrictTx, assigneeId: string | null): Promise<void> {
  if (!assigneeId) return;
  const found = await tx.$queryRaw<unknown[]>`select 1 from membership m where m.district_id = current_district() and m.id = ${assigneeId}::uuid`;
  if (found.length === 0) throw new DomainError("choice-gone", { field: "assigneeId" });
}
