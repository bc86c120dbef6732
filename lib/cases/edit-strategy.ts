import { audit } from "@/lib/audit";
import type { StrategyInput } from "@/lib/cases/add-strategy";
import { touchCase } from "@/lib/cases/case-access";
import type { DistrictTx } from "@/lib/db/types";
import { DomainError } from "@/lib/errors";
import { type Actor, demand } from "@/lib/policy";

/**
 * Changes or ends a strategy. Received ones are the receiver's to carry on. `mark` is that of the row that was read.
 * Throws `forbidden`, `not-there`, `changed-meanwhile`.
 */
export async function editStrategy(
  tx: DistrictTx,
  actor: Actor,
  input: StrategyInput & { id: string; caseId: string; mark: string },
): Promise<void> {
  demand(actor, "manageCases");
  await touchCase(tx, actor, input.caseId);
  const [row] = await tx.$queryRaw<{ ended: boolean }[]>`
    update strategy y set text = ${input.text}, started_on = ${input.startedOn}::date, ended_on = ${input.endedOn}::date, outcome = ${input.outcome}
    from (select * from strategy x where x.district_id = current_district() and x.id = ${input.id}::uuid for update) old
    where y.district_id = old.district_id and y.id = old.id and y.case_id = ${input.caseId}::uuid and y.xmin::text = ${input.mark}
    returning old.ended_on is null and y.ended_on is not null as ended`;
  if (!row) {
    const there = await tx.$queryRaw<unknown[]>`
      select 1 from strategy where district_id = current_district() and case_id = ${input.caseId}::uuid and id = ${input.id}::uuid`;
    throw new DomainError(there.length > 0 ? "changed-meanwhile" : "not-there");
  }
  audit(tx, {
    action: row.ended ? "strategy.end" : "strategy.edit",
    subject: "case",
    subjectId: input.caseId,
    detail: { strategy: input.id },
  });
}
