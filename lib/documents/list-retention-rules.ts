import type { DistrictTx } from "@/lib/db/types";
import { demandRetention } from "@/lib/documents/retention-access";
import { type CountedFrom, type RetentionKind, retentionKinds } from "@/lib/documents/retention-kinds";
import type { Actor } from "@/lib/policy";

export type RetentionRule = {
  kind: RetentionKind;
  /** undecided: kept, since there's no rule; good: kept for good, and said so. */
  keep: "undecided" | "good" | "years";
  years: number | null;
  countedFrom: CountedFrom | null;
  /** 0 where nothing was ever said. */
  version: number;
  saved: { at: Date; by: string } | null;
};

/** The district's rule for every kind of record, made or not. Throws `forbidden`. */
export async function listRetentionRules(tx: DistrictTx, actor: Actor): Promise<RetentionRule[]> {
  demandRetention(actor);
  const rows = await tx.$queryRaw<(Omit<RetentionRule, "saved"> & { at: Date; by: string })[]>`
    select r.kind, r.keep, r.years, r.counted_from as "countedFrom", r.version, r.saved_at as at, r.saved_by_name as by
    from retention_rule r where r.district_id = current_district()`;
  return retentionKinds.map((kind) => {
    const row = rows.find((one) => one.kind === kind);
    if (!row) return { kind, keep: "undecided", years: null, countedFrom: null, version: 0, saved: null };
    const { at, by, ...rule } = row;
    return { ...rule, saved: { at, by } };
  });
}
