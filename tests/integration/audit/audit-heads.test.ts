import { appendFile, readFile, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, inject, test, vi } from "vitest";
import { audit } from "@/lib/audit";
import { env, setEnv } from "@/lib/env";
import { appendHeads, readHeads, signHead } from "@/lib/jobs/audit-heads";
import { keepAuditHeads } from "@/lib/jobs/keep-audit-heads";
import { verifyAudits } from "@/lib/jobs/verify-audits";
import { run } from "@/lib/run/commands/audit-verify";
import { makeKeys } from "@/lib/storage/keys";
import { doors, makeWorld, type TestDistrict } from "../../support/world";

const { lakeview, riverbend, maple, sql } = await makeWorld();
const file = join(inject("folder"), `heads-${lakeview.slug}.jsonl`);
setEnv({ AUDIT_HEAD_FILE: file });

const write = (district: TestDistrict, n = 1) =>
  doors(district.manager).district(async (tx) => {
    for (let i = 0; i < n; i++) audit(tx, { action: "case.read" });
  });
const cut = async (district: TestDistrict, n: number) => {
  await sql("alter table audit disable trigger append_only");
  await sql(
    "delete from audit a using audit_head h where h.district_id = a.district_id and a.district_id = $1 and a.seq > h.seq - $2",
    [district.id, n],
  );
  await sql("alter table audit enable trigger append_only");
  await sql(
    "update audit_head h set (seq, hash) = (select a.seq, a.hash from audit a where a.district_id = h.district_id order by a.seq desc limit 1) where district_id = $1",
    [district.id],
  );
};
const check = async (district: TestDistrict) =>
  (await sql<{ problem: string | null }>("select problem from audit_check where district_id = $1", [district.id]))[0];

let said: string[] = [];
beforeEach(() => {
  said = [];
  vi.spyOn(console, "log").mockImplementation((line: string) => void said.push(line));
});
afterEach(() => {
  vi.restoreAllMocks();
  process.exitCode = 0;
});
/** What the command said, and its exit code. */
const verify = async (...args: string[]) => {
  process.exitCode = 0;
  await run(args);
  return { said, code: process.exitCode as number };
};

describe("heads in the second place", () => {
  test("are added for the chains that moved, signed, in a file for the owner alone", async () => {
    await write(lakeview, 3);
    await write(riverbend, 2);
    expect(await keepAuditHeads()).toBe(2);
    expect(await keepAuditHeads()).toBe(0);
    await write(lakeview);
    expect(await keepAuditHeads()).toBe(1);
    const lines = (await readFile(file, "utf8"))
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line) as { seq: string });
    expect(lines.map((line) => line.seq).sort()).toEqual(["2", "3", "4"]);
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    const kept = await readHeads(file);
    expect([kept.heads.get(lakeview.id)?.seq, kept.heads.get(riverbend.id)?.seq, kept.foreign]).toEqual([4n, 2n, 0]);
  });

  test("a made-up or changed line, and one that broke off, count as nobody's", async () => {
    const other = `${file}.forged`;
    const head = signHead({ districtId: lakeview.id, seq: 9n, hash: "00".repeat(32) }, new Date());
    await appendHeads(other, [head, { ...head, seq: "10" }, { ...head, mac: "ab" }]);
    await appendFile(other, '{"district": "half');
    const kept = await readHeads(other);
    expect([kept.heads.get(lakeview.id)?.seq, kept.foreign]).toEqual([9n, 3]);
  });

  test("are found in a log, among other lines", async () => {
    const log = `${file}.log`;
    const auditHead = signHead({ districtId: maple.id, seq: 5n, hash: "11".repeat(32) }, new Date());
    await writeFile(
      log,
      `${JSON.stringify({ level: 30, msg: "tick" })}\n${JSON.stringify({ level: 30, auditHead })}\n`,
    );
    expect(await readHeads(log)).toMatchObject({ heads: new Map([[maple.id, { seq: 5n }]]), foreign: 0 });
  });

  test("a former master key still tells its own", () => {
    const [old, now, pepper] = [1, 2, 3].map((byte) => Buffer.alloc(32, byte)) as [Buffer, Buffer, Buffer];
    const mac = makeKeys({ current: old, pepper }).signAuditHead(Buffer.from("head"));
    const ring = makeKeys({ current: now, older: [old], pepper });
    expect(ring.isSignedAuditHead(Buffer.from("head"), mac)).toBe(true);
    expect(makeKeys({ current: now, pepper }).isSignedAuditHead(Buffer.from("head"), mac)).toBe(false);
    expect(ring.isSignedAuditHead(Buffer.from("hear"), mac)).toBe(false);
    expect(ring.isSignedAuditHead(Buffer.from("head"), Buffer.alloc(0))).toBe(false);
  });

  test("without the file they go to the log, and nothing fails", async () => {
    setEnv({ AUDIT_HEAD_FILE: "" });
    await write(maple);
    expect(await keepAuditHeads()).toBe(1);
    setEnv({ AUDIT_HEAD_FILE: file });
    expect(env().AUDIT_HEAD_FILE).toBe(file);
  });

  test("a file that can't be written is an error, and is tried again", async () => {
    setEnv({ AUDIT_HEAD_FILE: join(inject("folder"), "no such folder", "heads") });
    await write(riverbend);
    await expect(keepAuditHeads()).rejects.toThrow(/ENOENT/);
    setEnv({ AUDIT_HEAD_FILE: file });
    expect(await keepAuditHeads()).toBe(1);
  });
});

describe("audit verify", () => {
  test("says of each district that it's whole", async () => {
    const { said: lines, code } = await verify();
    expect(lines.join("\n")).toMatch(new RegExp(`${lakeview.slug}: whole, 4 entries, as kept on .* \\(entry 4\\)`));
    expect(lines).toHaveLength(3);
    expect(code).toBe(0);
    said.length = 0;
    expect((await verify("--district", riverbend.slug)).said).toHaveLength(1);
  });

  test.each([
    [["--district", "nowhere"], /no district "nowhere"/],
    [["--heads", "/no/such/file"], /can’t be read/],
    [["--tail"], /--tail/],
  ])("%j is refused", async (args, message) => {
    await expect(run(args)).rejects.toThrow(message);
  });

  test("the worker verifies each chain once, then once a night", async () => {
    expect(await verifyAudits(null, new Date("2026-11-22T20:00:00Z"))).toBe(3);
    expect(await verifyAudits(null, new Date("2026-11-22T20:01:00Z"))).toBe(0);
    expect(await check(lakeview)).toEqual({ problem: null });
    await sql("update audit_check set checked_at = '2026-11-21T08:00:00Z'");
    expect(await verifyAudits(null, new Date("2026-11-22T20:00:00Z"))).toBe(0);
    expect(await verifyAudits(null, new Date("2026-11-22T08:00:00Z"))).toBe(3);
  });

  test("a tail that was cut off with its head is found, exit code 1; the worker finds it the next night", async () => {
    await write(lakeview, 3);
    await keepAuditHeads();
    await cut(lakeview, 2);
    const { said: lines, code } = await verify();
    expect(lines.join("\n")).toContain(`${lakeview.slug}: BROKEN: its tail was cut off`);
    expect(lines.join("\n")).toContain(`${riverbend.slug}: whole`);
    expect(code).toBe(1);
    await sql("update audit_check set checked_at = now() - interval '1 day'");
    await verifyAudits(null, new Date(new Date().setUTCHours(7, 0, 0, 0) + 86_400_000));
    expect(await check(lakeview)).toEqual({ problem: "cut" });
    expect(await check(riverbend)).toEqual({ problem: null });
  });
});
