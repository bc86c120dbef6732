import { audit } from "@/lib/audit";
import { touchCase } from "@/lib/cases/case-access";
import type { DistrictTx } from "@/lib/db/types";
import { DomainError } from "@/lib/errors";
import type { Actor } from "@/lib/policy";

/** Ticks a task as done, or takes the tick away; everybody who sees the case may. Repeating it changes nothing. Throws `not-there`. */
export async function tickTask(
  tx: DistrictTx,
  actor: Actor,
  input: { id: string; caseId: string; done: boolean },
): Promise<void> {
  await touchCase(tx, actor, input.caseId);
  const [row] = await tx.$queryRaw<{ changed: boolean }[]>`
    update task k set done_at = case when ${input.done} then coalesce(k.done_at, now()) end
    from (select * from task x where x.district_id = current_district() and x.id = ${input.id}::uuid for update) old
    where k.district_id = old.district_id and k.id = old.id and k.case_id = ${input.caseId}::uuid
    returning (old.done_at is null) <> (k.done_at is null) as changed`;
  if (!row) throw new DomainError("not-there");
  if (row.changed)
    audit(tx, {
      action: input.done ? "task.done" : "task.reopen",
      subject: "case",
      subjectId: input.caseId,
      detail: { task: input.id },
    });
}
