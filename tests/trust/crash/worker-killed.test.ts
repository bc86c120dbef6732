import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import type { PgBoss } from "pg-boss";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { setEnv } from "@/lib/env";
import { messageIdOf } from "@/lib/jobs/deliver";
import { openBoss } from "@/lib/jobs/worker";
import { projectRoot } from "@/lib/run/root";
import { type Receiver, smtpAnswer, startReceiver } from "../../integration/jobs/smtp";
import { makeCase, makeMember, makeWorld, send, sql, type World } from "../../integration/jobs/world";
import { takeFromDead } from "../../support/dead-workers";
import { figure, seed, times } from "../../support/figures";
import { chance, Moments } from "./server";
import { Faults } from "./traces";

// Row 10. The worker that sends mails is SIGKILLed somewhere in it, again and again: while the mail server is down, while it's slow and now
// and then says "later", and while all is well. In the end every mail has to have gone out, and hardly one of them twice.
const kills = times("BATON_WORKER_KILLS", 3);
/** People of each side who get a mail about each transfer. */
const people = kills > 10 ? 25 : 8;
const random = chance(seed);
const faults = new Faults();
const moments = new Moments(random);
const inFlight = 5;
let world: World;
let boss: PgBoss;
let receiver: Receiver | undefined;
let port = 0;
let trouble = false;

/** Message-ID → how often the mail server took it. */
const taken = new Map<string, number>();
const up = async () => {
  receiver = await startReceiver({
    port,
    answerMail: async (mail) => {
      if (trouble && random() < 0.2) return smtpAnswer(451);
      // Slow: it takes its time for the one while the worker has others in hand.
      if (trouble) await new Promise((done) => setTimeout(done, random() * 50));
      taken.set(mail.messageId, (taken.get(mail.messageId) ?? 0) + 1);
      return null;
    },
  });
  port = receiver.port;
};
const down = async () => {
  await receiver?.stop();
  receiver = undefined;
};

let worker: ChildProcess | undefined;
async function startWorker(): Promise<void> {
  worker = fork("tests/integration/jobs/worker-process.ts", {
    cwd: projectRoot,
    execArgv: ["--import", "tsx"],
    stdio: ["ignore", "ignore", "inherit", "ipc"],
  });
  await once(worker, "message");
}
async function killWorker(): Promise<void> {
  const dying = worker;
  worker = undefined;
  if (!dying || dying.exitCode !== null || dying.signalCode !== null) return;
  const dead = once(dying, "exit");
  dying.kill("SIGKILL");
  await dead;
}

/** What the dead one held is taken from it, and what failed is tried again, without waiting. */
async function timePasses(): Promise<void> {
  await takeFromDead(boss, sql, ["notify", "deliver", "tick"]);
  // Of mails that wait with no job left to send them, the next minute's tick takes those that are older than two minutes.
  await sql("update mail set created_at = created_at - interval '3 minutes' where status = 'waiting'");
  await comeDue();
}
const comeDue = () =>
  sql("update pgboss.job set start_after = now() where state = 'retry' and name in ('notify', 'deliver')");
const unsent = async () => {
  const [row] = await sql<{ n: number }>(
    "select (select count(*)::int from mail where status <> 'sent') + (select count(*)::int from pgboss.job where name = 'notify' and state < 'completed') n",
  );
  return row?.n ?? 0;
};

beforeAll(async () => {
  world = await makeWorld();
  for (const { districtId, slug } of [world.sender, world.receiver])
    for (let n = 1; n < people; n++) await makeMember(districtId, slug, `manager-${n}`, ["manageCases"]);
  await up();
  setEnv({ SMTP_URL: `smtp://127.0.0.1:${port}` });
  boss = await openBoss().start();
}, 60_000);
afterAll(async () => {
  await killWorker();
  await boss.stop({ graceful: false });
  await down();
});

test("every mail goes out, whatever happens to worker and mail server", {
  timeout: 240_000 + kills * 30_000,
}, async () => {
  console.log(`seed ${seed}`);
  const transferIds: string[] = [];
  const sendOne = async () => transferIds.push(await send(world, [(await makeCase(world.sender)).caseId]));
  // How long the mails of one transfer take when nobody is killed.
  await sendOne();
  await startWorker();
  const began = performance.now();
  await vi.waitUntil(async () => (await unsent()) === 0, { timeout: 180_000, interval: 100 });
  moments.learn(performance.now() - began);
  await killWorker();

  for (let kill = 0; kill < kills; kill++) {
    // A third of the run the mail server is down, a third it makes trouble, a third it's well.
    const phase = Math.floor((3 * kill) / kills);
    if (phase === 0) await down();
    else if (!receiver) await up();
    trouble = phase === 1;
    await sendOne();
    await startWorker();
    await moments.wait(once(worker as ChildProcess, "exit"));
    await killWorker();
    await timePasses();
  }
  trouble = false;
  if (!receiver) await up();
  await startWorker();
  await vi
    .waitUntil(
      async () => {
        await comeDue();
        return (await unsent()) === 0;
      },
      { timeout: 120_000 + kills * 20_000, interval: 500 },
    )
    .catch(async (error: unknown) => {
      const [stands] = await sql(
        "select (select json_object_agg(status, n) from (select status, count(*) n from mail group by 1) x) mails, (select json_object_agg(what, n) from (select name || ' ' || state what, count(*) n from pgboss.job group by 1) x) jobs",
      );
      throw new Error(`not all mails went out: ${JSON.stringify(stands)}`, { cause: error });
    });
  await killWorker();

  const mails = await sql<{ id: string; transfer_id: string }>("select id, transfer_id from mail");
  // Of each side's managers each one gets one, and the sender's member of staff who's assigned to the case.
  for (const id of transferIds)
    faults.count(mails.filter((mail) => mail.transfer_id === id).length, 2 * people + 1, "the mails about a transfer");
  const ids = mails.map((mail) => messageIdOf(mail.id));
  for (const id of ids) faults.unless(taken.has(id), "lost", id);
  const doubles = ids.reduce((sum, id) => sum + (taken.get(id) ?? 1) - 1, 0);
  figure(
    10,
    { lost: faults.counted.lost, doubled: { found: doubles, of: ids.length } },
    { kills, mails: ids.length },
    seed,
  );
  expect(faults.found).toEqual({ lost: [], doubled: [], half: [] });
  expect([...taken.keys()].sort()).toEqual([...new Set(ids)].sort());
  // A kill can only double what the worker had in hand at that moment; of many mails that is below the scorecard's one in a hundred.
  expect(doubles).toBeLessThanOrEqual(kills > 10 ? ids.length / 100 : kills * inFlight);
});
