import type { DistrictTx } from "@/lib/db/types";
import type { AuditProblem } from "@/lib/districts/verify-audit";
import { type Actor, demand } from "@/lib/policy";

/** What the worker found when it last verified the district's chain. */
export type AuditCheckView = {
  checkedAt: Date;
  entries: number;
  broken: { problem: AuditProblem; seq: number } | null;
};

/** The last verification of the district's audit log; null where there was none yet. Throws `forbidden`. */
export async function findAuditCheck(tx: DistrictTx, actor: Actor): Promise<AuditCheckView | null> {
  demand(actor, "manageDistrict");
  const row = await tx.auditCheck.findUnique({ where: { districtId: actor.districtId } });
  if (!row) return null;
  const { problem, problemSeq } = row;
  return {
    checkedAt: row.checkedAt,
    entries: Number(row.entries),
    broken: problem === null ? null : { problem: problem as AuditProblem, seq: Number(problemSeq) },
  };
}
