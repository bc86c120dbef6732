import { type ChildProcess, fork } from "node:child_process";
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { chmod, mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { setTimeout } from "node:timers/promises";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { addNote } from "@/lib/cases/add-note";
import { systemClose, systemHealth } from "@/lib/db/system";
import { addDocument } from "@/lib/documents/add-document";
import { setEnv } from "@/lib/env";
import { openBoss } from "@/lib/jobs/worker";
import { closeOutbox } from "@/lib/outbox";
import { databaseUrls, makeRolesAndDatabase } from "@/lib/run/embedded";
import { migrate } from "@/lib/run/migrate";
import { type Postgres, startPostgres, withConnection } from "@/lib/run/postgres";
import { removePostgresHome } from "@/lib/run/postgres-home";
import { projectRoot } from "@/lib/run/root";
import { loadSecrets, type Secrets } from "@/lib/run/secrets";
import { sendCases } from "@/lib/transfers/send-cases";
import { draft, sending } from "../../integration/transfers/hand-over";
import { setTestDatabase, testDatabase } from "../../support/database";
import { takeFromDead } from "../../support/dead-workers";
import { figure, seed, times } from "../../support/figures";
import { addCase, doors, makeWorld, textFile, type World } from "../../support/world";
import { chance } from "./server";
import { documentOf, Faults, sweepAndCompare } from "./traces";

// Row 9. PostgreSQL is killed while people write: in turn the server itself, which its starter starts again, and one of its backends, after
// which it mends itself. What was acknowledged has to be there, what wasn't is there whole or not at all, and nobody restarts app or worker.
const kills = times("BATON_DATABASE_KILLS", 2);
const random = chance(seed);
const faults = new Faults();
const seconds: number[] = [];
const before = testDatabase();
let world: World;
let dataDir: string;
let secrets: Secrets;
let postgres: Postgres;
let worker: ChildProcess;
let caseId: string;
const acknowledged = { notes: new Set<string>(), documents: new Map<string, Buffer>(), transfers: new Set<string>() };

const start = async () => {
  postgres = await startPostgres({ dataDir, superuserPassword: secrets.superuserPassword });
};

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), "baton-killed-"));
  await chmod(dataDir, 0o711);
  secrets = await loadSecrets(dataDir);
  await start();
  await makeRolesAndDatabase(postgres, secrets);
  const urls = databaseUrls(postgres, secrets, "baton");
  await migrate(urls);
  setTestDatabase({ ...urls, superuserUrl: postgres.superuserUrl("baton"), drop: async () => undefined });
  setEnv({ DATABASE_URL: urls.databaseUrl, DATABASE_ADMIN_URL: urls.adminUrl });
  world = await makeWorld();
  caseId = (await addCase(world, world.lakeview)).id;
  worker = fork("tests/integration/jobs/worker-process.ts", {
    cwd: projectRoot,
    execArgv: ["--import", "tsx"],
    stdio: ["ignore", "ignore", "inherit", "ipc"],
  });
  await once(worker, "message");
}, 120_000);
afterAll(async () => {
  worker?.kill("SIGKILL");
  await Promise.allSettled([closeOutbox(), systemClose()]);
  await postgres?.stop();
  await rm(dataDir, { recursive: true, force: true });
  removePostgresHome(dataDir);
  setTestDatabase(before);
});

/** What people do all the time; each notes what it was told is done. */
const writers = [
  async () => {
    const id = randomUUID();
    await doors(world.lakeview.manager).district((tx) =>
      addNote(tx, world.lakeview.manager, { id, caseId, body: `Note ${id}` }),
    );
    acknowledged.notes.add(id);
  },
  async () => {
    const { name, bytes } = textFile("upload.txt", 100_000);
    const studentId = world.lakeview.students[0]?.id ?? "";
    const { documentId } = await addDocument(doors(world.lakeview.clerk), {
      studentId,
      name,
      bytes: null,
      source: Readable.from([bytes]),
      title: null,
      type: "iep",
      ownerId: null,
      datedOn: null,
    });
    acknowledged.documents.set(documentId, bytes);
  },
  async () => {
    const one = await addCase(world, world.lakeview, { files: [textFile()] });
    const dispatchId = await draft(world, world.lakeview.manager, [one.id]);
    const { transferIds } = await sendCases(doors(world.lakeview.manager), sending(dispatchId, [world.riverbend]));
    for (const id of transferIds) acknowledged.transfers.add(id);
  },
];

/** Whether the database answers, through the app's own door. */
const answers = () =>
  systemHealth().then(
    () => true,
    () => false,
  );

/** Kills the postmaster, which can't do anything about it; the starter does. */
async function killServer(): Promise<void> {
  const folder = await withConnection(postgres.superuserUrl("postgres"), async (client) => {
    const { rows } = await client.query<{ data_directory: string }>("show data_directory");
    return rows[0]?.data_directory ?? "";
  });
  const [pid] = (await readFile(join(folder, "postmaster.pid"), "utf8")).split("\n");
  process.kill(Number(pid), "SIGKILL");
  await postgres.ended;
  await start();
}

/** Kills a backend in the middle of something: the postmaster then ends all others, and recovers. */
async function killBackend(): Promise<void> {
  const pid = await withConnection(postgres.superuserUrl("postgres"), async (client) => {
    const { rows } = await client.query<{ pid: number }>(
      "select pid from pg_stat_activity where datname = 'baton' and pid <> pg_backend_pid() order by state = 'active' desc, random() limit 1",
    );
    return rows[0]?.pid;
  });
  process.kill(Number(pid), "SIGKILL");
  // Until it has noticed: what answers before that is what was there before.
  await vi.waitUntil(async () => !(await answers()), { interval: 5, timeout: 5_000 }).catch(() => undefined);
}

test("nothing acknowledged is lost, and it's ready again within ten seconds", {
  timeout: 300_000 + kills * 30_000,
}, async () => {
  console.log(`seed ${seed}`);
  let lastKill = new Date();
  for (let kill = 0; kill < kills; kill++) {
    let on = true;
    const people = writers.map(async (write) => {
      // Whoever gets no answer tries the next thing, as people do.
      while (on) await write().catch(() => setTimeout(10));
    });
    const known = acknowledged.notes.size;
    await vi.waitUntil(() => acknowledged.notes.size > known, { timeout: 20_000 });
    await setTimeout(random() * 500);
    const began = performance.now();
    lastKill = new Date();
    await (kill % 2 === 0 ? killServer() : killBackend());
    await vi.waitUntil(answers, { interval: 20, timeout: 30_000 });
    seconds.push((performance.now() - began) / 1000);
    const since = acknowledged.notes.size;
    // The same process goes on writing, on new connections.
    await vi.waitUntil(() => acknowledged.notes.size > since, { timeout: 20_000 });
    on = false;
    await Promise.all(people);
  }

  const { sql } = world;
  const notes = await sql<{ id: string }>("select id from note where id = any ($1::uuid[])", [[...acknowledged.notes]]);
  faults.count(notes.length, acknowledged.notes.size, "notes");
  for (const [id, bytes] of acknowledged.documents)
    faults.unless((await documentOf(world.lakeview.clerk, id))?.equals(bytes) ?? false, "lost", `document ${id}`);
  // What nobody was told of is whole as well, where it's there.
  for (const { id } of await sql<{ id: string }>("select id from document where district_id = $1", [world.lakeview.id]))
    faults.unless((await documentOf(world.lakeview.clerk, id)) !== null, "half", `document ${id}`);
  const transfers = await sql<{ id: string }>("select id from transfer where id = any ($1::uuid[])", [
    [...acknowledged.transfers],
  ]);
  faults.count(transfers.length, acknowledged.transfers.size, "transfers");
  // The worker that was there from the beginning does its work again. What it had in hand when the database went is taken from it.
  expect(worker.exitCode).toBeNull();
  const boss = await openBoss().start();
  await takeFromDead(boss, sql, ["seal"], lastKill);
  await boss.stop({ graceful: false });
  // A job whose tries the kills have used up is given again by the worker's tick, once its transfer is two minutes old.
  await vi.waitFor(
    async () => {
      await sql("update pgboss.job set start_after = now() where name = 'seal' and state in ('created', 'retry')");
      const preparing = await sql(
        "select j.state, count(*)::int from transfer t left join pgboss.job j on j.name = 'seal' and j.data ->> 'transferId' = t.id::text where t.status = 'preparing' group by 1",
      );
      expect(preparing).toEqual([]);
    },
    { timeout: 240_000, interval: 500 },
  );
  worker.kill("SIGKILL");
  await once(worker, "exit");
  await sweepAndCompare(world, faults);
  figure(
    9,
    { lost: faults.counted.lost + faults.counted.half, "seconds until ready": seconds },
    { kills, acknowledged: acknowledged.notes.size + acknowledged.documents.size + acknowledged.transfers.size },
    seed,
  );
  expect(faults.found).toEqual({ lost: [], doubled: [], half: [] });
  expect(Math.max(...seconds)).toBeLessThanOrEqual(10);
});
