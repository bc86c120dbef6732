import { audit } from "@/lib/audit";
import type { DistrictTx } from "@/lib/db/types";
import type { CountedFrom, RetentionKind } from "@/lib/documents/retention-kinds";
import { DomainError } from "@/lib/errors";
import { type Actor, demand } from "@/lib/policy";

/** The longest that a rule can say; longer is for good. */
export const mostYears = 100;

/**
 * Says how long a kind of record is kept. `version` is the one that the form was filled from, 0 where there was no rule. Destroys
 * nothing by itself. False where nothing was decided, before or now: then nothing is written. Throws `forbidden`, `bad-value` for years that aren't 1 to 100 and a day that the kind doesn't have,
 * `changed-meanwhile`.
 */
export async function saveRetentionRule(
  tx: DistrictTx,
  actor: Actor,
  input: {
    kind: RetentionKind;
    version: number;
    rule: { keep: "undecided" | "good" } | { keep: "years"; years: number; countedFrom: CountedFrom };
  },
): Promise<boolean> {
  demand(actor, "manageDistrict");
  const { kind, version, rule } = input;
  const [years, from] = rule.keep === "years" ? [rule.years, rule.countedFrom] : [null, null];
  if (years !== null && !(Number.isInteger(years) && years >= 1 && years <= mostYears))
    throw new DomainError("bad-value", { field: "years" });
  if (from !== null && (from === "closing") !== (kind === "case"))
    throw new DomainError("bad-value", { field: "countedFrom" });
  if (rule.keep === "undecided" && (await isUndecided(tx, kind, version))) return false;
  const saved = await tx.$executeRaw`
    insert into retention_rule as r (district_id, kind, keep, years, counted_from, saved_by, saved_by_name)
    select current_district(), ${kind}, ${rule.keep}, ${years}::int, ${from}, ${actor.membershipId}::uuid, ${actor.name}
    where ${version}::int = 0 or exists (select 1 from retention_rule x where x.district_id = current_district() and x.kind = ${kind})
    on conflict (district_id, kind) do update set keep = excluded.keep, years = excluded.years, counted_from = excluded.counted_from, version = r.version + 1,
      saved_at = now(), saved_by = excluded.saved_by, saved_by_name = excluded.saved_by_name
    where r.version = ${version}::int`;
  if (saved === 0) throw new DomainError("changed-meanwhile");
  audit(tx, { action: "retention.rule", subject: "district", detail: { kind, keep: rule.keep, years, from } });
  return true;
}

/** Whether the kind stands as the form said: without a decision. Throws `changed-meanwhile` where it's another version by now. */
async function isUndecided(tx: DistrictTx, kind: RetentionKind, version: number): Promise<boolean> {
  const [row] = await tx.$queryRaw<{ keep: string; version: number }[]>`
    select r.keep, r.version from retention_rule r where r.district_id = current_district() and r.kind = ${kind} for update`;
  if ((row?.version ?? 0) !== version) throw new DomainError("changed-meanwhile");
  return !row || row.keep === "undecided";
}
