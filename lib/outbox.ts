import { fromPrisma, PgBoss } from "pg-boss";
import type { DistrictTx, SystemTx } from "@/lib/db/types";
import { env } from "@/lib/env";
import { log } from "@/lib/log";

/** The queues. Payloads hold ids only; whom a mail goes to is found later, inside each district. */
export type Jobs = {
  /** Address a mail about an event inside one district. */
  notify: {
    event: MailEvent;
    districtId: string;
    transferId?: string;
    requestId?: string;
    membershipId?: string;
    importId?: string;
    proposalId?: string;
    key: string;
  };
  /** Send one addressed mail. */
  deliver: { districtId: string; mailId: string };
  /** Seal a package that is still being prepared. */
  seal: { districtId: string; transferId: string };
  /** Deliver a sealed document package inside the receiving district, or hold it there. */
  "hand-over": { districtId: string; transferId: string };
  /** A district's roster or people changed: held document transfers may find their student now. */
  recheck: { districtId: string };
  /** Check a roster import, or apply it. */
  roster: { districtId: string; importId: string; step: "check" | "apply" };
  /** Every minute: what has expired, what is due, what was left behind. */
  tick: Record<string, never>;
};
export const queues = [
  "notify",
  "deliver",
  "seal",
  "hand-over",
  "recheck",
  "roster",
  "tick",
] as const satisfies (keyof Jobs)[];

/** What people are told of by e-mail (product.md, section 3, Alerts). */
export type MailEvent =
  | "transfer-sent"
  | "transfer-received"
  | "transfer-unlocked"
  | "transfer-completed"
  | "transfer-rejected"
  | "transfer-cancelled"
  | "transfer-expired"
  | "transfer-locked"
  | "transfer-new-code"
  | "transfer-failed"
  | "transfer-reminder"
  | "documents-delivered"
  | "documents-held"
  | "documents-returned"
  | "documents-recalled"
  | "documents-reported"
  | "documents-failed"
  | "request-received"
  | "request-answered"
  | "request-declined"
  | "request-withdrawn"
  | "request-due-soon"
  | "request-due-today"
  | "request-overdue"
  | "roster-waits"
  | "roster-failed"
  | "purge-proposed"
  | "purge-confirmed"
  | "invitation"
  | "password-reset"
  | "factor-reset";

const held = globalThis as { batonBoss?: { url: string; boss: Promise<PgBoss> } };

/** pg-boss for sending: no maintenance, no schedules; the worker runs those. */
function sender(): Promise<PgBoss> {
  const url = env().DATABASE_URL;
  if (held.batonBoss?.url !== url) {
    const boss = new PgBoss({
      connectionString: url,
      max: 1,
      supervise: false,
      schedule: false,
      migrate: false,
      createSchema: false,
    });
    boss.on("error", (error) => log.error({ error: error.message }, "queue"));
    const starting = boss.start();
    held.batonBoss = { url, boss: starting };
    starting.catch(() => {
      delete held.batonBoss;
    });
  }
  return held.batonBoss.boss;
}

/** Closes the sending end; tests and clean stops. */
export async function closeOutbox(): Promise<void> {
  const open = held.batonBoss;
  delete held.batonBoss;
  await (await open?.boss)?.stop({ graceful: false });
}

/** Enqueues a job through the caller's transaction: gone after a rollback, there after a commit. */
export async function outbox<Q extends keyof Jobs>(tx: DistrictTx | SystemTx, queue: Q, job: Jobs[Q]): Promise<void> {
  await (await sender()).send(queue, job, { db: fromPrisma(tx) });
}

/** As `outbox`, for many jobs in one statement; each may start some seconds later. */
export async function outboxAll<Q extends keyof Jobs>(
  tx: DistrictTx | SystemTx,
  queue: Q,
  jobs: { job: Jobs[Q]; startAfterSeconds: number }[],
): Promise<void> {
  await (await sender()).insert(
    queue,
    jobs.map(({ job, startAfterSeconds }) => ({ data: job, startAfter: startAfterSeconds })),
    { db: fromPrisma(tx) },
  );
}
