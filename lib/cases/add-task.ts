import { audit } from "@/lib/audit";
import { addOnce } from "@/lib/cases/add-once";
import { touchCase } from "@/lib/cases/case-access";
import type { DistrictTx } from "@/lib/db/types";
import { DomainError } from "@/lib/errors";
import { type Actor, demand } from "@/lib/policy";

/** Days are YYYY-MM-DD. */
export type TaskInput = { text: string; assigneeId: string | null; dueOn: string | null };

/** Adds a task to the management plan. `id` comes from the form: a second click is the same task. Throws `forbidden`, `not-there`, `choice-gone`. */
export async function addTask(
  tx: DistrictTx,
  actor: Actor,
  input: TaskInput & { id: string; caseId: string },
): Promise<void> {
  demand(actor, "manageCases");
  const { caseId, text, assigneeId, dueOn } = input;
  await touchCase(tx, actor, caseId);
  await demandAssignee(tx, assigneeId);
  const { id, added } = await addOnce(input.id, [caseId, text, assigneeId, dueOn], {
    add: async (id) =>
      (await tx.$executeRaw`
        insert into task (district_id, id, case_id, text, assignee_id, due_on)
        values (current_district(), ${id}::uuid, ${caseId}::uuid, ${text}, ${assigneeId}::uuid, ${dueOn}::date)
        on conflict (district_id, id) do nothing`) > 0,
    isSame: async (id) =>
      (
        await tx.$queryRaw<unknown[]>`
          select 1 from task where district_id = current_district() and id = ${id}::uuid and case_id = ${caseId}::uuid and text = ${text}
            and assignee_id is not distinct from ${assigneeId}::uuid and due_on is not distinct from ${dueOn}::date`
      ).length > 0,
  });
  if (added) audit(tx, { action: "task.add", subject: "case", subjectId: caseId, detail: { task: id } });
}

/**
 * Throws `choice-gone` unless the assignee is one of the district's people who aren't disabled, or nobody. Whoever the task is given to
 * already may keep it.
 */
export async function demandAssignee(
  tx: DistrictTx,
  assigneeId: string | null,
  taskId: string | null = null,
): Promise<void> {
  if (!assigneeId) return;
  const found = await tx.$queryRaw<unknown[]>`
    select 1 from membership m where m.district_id = current_district() and m.id = ${assigneeId}::uuid and (m.disabled_at is null
      or exists (select 1 from task k where k.district_id = m.district_id and k.id = ${taskId}::uuid and k.assignee_id = m.id))`;
  if (found.length === 0) throw new DomainError("choice-gone", { field: "assigneeId" });
}
