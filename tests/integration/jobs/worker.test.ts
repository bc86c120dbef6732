import { type ChildProcess, fork } from "node:child_process";
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { env, setEnv } from "@/lib/env";
import { messageIdOf } from "@/lib/jobs/deliver";
import { openBoss, startWorker, type Worker } from "@/lib/jobs/worker";
import { projectRoot } from "@/lib/run/root";
import { takeFromDead } from "../../support/dead-workers";
import { type Received, type Receiver, startReceiver } from "./smtp";
import { mailsOf, makeCase, makeWorld, send, sql, until, type World } from "./world";

let world: World;
let receiver: Receiver;
let port = 0;
let answerMail: (mail: Received) => Promise<Error | null>;
let workers: Worker[] = [];

const up = async () => {
  receiver = await startReceiver({ port, answerMail: (mail) => answerMail(mail) });
  port = receiver.port;
};
const work = async () => {
  const worker = await startWorker();
  workers.push(worker);
  return worker;
};
const sendOne = async () => send(world, [(await makeCase(world.sender)).caseId]);
/** All mails of a transfer, once there are `count` of them and none waits. */
const allSent = (transferId: string, count: number) =>
  until(async () => {
    const mails = await mailsOf(transferId);
    return mails.length === count && mails.every((mail) => mail.status === "sent") && mails;
  });

/** What the mail server got of a transfer's mails; the test before may have left others. */
async function received(transferId: string): Promise<Received[]> {
  const ids = (await mailsOf(transferId)).map((mail) => messageIdOf(mail.id));
  return receiver.mails.filter((mail) => ids.includes(mail.messageId));
}

beforeAll(async () => {
  world = await makeWorld();
});
beforeEach(async () => {
  answerMail = async () => null;
  await up();
  setEnv({ SMTP_URL: `smtp://127.0.0.1:${port}` });
});
afterEach(async () => {
  for (const worker of workers) await worker.stop();
  workers = [];
  await receiver.stop();
});

describe("succeeds", () => {
  it("tells both sides of a transfer within seconds", async () => {
    await work();
    const transferId = await sendOne();
    await allSent(transferId, 3);
    const mails = await received(transferId);
    expect(mails).toHaveLength(3);
    expect(mails.flatMap((mail) => mail.to).sort()).toEqual(
      [
        `manager@${world.receiver.slug}.example`,
        `manager@${world.sender.slug}.example`,
        `staff@${world.sender.slug}.example`,
      ].sort(),
    );
  });

  it("does after its start what waited meanwhile", async () => {
    const transferId = await sendOne();
    await work();
    await allSent(transferId, 3);
  });

  it.each(["seal", "hand-over", "recheck"])("takes several at once of what has piled up: %s", async (queue) => {
    const districtId = world.sender.districtId;
    const jobs = Array.from({ length: 4 }, () => ({ data: { districtId, transferId: randomUUID() } }));
    const boss = await openBoss().start();
    const ids = (await boss.insert(queue, jobs, { returnId: true })) ?? [];
    await boss.stop({ graceful: false });
    await work();
    const taken = await until(async () => {
      const rows = await sql<{ at: string | null }>("select started_on::text at from pgboss.job where id = any ($1)", [
        ids,
      ]);
      return rows.length === jobs.length && rows.every(({ at }) => at !== null) && rows;
    });
    expect(new Set(taken.map(({ at }) => at)).size).toBeLessThan(jobs.length);
  });

  it("ticks by itself: a transfer expires and both sides hear of it", async () => {
    const transferId = await sendOne();
    await sql("update transfer set expires_at = now() - interval '1 second' where id = $1", [transferId]);
    await work();
    await until(async () => (await mailsOf(transferId, "transfer-expired")).length === 3);
  });
});

describe("mail server down", () => {
  it("keeps the mails waiting, with the reason, and sends them when it's up again", async () => {
    await receiver.stop();
    await work();
    const transferId = await sendOne();
    await until(async () => {
      const mails = await mailsOf(transferId);
      return (
        mails.length === 3 &&
        mails.every((mail) => mail.status === "waiting" && mail.last_error === "The mail server can’t be reached.")
      );
    });
    await up();
    // The waiting jobs come due now, instead of in some seconds.
    await sql("update pgboss.job set start_after = now() where name = 'deliver' and state = 'retry'");
    await allSent(transferId, 3);
    expect(await received(transferId)).toHaveLength(3);
  });
});

describe("two at once", () => {
  it("sends each mail once with three workers", async () => {
    await Promise.all([work(), work(), work()]);
    const transferIds = [await sendOne(), await sendOne(), await sendOne()];
    for (const transferId of transferIds) {
      const mails = await allSent(transferId, 3);
      expect((await received(transferId)).map((mail) => mail.messageId).sort()).toEqual(
        mails.map((mail) => messageIdOf(mail.id)).sort(),
      );
    }
  });
});

describe("killed", () => {
  it("sends a mail once more with the same Message-ID when it dies between sending and noting it", async () => {
    const transferId = await sendOne();
    let child: ChildProcess | undefined;
    const seen: string[] = [];
    answerMail = async (mail) => {
      seen.push(mail.messageId);
      // The mail server has the mail; the worker is killed before it hears so.
      if (child?.exitCode === null && child.signalCode === null) {
        child.kill("SIGKILL");
        await once(child, "exit");
      }
      return null;
    };
    child = fork("tests/integration/jobs/worker-process.ts", {
      cwd: projectRoot,
      execArgv: ["--import", "tsx"],
      stdio: "ignore",
    });
    await once(child, "exit");
    const before = await mailsOf(transferId);
    expect(before.filter((mail) => mail.tries > 0).length).toBeGreaterThan(0);
    expect(before.every((mail) => mail.status === "waiting")).toBe(true);

    const boss = await openBoss().start();
    await takeFromDead(boss, sql, ["deliver", "notify"]);
    await boss.stop({ graceful: false });
    await work();
    await until(async () => {
      await sql("update pgboss.job set start_after = now() where name = 'deliver' and state = 'retry'");
      return (await mailsOf(transferId)).every((mail) => mail.status === "sent");
    });
    const ids = (await mailsOf(transferId)).map((mail) => messageIdOf(mail.id));
    expect(new Set(seen)).toEqual(new Set(ids));
    expect(seen.length).toBeGreaterThan(ids.length);
  });
});

describe("refuses", () => {
  it("to work as a role that row-level security doesn't bind", async () => {
    const { DATABASE_URL, DATABASE_ADMIN_URL } = env();
    setEnv({ DATABASE_URL: DATABASE_ADMIN_URL });
    await expect(startWorker()).rejects.toThrow("row-level security does not bind");
    setEnv({ DATABASE_URL });
  });
});
