import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { acceptTransfer } from "@/lib/transfers/accept-transfer";
import { issueNewCode } from "@/lib/transfers/codes";
import { getTransfer } from "@/lib/transfers/get-transfer";
import { rejectTransfer } from "@/lib/transfers/reject-transfer";
import { figure } from "../../support/figures";
import { storageFolder } from "../../support/storage-folder";
import { doors, makeWorld } from "../../support/world";
import { codeOf, entered, preparing, type Sent, sent, unlocked } from "./hand-over";

const world = await makeWorld();
const { lakeview, riverbend, sql } = world;
const canaries = [
  "Kanariana",
  "Canarywright",
  "canarynote",
  "canarystrategy",
  "canarytask",
  "canaryfile",
  "canarycontent",
  "canarycover",
  "CANARY-STATE-ID",
  "1999-12-31",
];
const about = {
  given: "Kanariana",
  family: "Canarywright",
  birthDate: "1999-12-31",
  stateId: "CANARY-STATE-ID",
  notes: ["canarynote"],
  strategies: ["canarystrategy"],
  tasks: ["canarytask"],
  files: [{ name: "canaryfile.txt", bytes: Buffer.from("canarycontent ".repeat(10_000)) }],
};
/** What the sender keeps of its own, in the clear: nothing of the transfer's. */
const live = ["case", "case_word", "student", "person", "note", "strategy", "task", "attachment"];

/** Every row of every table as text (bytes as hex), without the live rows of one district; and every object of the storage. */
async function dump(without: string): Promise<string[]> {
  const tables = await sql<{ schema: string; name: string }>(
    "select n.nspname schema, c.relname name from pg_class c join pg_namespace n on n.oid = c.relnamespace where c.relkind = 'r' and n.nspname in ('public', 'pgboss')",
  );
  const rows = await Promise.all(
    tables.map(({ schema, name }) => {
      const where = schema === "public" && live.includes(name) ? `where district_id <> '${without}'` : "";
      return sql<{ row: string }>(`select '${name} ' || to_jsonb(t)::text as row from ${schema}."${name}" t ${where}`);
    }),
  );
  const files = await readdir(storageFolder(), { recursive: true, withFileTypes: true });
  const objects = files
    .filter((file) => file.isFile())
    .map(async (file) => `${file.name} ${(await readFile(join(file.parentPath, file.name))).toString("latin1")}`);
  return [...rows.flat().map((one) => one.row), ...(await Promise.all(objects))];
}

function leaks(lines: readonly string[], words: readonly string[]): string[] {
  const wanted = words.flatMap((word) => [
    word.toLowerCase(),
    Buffer.from(word).toString("hex"),
    Buffer.from(word).toString("base64").replace(/=+$/, "").slice(0, -1).toLowerCase(),
  ]);
  return lines
    .filter((line) => wanted.some((word) => line.toLowerCase().includes(word)))
    .map((line) => line.slice(0, 60));
}
/** Looks through a dump without one district's live rows; notes what it found. */
async function expectNothing(without: string, words: readonly string[]): Promise<void> {
  const lines = await dump(without);
  const found = leaks(lines, words);
  figure(15, { found: found.length }, { "rows and objects": lines.length, words: words.length });
  expect(lines.length).toBeGreaterThan(50);
  expect(found).toEqual([]);
}
const codeWords = (...codes: string[]) =>
  codes.flatMap((code) => [code, code.replaceAll("-", ""), code.replaceAll("-", " ")]);

test("a copy of database and storage with a sealed package holds neither names, notes, files nor the code", async () => {
  await preparing(world, [about]);
  const transfer: Sent = await sent(world, { cases: [about], notes: "canarycover" });
  await issueNewCode(doors(lakeview.manager), { transferId: transfer.id, version: 1 });
  const code = await codeOf(lakeview.manager, transfer.id);
  await doors(lakeview.manager).district((tx) => getTransfer(tx, lakeview.manager, { transferId: transfer.id }));
  await acceptTransfer(doors(riverbend.manager), { transferId: transfer.id, code: transfer.code }).catch(
    () => undefined,
  );
  await expectNothing(lakeview.id, [...canaries, ...codeWords(transfer.code, code)]);
  // The net isn't torn: the sender's own rows are caught by it.
  expect(leaks(await dump("00000000-0000-0000-0000-000000000000"), canaries).length).toBeGreaterThan(5);
});

test("nor does it once it's unlocked, details are entered, or it's rejected", async () => {
  const opened = await unlocked(world, { cases: [about], notes: "canarycover" });
  const details = await entered(world, { cases: [about], notes: "canarycover" });
  await expectNothing(lakeview.id, [...canaries, ...codeWords(opened.code, details.code)]);
  await rejectTransfer(doors(riverbend.manager), { transferId: opened.id, reason: "Not ours" });
  await expectNothing(lakeview.id, [...canaries, ...codeWords(opened.code)]);
});

test("jobs and mails carry ids alone", async () => {
  const jobs = await sql<{ data: Record<string, unknown> }>(
    "select data from pgboss.job where name in ('notify', 'seal')",
  );
  expect(jobs.length).toBeGreaterThan(3);
  for (const { data } of jobs)
    expect(new Set(["event", "districtId", "transferId", "key", ...Object.keys(data)])).toEqual(
      new Set(["event", "districtId", "transferId", "key"]),
    );
});
