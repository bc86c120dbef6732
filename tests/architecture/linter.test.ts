import { execFile } from "node:child_process";
import { copyFile, mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join, posix } from "node:path";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import { projectRoot } from "@/lib/run/root";
import { figure } from "../support/figures";
import { importPlants } from "./import-plants";

type Report = { diagnostics: { code: string; filename: string }[] };

/** What the linter says about files, given by path and text, under the project's own settings. */
async function lint(files: { path: string; text: string }[]): Promise<Report["diagnostics"]> {
  const folder = await mkdtemp(join(tmpdir(), "baton-lint-"));
  try {
    await copyFile(join(projectRoot, ".oxlintrc.json"), join(folder, ".oxlintrc.json"));
    for (const { path, text } of files) {
      await mkdir(join(folder, dirname(path)), { recursive: true });
      await writeFile(join(folder, path), text);
    }
    const oxlint = join(projectRoot, "node_modules", "oxlint", "bin", "oxlint");
    const run = promisify(execFile)(process.execPath, [oxlint, "--format", "json", "."], {
      cwd: folder,
      maxBuffer: 10_000_000,
    });
    // It ends with 1 where it found something.
    const { stdout } = await run.catch((error: { stdout: string }) => error);
    return (JSON.parse(stdout) as Report).diagnostics;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

const forbidden = "eslint(no-restricted-imports)";
const used = (text: string) =>
  text.replace(
    /^import (.*) from (.*)$/m,
    (line, names: string) => `${line}\nexport const used = [${names.replaceAll(/[{}]|\btype\b/g, "").trim()}];`,
  );

test("the linter finds every planted breach of the table of imports", async () => {
  const files = importPlants.map(({ path, text }, i) => ({
    path: posix.join(dirname(path), `planted-${i}${posix.extname(path)}`),
    text: text ?? "",
  }));
  const found = await lint(files);
  const missed = files.filter(
    ({ path }) => !found.some((one) => one.code === forbidden && one.filename.replaceAll("\\", "/").endsWith(path)),
  );
  figure(3, { caught: { found: files.length - missed.length, of: files.length } }, { "for the linter": files.length });
  expect(missed.map(({ path, text }) => `${path}: ${text.trim()}`)).toEqual([]);
});

test("none of its patterns looks ahead or behind: the linter passes over such a pattern without a word", async () => {
  const settings = await readFile(join(projectRoot, ".oxlintrc.json"), "utf8");
  const patterns = [...settings.matchAll(/"regex": "([^"]+)"/g)].map(([, pattern = ""]) => pattern);
  expect(patterns.length).toBeGreaterThan(20);
  expect(patterns.filter((pattern) => /\(\?[=!<]/.test(pattern))).toEqual([]);
});

test("and leaves alone what the table allows", async () => {
  const allowed = [
    ["app/fine.ts", 'import { listCases } from "@/lib/cases/list-cases";'],
    ["components/cases/fine.tsx", 'import type { CaseRow } from "@/lib/cases/list-cases";'],
    ["lib/transfers/fine.ts", 'import { searchCaseIds } from "@/lib/cases/search-case-ids";'],
    ["lib/transfers/fine-types.ts", 'import type { DistrictTx } from "@/lib/db/types";'],
    ["lib/transfers/fine-sql.ts", 'import { sql } from "@/lib/db/sql";'],
    ["lib/web/fine.ts", 'import { withDistrict } from "@/lib/db/tenant";'],
    ["lib/jobs/fine.ts", 'import { sendMail } from "@/lib/mail/transport";'],
  ].map(([path = "", text = ""]) => ({ path, text: text.includes("import type") ? text : used(text) }));
  expect((await lint(allowed)).filter((one) => one.code === forbidden)).toEqual([]);
});
