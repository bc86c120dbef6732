import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { Readable } from "node:stream";
import type { PgBoss } from "pg-boss";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { verifyAudit } from "@/lib/districts/verify-audit";
import { openBoss, startWorker } from "@/lib/jobs/worker";
import { outbox } from "@/lib/outbox";
import { workerOf } from "@/lib/policy";
import { requestApply } from "@/lib/roster/decide-import";
import { startImport } from "@/lib/roster/start-import";
import { projectRoot } from "@/lib/run/root";
import { acceptTransfer } from "@/lib/transfers/accept-transfer";
import { bundleFiles, zipOf } from "../../integration/roster/bundles";
import { sealedDocuments } from "../../integration/transfers/document-hand-over";
import { codeOf, preparing, statusOf } from "../../integration/transfers/hand-over";
import { takeFromDead } from "../../support/dead-workers";
import { figure, seed, times } from "../../support/figures";
import { doors, makeWorld, textFile } from "../../support/world";
import { takeIn } from "./acts";
import { chance, Moments } from "./server";
import { attachmentsOf, documentOf, Faults, sweepAndCompare } from "./traces";

// Row 8, the other half of the server: the worker is SIGKILLed while it seals a case transfer, delivers documents and takes in a roster; then
// another one starts, as in life.
const rounds = times("BATON_CRASH_RUNS", 1);
const world = await makeWorld();
const { lakeview, riverbend, maple, sql } = world;
const random = chance(seed);
const moments = new Moments(random);
const faults = new Faults();
const counts = { kills: 0, files: 0 };
let boss: PgBoss;
let child: ChildProcess | undefined;
beforeAll(async () => {
  boss = await openBoss().start();
}, 60_000);
afterAll(async () => {
  child?.kill("SIGKILL");
  await boss.stop({ graceful: false });
});

const patience = { timeout: 60_000, interval: 100 };
const people = Array.from({ length: 400 }, (_, i) => ({
  id: `p${i}`,
  given: `Given${i}`,
  family: `Family${i}`,
  sis: `${5000 + i}`,
}));
const statusOfImport = async (id: string) =>
  (await sql<{ status: string }>("select status from roster_import where id = $1", [id]))[0]?.status;

/** Held as well: the district's first students, added by hand, aren't in the roster. */
const isChecked = (status: string | undefined) => status === "ready" || status === "held";

/** A worker as a process, until `done`, or until it's killed. */
async function worker(kill: "at a moment" | "never", done: () => Promise<unknown>): Promise<void> {
  const running = fork("tests/integration/jobs/worker-process.ts", {
    cwd: projectRoot,
    execArgv: ["--import", "tsx"],
    stdio: ["ignore", "ignore", "inherit", "ipc"],
  });
  child = running;
  const dead = once(running, "exit");
  await once(running, "message");
  const began = performance.now();
  if (kill === "never") {
    await done();
    moments.learn(performance.now() - began);
  } else {
    await moments.wait(dead);
    counts.kills++;
  }
  running.kill("SIGKILL");
  await dead;
}

/** What the dead one held is taken from it, and what failed is tried again, without waiting. */
async function timePasses(): Promise<void> {
  await takeFromDead(boss, sql, ["seal", "hand-over", "roster"]);
  await comeDue();
}
const comeDue = () => sql("update pgboss.job set start_after = now() where state = 'retry'");

/** Work for a worker: a large case transfer, documents, and a roster, of which every other one is checked already. */
async function makeWork(checked: boolean) {
  const file = textFile("report.txt", 1_500_000);
  const transfer = await preparing(world, [{ files: [file] }, {}]);
  await doors(lakeview.manager).district((tx) =>
    outbox(tx, "seal", { districtId: lakeview.id, transferId: transfer.id }),
  );
  const documents = await sealedDocuments(world, { documents: [{ file }, {}] });
  const { importId } = await startImport(doors(maple.admin), {
    name: "roster.zip",
    bytes: null,
    source: Readable.from([zipOf(bundleFiles(people))]),
  });
  const work = { file, transfer, documents, importId };
  if (checked) await goOn(async () => isChecked(await statusOfImport(importId)), ["roster"]);
  return work;
}
type Work = Awaited<ReturnType<typeof makeWork>>;

async function applyWhenReady({ importId }: Work): Promise<boolean> {
  const status = await statusOfImport(importId);
  if (isChecked(status))
    await doors(maple.admin).district((tx) => requestApply(tx, maple.admin, { importId, confirmed: true }));
  return status === "applied";
}

const isDone = async (work: Work) =>
  (await applyWhenReady(work)) &&
  (await statusOf(world, work.transfer.id)) === "pending" &&
  (await statusOf(world, work.documents.id)) === "delivered";

/** A worker of this process, until it's done; `only` these queues' jobs are there for it. */
async function goOn(done: () => Promise<boolean>, only?: string[]): Promise<void> {
  if (only)
    await sql(
      "update pgboss.job set start_after = now() + interval '1 hour' where state = 'created' and name <> all ($1)",
      [only],
    );
  const living = await startWorker();
  try {
    await vi.waitUntil(async () => {
      await comeDue();
      return done();
    }, patience);
  } finally {
    await living.stop();
    if (only) await sql("update pgboss.job set start_after = now() where state = 'created'");
  }
}

async function check(work: Work): Promise<void> {
  const by = doors(riverbend.manager);
  await acceptTransfer(by, { transferId: work.transfer.id, code: await codeOf(lakeview.manager, work.transfer.id) });
  await takeIn(by, work.transfer.id, 2);
  const cases = await sql<{ id: string; origin_case_id: string }>(
    'select id, origin_case_id from "case" where district_id = $1 and origin_transfer_id = $2',
    [riverbend.id, work.transfer.id],
  );
  faults.count(cases.length, 2, "received cases");
  const withFile = cases.find((one) => one.origin_case_id === work.transfer.caseIds[0]);
  const found = await attachmentsOf(world, riverbend.manager, withFile?.id ?? "");
  faults.unless(found.get("report.txt")?.equals(work.file.bytes) ?? false, "half", "a case's file");
  const documents = await sql<{ id: string }>("select id from document where origin_transfer_id = $1", [
    work.documents.id,
  ]);
  faults.count(documents.length, 2, "delivered documents");
  const bytes = await Promise.all(documents.map(({ id }) => documentOf(riverbend.clerk, id)));
  faults.unless(
    bytes.some((one) => one?.equals(work.file.bytes)),
    "half",
    "a document's file",
  );
  faults.unless(!bytes.includes(null), "half", "a document that doesn't open");
  counts.files += 3;
  const [roster] = await sql<{ n: number; doubled: number }>(
    "select count(*)::int n, (count(*) - count(distinct sis_id))::int doubled from student where district_id = $1 and active and source_id is not null",
    [maple.id],
  );
  faults.count(roster?.n ?? 0, people.length, "students of the roster");
  faults.unless(roster?.doubled === 0, "doubled", "a student of the roster");
  const twice = await sql(
    "select 1 from transfer_event where transfer_id = any ($1::uuid[]) group by transfer_id, verb having count(*) > 1 union all select 1 from disclosure where transfer_id = any ($1::uuid[]) group by transfer_id, category, district_id, student_id, person_id having count(*) > 1",
    [[work.transfer.id, work.documents.id]],
  );
  faults.unless(twice.length === 0, "doubled", "an event or a disclosure of a transfer");
}

test("killed while it seals, delivers and takes in a roster", { timeout: 120_000 + rounds * 60_000 }, async () => {
  console.log(`seed ${seed}`);
  const first = await makeWork(false);
  await worker("never", () => vi.waitUntil(() => isDone(first), patience));
  for (let round = 0; round < rounds; round++) {
    const work = await makeWork(round % 2 === 1);
    if (round % 2 === 1) await applyWhenReady(work);
    await worker("at a moment", () => isDone(work));
    await timePasses();
    await goOn(() => isDone(work));
    await check(work);
  }
  await sweepAndCompare(world, faults);
  for (const district of [lakeview, riverbend, maple])
    faults.unless((await verifyAudit(doors(workerOf(district.id)), null)).broken === null, "half", "an audit chain");
  figure(8, faults.counted, counts, seed);
  expect(faults.found).toEqual({ lost: [], doubled: [], half: [] });
});
