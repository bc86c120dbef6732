import { type ChildProcess, fork } from "node:child_process";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { chmod, mkdtemp, readFile, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import pg from "pg";
import { afterAll, afterEach, beforeEach, describe, expect, inject, test, vi } from "vitest";
import { systemClose, systemHealth } from "@/lib/db/system";
import { childEnv, env, setEnv } from "@/lib/env";
import { outbox } from "@/lib/outbox";
import { run as rotate } from "@/lib/run/commands/keys-rotate";
import { StartProblem } from "@/lib/run/problem";
import { projectRoot } from "@/lib/run/root";
import { everythingWrapped } from "@/lib/run/wrapped";
import { keepAddress } from "@/lib/storage/file-address";
import { keys } from "@/lib/storage/keys";
import { newStorageKey } from "@/lib/storage/store";
import { acceptTransfer } from "@/lib/transfers/accept-transfer";
import { issueNewCode } from "@/lib/transfers/codes";
import { saveTransfer } from "@/lib/transfers/save-transfer";
import { testDatabase, waitingForLocks } from "../../support/database";
import { doors, makeWorld, textFile } from "../../support/world";
import { codeOf, entered, preparing, sent, statusOf } from "../transfers/hand-over";
import { openAll, wrappedScene } from "./wrapped-scene";

const world = await makeWorld();
const { lakeview, riverbend, sql } = world;
const first = { BATON_KEY: env().BATON_KEY.toString("base64"), BATON_KEY_OLD: "", BATON_KEY_FILE: "" };
const newKey = () => randomBytes(32).toString("base64");
const said: string[] = [];
const children: ChildProcess[] = [];

// A scene of everything that is wrapped hashes half a dozen codes and passwords, and two tests start a process.
vi.setConfig({ testTimeout: 90_000 });

beforeEach(async () => {
  said.length = 0;
  vi.spyOn(console, "log").mockImplementation((line) => void said.push(String(line)));
  await restartWith(first);
  // What is append-only as well: without its triggers.
  await sql(`set session_replication_role = replica; truncate transfer, stored_file, dispatch, record_request, session cascade;
    update app_user set totp_secret = null, totp_enrolled_at = null, totp_last_step = null; reset session_replication_role`);
});
afterEach(() => {
  for (const child of children.splice(0)) child.kill("SIGKILL");
  process.exitCode = 0;
});
afterAll(() => setEnv(first));

/** Starts the process anew with other keys: its connections are named for them. */
async function restartWith(settings: Record<string, string>): Promise<void> {
  await systemClose();
  setEnv(settings);
}

/** Gives the installation a new master key, as somebody does who restarts everything with two settings changed. */
async function turn(): Promise<void> {
  await restartWith({ BATON_KEY: newKey(), BATON_KEY_OLD: env().BATON_KEY.toString("base64") });
}
const dropOld = () => restartWith({ BATON_KEY_OLD: "" });

/** How many values there are of each kind that is wrapped, and of these by the key of now. */
async function wrapped(): Promise<Record<string, [number, number]>> {
  const found: Record<string, [number, number]> = {};
  for (const { what, table, column } of everythingWrapped) {
    const [row] = await sql<{ all: number; now: number }>(
      `select count(*)::int "all", count(*) filter (where substring(${column} from 2 for 4) = $1)::int now from ${table} where length(${column}) > 0`,
      [keys().currentKeyId()],
    );
    found[what] = [row?.all ?? 0, row?.now ?? 0];
  }
  return found;
}
const isAllNew = (counts: Record<string, [number, number]>) =>
  Object.values(counts).every(([all, now]) => all > 0 && all === now);
describe("succeeds", () => {
  test("everything is wrapped anew and opens without the old key, which then may go", async () => {
    const made = await wrappedScene(world);
    await turn();
    await rotate([]);
    expect(isAllNew(await wrapped())).toBe(true);
    expect(said.join("\n")).toMatch(/keys of files\s+\d+ wrapped anew, 0 left/);
    await rotate(["--drop-old"]);
    expect(said.at(-2)).toContain("take BATON_KEY_OLD out");
    await dropOld();
    await openAll(world, made);
  });

  test("without a new key it says which two settings to change, and changes nothing", async () => {
    await wrappedScene(world);
    const before = await wrapped();
    await rotate([]);
    expect(said.join("\n")).toMatch(/BATON_KEY_OLD {2}to what BATON_KEY is now\n {2}BATON_KEY .*32 random bytes/);
    expect(await wrapped()).toEqual(before);
  });

  test("in a key file: makes the key, which this process takes up by itself, and nobody else may read it", async () => {
    const made = await wrappedScene(world);
    const file = await keyFile();
    await restartWith({ BATON_KEY_FILE: file });
    await rotate([]);
    const kept = JSON.parse(await readFile(file, "utf8"));
    expect(kept.olderKeys).toEqual([first.BATON_KEY]);
    expect(kept.masterKey).not.toBe(first.BATON_KEY);
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    expect(keys().currentKeyId()).not.toEqual(Buffer.alloc(4));
    expect(isAllNew(await wrapped())).toBe(true);
    // Once more goes on with the same key.
    await rotate([]);
    expect(JSON.parse(await readFile(file, "utf8"))).toEqual(kept);
    await expect(rotate(["--drop-old"])).rejects.toThrow("Run this again after");
    await writeFile(file, JSON.stringify({ ...kept, rotatedAt: new Date(Date.now() - 3_600_001).toISOString() }));
    await rotate(["--drop-old"]);
    expect(JSON.parse(await readFile(file, "utf8")).olderKeys).toEqual([]);
    await openAll(world, made);
  });

  test("an unlocked or decided transfer's wiped keys stay wiped, and a code isn't touched by it", async () => {
    const pending = await sent(world);
    const before = await sql("select key_by_code, verifier, salt from transfer_key");
    await turn();
    await rotate([]);
    expect(await sql("select key_by_code, verifier, salt from transfer_key")).toEqual(before);
    await issueNewCode(doors(lakeview.manager), { transferId: pending.id, version: 1 });
    await acceptTransfer(doors(riverbend.manager), {
      transferId: pending.id,
      code: await codeOf(lakeview.manager, pending.id),
    });
    const [wiped] = await sql<{ n: number }>("select length(code_sealed) + length(key_by_sender) n from transfer_key");
    await rotate([]);
    expect(wiped?.n).toBe(0);
    expect(process.exitCode ?? 0).toBe(0);
  });

  test("every column of bytes is either named there, or named here", async () => {
    const rows = await sql<{ name: string }>(
      `select c.table_name || '.' || c.column_name as name from information_schema.columns c
       join information_schema.tables t using (table_schema, table_name)
       where c.table_schema = 'public' and t.table_type = 'BASE TABLE' and c.udt_name in ('bytea', '_bytea') order by 1`,
    );
    const named = new Set(everythingWrapped.map(({ table, column }) => `${table}.${column}`));
    expect(rows.map((row) => row.name).filter((name) => !named.has(name))).toEqual(notByMasterKey);
  });
});

/** What no master key wraps: hashes, and what a package's own key or an authorization code wraps. */
const notByMasterKey = [
  "audit.hash",
  "audit.prev",
  "audit_head.hash",
  "half_session.token_hash",
  "invitation.token_hash",
  "package_file.key_sealed",
  "package_file.sha256",
  "package_item.sealed",
  "package_manifest.file_sha256",
  "package_manifest.sha256",
  "password_reset.token_hash",
  "recovery_code.code_hash",
  "roster_row.source_hash",
  "session.token_hash",
  "staff_proposal.source_hash",
  "stored_file.sha256",
  "student.source_hash",
  "transfer.package_sha256",
  "transfer_key.key_by_code",
  "transfer_key.salt",
  "transfer_key.verifier",
];

async function keyFile(): Promise<string> {
  const folder = await mkdtemp(join(inject("folder"), "keys-"));
  const file = join(folder, "secrets.json");
  const passwords = { superuserPassword: "a", ownerPassword: "b", appPassword: "c", sessionSecret: "d" };
  await writeFile(file, JSON.stringify({ ...passwords, masterKey: first.BATON_KEY, pepper: "e" }));
  await chmod(file, 0o600);
  return file;
}

/** Rows of files alone, many of them. */
async function manyFiles(count: number): Promise<void> {
  const addresses = Array.from({ length: count }, () =>
    keepAddress(lakeview.id, { storageKey: newStorageKey(), fileKey: randomBytes(32) }),
  );
  await sql(
    "insert into stored_file (district_id, storage_key, key_wrapped, size, sha256, media_type) select $1, k, w, 1, sha256(''), 'text/plain' from unnest($2::text[], $3::bytea[]) x (k, w)",
    [lakeview.id, addresses.map((one) => one.storageKey), addresses.map((one) => Buffer.from(one.keyWrapped))],
  );
}

describe("wrong state", () => {
  test("while a process runs that doesn't know the new key, nothing is wrapped by it", async () => {
    await manyFiles(1);
    // This process goes on with its old connection, as an app does that nobody restarted.
    await systemHealth();
    setEnv({ BATON_KEY: newKey(), BATON_KEY_OLD: first.BATON_KEY });
    await expect(rotate([])).rejects.toThrow("processes that don’t know this BATON_KEY");
    expect((await wrapped())["keys of files"]).toEqual([1, 0]);
  });

  test("a key that isn't in the ring: says how many can't be opened, wraps the others, and the older key may not go", async () => {
    await manyFiles(1);
    await turn();
    await manyFiles(1);
    await restartWith({ BATON_KEY: newKey(), BATON_KEY_OLD: env().BATON_KEY.toString("base64") });
    await rotate([]);
    expect(said.join("\n")).toMatch(/keys of files\s+1 wrapped anew, 1 left, of which 1 can’t be opened/);
    expect(process.exitCode).toBe(1);
    await expect(rotate(["--drop-old"])).rejects.toThrow("still needed");
  });
});

describe("bad input", () => {
  test.each([["--drop"], ["now", "--drop-old"]])("%s %s: says how it's used", async (...args) => {
    await expect(rotate(args)).rejects.toThrow(StartProblem);
  });
});

describe("two at once", () => {
  test("one rotates and the other is told so", async () => {
    await manyFiles(2000);
    await turn();
    const ended = await Promise.allSettled([rotate([]), rotate([])]);
    expect(ended.map((one) => one.status).sort()).toEqual(["fulfilled", "rejected"]);
    expect(String(ended.find((one) => one.status === "rejected")?.reason)).toContain("under way");
    expect((await wrapped())["keys of files"]).toEqual([2000, 2000]);
  });

  test("beside those who read and write: nothing fails, nothing is lost", async () => {
    await manyFiles(3000);
    const made = await wrappedScene(world);
    const file = await keyFile();
    await restartWith({ BATON_KEY_FILE: file });
    let rotating = true;
    const people = (async () => {
      let rounds = 0;
      while (rotating || rounds < 2) {
        const transfer = await entered(world, { cases: [{ files: [made.file] }] });
        await saveTransfer(doors(riverbend.manager), { transferId: transfer.id });
        rounds++;
      }
      return rounds;
    })();
    await rotate([]);
    rotating = false;
    expect(await people).toBeGreaterThan(1);
    await rotate([]);
    expect(isAllNew(await wrapped())).toBe(true);
    await openAll(world, made);
  });
});

describe("a worker that runs meanwhile", () => {
  test("opens what was wrapped by the new key, and wraps by it", async () => {
    const file = await keyFile();
    await restartWith({ BATON_KEY_FILE: file });
    const worker = fork("tests/integration/jobs/worker-process.ts", {
      cwd: projectRoot,
      execArgv: ["--import", "tsx"],
      env: childEnv(),
      stdio: ["ignore", "ignore", "inherit", "ipc"],
    });
    children.push(worker);
    await once(worker, "message");
    const sealedByWorker = async () => {
      const { id } = await preparing(world, [{ files: [textFile()] }]);
      await doors(lakeview.manager).district((tx) => outbox(tx, "seal", { districtId: lakeview.id, transferId: id }));
      await vi.waitUntil(async () => (await statusOf(world, id)) === "pending", { timeout: 60_000, interval: 100 });
      return id;
    };
    const before = await sealedByWorker();
    await rotate([]);
    const after = await sealedByWorker();
    expect((await wrapped())["package keys of senders"]).toEqual([2, 2]);
    for (const id of [before, after]) expect(await codeOf(lakeview.manager, id)).toMatch(/^[0-9A-Z-]+$/);
  });
});

describe("killed", () => {
  test("in the middle and repeated: goes on, with the same new key", async () => {
    await manyFiles(2000);
    const file = await keyFile();
    await restartWith({ BATON_KEY_FILE: file });
    // Whoever writes its third batch waits for a lock that the test holds.
    await sql(`create sequence batches; grant usage on sequence batches to baton_owner;
      create function wait_in_third() returns trigger language plpgsql as
        $$ begin if nextval('batches') = 3 then perform pg_advisory_xact_lock(77); end if; return null; end $$;
      create trigger wait_in_third after update on stored_file for each statement execute function wait_in_third()`);
    const holder = new pg.Client({ connectionString: testDatabase().superuserUrl });
    holder.on("error", () => undefined);
    await holder.connect();
    await holder.query("select pg_advisory_lock(77)");
    const child = fork("lib/run/cli.ts", ["keys", "rotate"], {
      cwd: projectRoot,
      execArgv: ["--import", "tsx"],
      env: childEnv(),
      stdio: "ignore",
    });
    children.push(child);
    try {
      await vi.waitUntil(async () => (await sql(waitingForLocks)).length > 0, { timeout: 60_000 });
      const dead = once(child, "exit");
      child.kill("SIGKILL");
      await dead;
    } finally {
      await holder.end();
    }
    await sql("drop trigger wait_in_third on stored_file");
    const kept = JSON.parse(await readFile(file, "utf8"));
    expect(kept.olderKeys).toEqual([first.BATON_KEY]);

    const locked =
      "select 1 from pg_locks l join pg_stat_activity a using (pid) where l.locktype = 'advisory' and a.datname = current_database()";
    await vi.waitUntil(async () => (await sql(locked)).length === 0);
    await rotate([]);
    expect(JSON.parse(await readFile(file, "utf8"))).toEqual(kept);
    expect(said.join("\n")).toMatch(/keys of files\s+(500|1,000) wrapped anew, 0 left/);
    expect((await wrapped())["keys of files"]).toEqual([2000, 2000]);
  });
});
