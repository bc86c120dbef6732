import { join } from "node:path";
import { projectRoot } from "@/lib/run/root";
import { all, each, from, type Goal, none, shareFrom, shareUpTo, upTo } from "./goals";

/** A program that measures: one of the suite's own tests, with the scorecard's counts. */
export type Run = { args: readonly string[]; env: Readonly<Record<`BATON_${string}`, string>> };

/** A row of the scorecard (trust.md): what is counted, what each part of it has to be, and which tests count it. */
export type Row = { row: number; figure: string; goals: Readonly<Record<string, Goal>>; runs: readonly Run[] };

const packaged = (...path: string[]) => join(projectRoot, "node_modules", ...path);

function vitest(project: string, files: readonly string[], env: Run["env"] = {}): Run {
  const fixed = [packaged("vitest/vitest.mjs"), "run", "--config", "tests/vitest.config.ts", "--project", project];
  return { args: [...fixed, ...files.map((file) => `tests/${file}`)], env };
}
const integration = (file: string, env: Run["env"] = {}) => vitest("integration", [`integration/${file}.test.ts`], env);

/** `files` is a pattern of Playwright's: of the path. */
function browser(files: string, env: Run["env"] = {}, ...more: string[]): Run {
  const fixed = [packaged("@playwright/test/cli.js"), "test", "--config", "tests/playwright.config.ts"];
  return { args: [...fixed, "--reporter=list", ...more, files], env };
}

const catalog = integration("isolation/catalog");
// Ten thousand calls keep the server busy: what runs beside them takes its time.
const attack = browser(
  "e2e/attack/",
  { BATON_FUZZ_CALLS: "10000", BATON_GARBLINGS: "5", BATON_SERVER_POOL: "5" },
  "--retries=0",
  "--timeout=900000",
);
const pages = browser("e2e/(?!attack/)");
const accept = integration("transfers/accept-transfer", {
  BATON_ACCEPT_CALLERS: "200",
  BATON_ACCEPT_ROUNDS: "50",
  BATON_GUESSES: "500",
});
const crash = (file: string, env: Run["env"]) => vitest("integration", [`trust/crash/${file}.test.ts`], env);

export const rows: readonly Row[] = [
  {
    row: 1,
    figure: "cross-tenant reads or writes in 10,000 fuzzed calls of every action and route, 20 districts, pool of 5",
    goals: { reads: none, writes: none },
    runs: [attack],
  },
  {
    row: 2,
    figure:
      "tables with a district id lacking forced RLS, policy, index, composite keys (named exceptions: the shared transfer rows)",
    goals: { lacking: none },
    runs: [catalog],
  },
  {
    row: 3,
    figure: "planted faults (dropped policy, missing guard, unscoped key…) caught by the suite",
    goals: { caught: all(20) },
    runs: [catalog, vitest("architecture", ["architecture/"])],
  },
  {
    row: 4,
    figure: "rows seen by the runtime role without a district",
    goals: { seen: none },
    runs: [integration("isolation/fence")],
  },
  {
    row: 5,
    figure:
      "actions and routes in the permission matrix: anonymous, other district, no permission, revoked session, malformed",
    goals: { refused: all() },
    runs: [attack],
  },
  { row: 6, figure: "concurrent accept, 200 callers × 50", goals: { winners: each(1) }, runs: [accept] },
  {
    row: 7,
    figure: "accept, cancel, expire, new code, lock at once × 1,000",
    goals: { "final states": each(1) },
    runs: [integration("transfers/collisions", { BATON_COLLISIONS: "1000" })],
  },
  {
    row: 8,
    figure: "server SIGKILLed during send, accept, purge × 50, files included",
    goals: { lost: none, doubled: none, half: none },
    runs: [crash("server-killed", { BATON_CRASH_RUNS: "50" }), crash("background-killed", { BATON_CRASH_RUNS: "50" })],
  },
  {
    row: 9,
    figure: "PostgreSQL kill -9 × 20",
    goals: { lost: none, "seconds until ready": upTo(10, "s") },
    runs: [crash("database-killed", { BATON_DATABASE_KILLS: "20" })],
  },
  {
    row: 10,
    figure: "mail worker killed × 50, mail server down for the length of the run",
    goals: { lost: none, doubled: shareUpTo(1) },
    runs: [crash("worker-killed", { BATON_WORKER_KILLS: "50" })],
  },
  {
    row: 11,
    figure: "model-based test of the transfer's life (fast-check), 2,000 runs × 30 commands",
    goals: { divergences: none },
    runs: [integration("transfers/life-model", { BATON_LIVES: "2000" })],
  },
  {
    row: 12,
    figure: "double click and replay × 500 with one key",
    goals: { effects: each(1), "different answers": each(1) },
    runs: [integration("transfers/send-cases", { BATON_CLICKS: "500" })],
  },
  { row: 13, figure: "guesses evaluated of 500 in parallel, limit 5", goals: { evaluated: each(5) }, runs: [accept] },
  {
    row: 14,
    figure: "single-symbol errors in a code caught by the check symbol; swaps of neighbors",
    goals: { errors: all(), swaps: shareFrom(95) },
    runs: [vitest("unit", ["unit/authorization-code.test.ts"])],
  },
  {
    row: 15,
    figure:
      "canary names and codes found in a dump of database and storage for a sealed package (sender's own live rows aside), in logs, mails, URLs",
    goals: { found: none },
    runs: [integration("transfers/sealed-package"), browser("e2e/transfers/canaries", {}, "--retries=0")],
  },
  {
    row: 16,
    figure: "mutations executed without or with a foreign Origin",
    goals: { executed: none },
    runs: [attack],
  },
  {
    row: 17,
    figure: "ways round the guard that reach data (path variants, headers, action through another route), 30 or more",
    goals: { tried: from(30), "that reach data": none },
    runs: [attack],
  },
  { row: 18, figure: "CSP violations in the whole e2e run", goals: { violations: none }, runs: [attack, pages] },
  {
    row: 19,
    figure: "copied cookie after sign-out, disable, reset, permission change",
    goals: { "refused at the next request": all(4) },
    runs: [attack],
  },
  {
    row: 20,
    figure: "password × TOTP × recovery × lock-out model, wrongly admitted in 5,000",
    goals: { tried: from(5_000), "wrongly admitted": none },
    runs: [integration("users/sign-in-model", { BATON_MODEL_RUNS: "400" })],
  },
  {
    row: 21,
    figure: "EICAR, encrypted zip, zip bomb, polyglot, over-limit stream, scanner down",
    goals: { blocked: all(6) },
    runs: [integration("storage/blocked")],
  },
  {
    row: 22,
    figure: "SHA-256 sent = received, 1,000 files of 0 B to 50 MB",
    goals: { whole: all() },
    runs: [integration("transfers/bytes-arrive", { BATON_FILE_RUNS: "1000" })],
  },
  {
    row: 23,
    figure: "audit chain tampered with, 5 ways × 20; forks with 200 writers",
    goals: { found: all(100), forks: none },
    runs: [integration("audit/verify-audit", { BATON_AUDIT_PLACES: "20" })],
  },
  {
    row: 24,
    figure: "transfers with every 99.32 field; canaries left after a purge (database, storage, jobs)",
    goals: { "every field": all(), canaries: none },
    runs: [integration("disclosures/every-field"), vitest("integration", ["integration/documents/"])],
  },
  {
    row: 25,
    figure: "row-level security's cost on the list page at 1.3 million cases (p95, against the same query without)",
    goals: { times: upTo(1.3, "×") },
    runs: [{ args: ["--import", "tsx", "tests/bench/fence.ts"], env: {} }],
  },
];
