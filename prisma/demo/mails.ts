import type { PgBoss } from "pg-boss";
import { deliver } from "@/lib/jobs/deliver";
import { notify } from "@/lib/jobs/notify";
import type { Jobs } from "@/lib/outbox";
import { mapLimit } from "@/lib/storage/map-limit";

const most = 1000;

/** Does what the worker would: finds whom the demo's transfers concern. */
export async function addressMails(boss: PgBoss): Promise<void> {
  const events = await boss.fetch<Jobs["notify"]>("notify", { batchSize: most });
  await mapLimit(events, 4, (job) => notify(boss, job.data));
  if (events.length > 0) await boss.complete("notify", events);
}

/** Sends the mails whose job is still there, so that the mailbox isn't empty. Where no mail server answers they wait for the worker. */
export async function sendMails(boss: PgBoss): Promise<void> {
  const mails = await boss.fetch<Jobs["deliver"]>("deliver", { batchSize: most });
  const sent = new Set<string>();
  let down = false;
  await mapLimit(mails, 8, async (job) => {
    if (down) return;
    await deliver(job.data).then(
      () => sent.add(job.id),
      () => {
        down = true;
      },
    );
  });
  const done = mails.filter((job) => sent.has(job.id));
  const waiting = mails.filter((job) => !sent.has(job.id));
  if (done.length > 0) await boss.complete("deliver", done);
  if (waiting.length > 0) await boss.fail("deliver", waiting, { why: "no mail server yet" });
}
