import { audit } from "@/lib/audit";
import { addOnce } from "@/lib/cases/add-once";
import { touchCase } from "@/lib/cases/case-access";
import type { DistrictTx } from "@/lib/db/types";
import { type Actor, demand } from "@/lib/policy";

/** Days are YYYY-MM-DD. */
export type StrategyInput = { text: string; startedOn: string | null; endedOn: string | null; outcome: string | null };

/** Adds a strategy to the management plan. `id` comes from the form: a second click is the same strategy. Throws `forbidden`, `not-there`. */
export async function addStrategy(
  tx: DistrictTx,
  actor: Actor,
  input: StrategyInput & { id: string; caseId: string },
): Promise<void> {
  demand(actor, "manageCases");
  const { caseId, text, startedOn, endedOn, outcome } = input;
  await touchCase(tx, actor, caseId);
  const { id, added } = await addOnce(input.id, [caseId, text, startedOn, endedOn, outcome], {
    add: async (id) =>
      (await tx.$executeRaw`
        insert into strategy (district_id, id, case_id, text, started_on, ended_on, outcome)
        values (current_district(), ${id}::uuid, ${caseId}::uuid, ${text}, ${startedOn}::date, ${endedOn}::date, ${outcome})
        on conflict (district_id, id) do nothing`) > 0,
    isSame: async (id) =>
      (
        await tx.$queryRaw<unknown[]>`
          select 1 from strategy where district_id = current_district() and id = ${id}::uuid and case_id = ${caseId}::uuid and text = ${text}
            and started_on is not distinct from ${startedOn}::date and ended_on is not distinct from ${endedOn}::date and outcome is not distinct from ${outcome}`
      ).length > 0,
  });
  if (added) audit(tx, { action: "strategy.add", subject: "case", subjectId: caseId, detail: { strategy: id } });
}
