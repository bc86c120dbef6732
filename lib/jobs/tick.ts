import type { PgBoss } from "pg-boss";
import { deleteDoomed, deleteOrphans } from "@/lib/jobs/delete-objects";
import { emptyBins } from "@/lib/jobs/empty-bins";
import { expireDue } from "@/lib/jobs/expire-due";
import { forgetDrafts, forgetSignIns } from "@/lib/jobs/forget";
import { handOverLeftBehind } from "@/lib/jobs/hand-over-left-behind";
import { keepAuditHeads } from "@/lib/jobs/keep-audit-heads";
import { pickUpRosters } from "@/lib/jobs/pick-up-rosters";
import { logPurges } from "@/lib/jobs/purge-log";
import { redeliver } from "@/lib/jobs/redeliver";
import { refillCases } from "@/lib/jobs/refill-cases";
import { remind } from "@/lib/jobs/remind";
import { moveAllDueDays, remindRequests } from "@/lib/jobs/remind-requests";
import { scanFiles } from "@/lib/jobs/scan-files";
import { sealLeftBehind } from "@/lib/jobs/seal-left-behind";
import { settleRosters } from "@/lib/jobs/settle-rosters";
import { verifyAudits } from "@/lib/jobs/verify-audits";
import { log } from "@/lib/log";

type Step = { name: string; run: (boss: PgBoss) => Promise<number>; everyMinutes: number };

/** Each step can be repeated, stands alone, and may run in several workers at once. */
const steps: readonly Step[] = [
  { name: "expire", run: expireDue, everyMinutes: 0 },
  { name: "seal", run: sealLeftBehind, everyMinutes: 0 },
  { name: "rosters", run: settleRosters, everyMinutes: 0 },
  { name: "roster folder", run: pickUpRosters, everyMinutes: 2 },
  { name: "hand-over", run: handOverLeftBehind, everyMinutes: 0 },
  { name: "deliver", run: redeliver, everyMinutes: 0 },
  { name: "remind", run: remind, everyMinutes: 0 },
  { name: "due days", run: () => moveAllDueDays(), everyMinutes: 60 },
  { name: "remind of requests", run: () => remindRequests(), everyMinutes: 5 },
  { name: "refill", run: refillCases, everyMinutes: 0 },
  { name: "bins", run: emptyBins, everyMinutes: 10 },
  { name: "purge-log", run: logPurges, everyMinutes: 0 },
  { name: "doomed", run: deleteDoomed, everyMinutes: 0 },
  { name: "sign-ins", run: forgetSignIns, everyMinutes: 10 },
  { name: "drafts", run: forgetDrafts, everyMinutes: 60 },
  { name: "orphans", run: () => deleteOrphans(), everyMinutes: 60 },
  { name: "audit heads", run: keepAuditHeads, everyMinutes: 10 },
  // These two last: each may take half a minute.
  { name: "scan", run: scanFiles, everyMinutes: 0 },
  { name: "audit chains", run: (boss) => verifyAudits(boss), everyMinutes: 0 },
];

/** Makes the work of a minute: what has expired, what is due, what was left behind. A step that fails doesn't stop the others. */
export function makeTick(boss: PgBoss): () => Promise<void> {
  const lastRun = new Map<string, number>();
  return async () => {
    for (const { name, run, everyMinutes } of steps) {
      const now = Date.now();
      if (now - (lastRun.get(name) ?? 0) < everyMinutes * 60_000) continue;
      lastRun.set(name, now);
      try {
        const count = await run(boss);
        if (count > 0) log.info({ step: name, count }, "tick");
      } catch (error) {
        lastRun.delete(name);
        log.error({ err: error, step: name }, "tick");
      }
    }
  };
}
