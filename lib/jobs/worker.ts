import { type Job, type JobResult, PgBoss, type WorkOptions } from "pg-boss";
import { systemAssertRuntimeRole, systemClose } from "@/lib/db/system";
import { env } from "@/lib/env";
import { deliver, MailWaits } from "@/lib/jobs/deliver";
import { handOver } from "@/lib/jobs/hand-over";
import { notify } from "@/lib/jobs/notify";
import { makeQueues } from "@/lib/jobs/queues";
import { recheck } from "@/lib/jobs/recheck";
import { roster } from "@/lib/jobs/roster";
import { seal } from "@/lib/jobs/seal";
import { makeTick } from "@/lib/jobs/tick";
import { log } from "@/lib/log";
import { closeOutbox, type Jobs } from "@/lib/outbox";

/** How long a stop waits for what is under way. Shorter than the patience of whoever stops the process. */
const stopMilliseconds = 8_000;

export type Worker = {
  /** Takes no more jobs, waits for those under way up to 8 s, and closes the connections. What isn't finished is done by the next worker. */
  stop(): Promise<void>;
};

/**
 * Does what happens in the background: mails, sealing of large packages, and every minute what time brings. Runs as the app's role; any
 * number of workers may run at once. Throws where the database isn't there or isn't migrated.
 */
export async function startWorker(): Promise<Worker> {
  await systemAssertRuntimeRole();
  const boss = openBoss();
  await boss.start();
  await makeQueues(boss);
  const tick = makeTick(boss);
  await work(boss, "notify", { batchSize: 10 }, (job) => notify(boss, job.data));
  await work(boss, "deliver", { batchSize: 5 }, (job) => deliver(job.data));
  await work(boss, "seal", { batchSize: 2 }, (job) => seal(job.data, job.retryCount));
  // One at a time, for the memory that a large roster takes.
  await work(boss, "roster", { batchSize: 1 }, (job) => roster(job.data));
  await work(boss, "hand-over", { batchSize: 2 }, (job) => handOver(job.data, job.retryCount));
  await work(boss, "recheck", { batchSize: 2 }, async (job) => {
    await recheck(job.data);
  });
  await work(boss, "tick", { batchSize: 1 }, tick);
  await boss.schedule("tick", "* * * * *", {}, { tz: "UTC" });
  // What was left behind by the worker before doesn't wait for the next minute.
  await boss.send("tick", {});
  return {
    stop: async () => {
      await boss.stop({ graceful: true, timeout: stopMilliseconds });
      await closeOutbox();
      await systemClose();
    },
  };
}

/** pg-boss as the app's role, which may change rows and not tables: those are made with the migrations. */
export function openBoss(): PgBoss {
  const boss = new PgBoss({
    connectionString: env().DATABASE_URL,
    application_name: "baton worker",
    max: 4,
    migrate: false,
    createSchema: false,
    reindex: false,
    monitorVacuum: false,
    superviseIntervalSeconds: 15,
    monitorIntervalSeconds: 15,
    useListenNotify: true,
  });
  boss.on("error", (err) => log.error({ err }, "queue"));
  return boss;
}

type Queue = keyof Jobs;

/** Takes jobs in batches, each of them done or failed on its own. */
async function work<Q extends Queue>(
  boss: PgBoss,
  queue: Q,
  options: WorkOptions & { batchSize: number },
  run: (job: Job<Jobs[Q]>) => Promise<void>,
): Promise<void> {
  // New jobs announce themselves; those that are due again, and those missed while the connection was gone, are looked for. After a full
  // batch the next is taken at once, but for batches of one: of what has piled up those take one in two seconds.
  const settings = {
    ...options,
    perJobResults: true,
    burstWhenBatchFull: true,
    pollingIntervalSeconds: 2,
    notifyPollingIntervalSeconds: 2,
  } as const;
  await boss.work<Jobs[Q]>(queue, settings, (jobs) => Promise.all(jobs.map((job) => settle(queue, job, run))));
}

async function settle<Q extends Queue>(
  queue: Q,
  job: Job<Jobs[Q]>,
  run: (job: Job<Jobs[Q]>) => Promise<void>,
): Promise<JobResult> {
  try {
    await run(job);
    return { id: job.id, status: "completed" };
  } catch (err) {
    if (!(err instanceof MailWaits)) log.error({ err, queue, job: job.id, data: job.data }, "job failed");
    // Not the error itself: the queue keeps it, and messages of the database quote values.
    return { id: job.id, status: "failed", output: { why: "see the log" } };
  }
}
