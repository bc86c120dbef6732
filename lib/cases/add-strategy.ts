import { audit } from "@/lib/audit";
import { touchCase } from "@/lib/cases/case-access";
import type { DistrictTx } from "@/lib/db/types";
import { type Actor, demand } from "@/lib/policy";

/** Days are YYYY-MM-DD. */
export type StrategyInput = { text: string; startedOn: string | null; endedOn: string | null; outcome: string | null };

/** Adds a strategy to the management plan. `id` comes from the form. Throws `forbidden`, `not-there`. */
export async function addStrategy(tx: DistrictTx, actor: Actor, input: StrategyInput & { id: string; caseId: string }): Promise<void> {
  demand(actor, "manageCases");
  await touchCase(tx, actor, input.caseId);
  const added = await tx.$executeRaw`
    insert into strategy (district_id, id, case_id, text, started_on, ended_on, outcome)
    values (current_district(), ${input.id}::uuid, ${input.caseId}::uuid, ${input.text}, ${input.startedOn}::date, ${input.endedOn}::date, ${input.outcome})
    on conflict (district_id, id) do nothing`;
  if (added > 0) audit(tx, { action: "strategy.add", subject: "case", subjectId: input.caseId, detail: { strategy: input.id } });
}
