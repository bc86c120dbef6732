import { spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { z } from "zod";
import { childEnv, forgetInstallation } from "@/lib/env";
import { main, StartProblem, say } from "./problem";
import { projectRoot } from "./root";
import { readJson } from "./secrets";

// npm test: the whole line, one step after another, and a line with the sum at the end.
//   npm test -- unit              one step
//   npm test -- unit send-cases   what follows goes to that step's runner
type Sum = { passed: number; failed: number; skipped: number };
type Step = (args: string[], report: string) => Promise<Sum>;

const packaged = (...path: string[]) => join(projectRoot, "node_modules", ...path);
const running = new Set<ReturnType<typeof spawn>>();
let stopped = false;

const steps: Record<string, Step> = {
  format: check(packaged("@biomejs/biome/bin/biome"), "check", "--linter-enabled=false", "."),
  lint: check(packaged("oxlint/bin/oxlint"), "--type-aware"),
  knip: check(packaged("knip/bin/knip.js")),
  types: async (args, report) => {
    // The types of the routes, which the pages refer to.
    const generated = await check(packaged("next/dist/bin/next"), "typegen")([], report);
    return generated.failed > 0 ? generated : check(packaged("typescript/bin/tsc"), "--noEmit")(args, report);
  },
  unit: vitest("unit"),
  integration: vitest("integration"),
  build: check(join(projectRoot, "lib/run/setup.mjs"), "build"),
  // After the build, whose manifests it reads.
  architecture: vitest("architecture"),
  browser: playwright,
};

/** What runs at once: one processor is enough for each of these for much of its time. Everything else runs by itself. */
const atOnce = ["format", "lint", "knip", "types"];
const rounds = [atOnce, ...Object.keys(steps).flatMap((name) => (atOnce.includes(name) ? [] : [[name]]))];

await main(async () => {
  forgetInstallation();
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    process.on(signal, () => {
      stopped = true;
      for (const child of running) child.kill(signal);
    });
  }
  const given = process.argv.slice(2);
  const firstOther = given.findIndex((word) => !(word in steps));
  const chosen = firstOther === -1 ? given : given.slice(0, firstOther);
  const args = given.slice(chosen.length);
  if (chosen.length === 0 && args.length > 0)
    throw new StartProblem(`There is no step "${args[0]}". Steps: ${Object.keys(steps).join(", ")}`);

  const reports = await mkdtemp(join(tmpdir(), "baton-test-"));
  const total: Sum = { passed: 0, failed: 0, skipped: 0 };
  const failed: string[] = [];
  const take = async (name: string) => {
    // Without a build there is nothing to open in a browser.
    const sum =
      name === "browser" && failed.includes("build")
        ? { passed: 0, failed: 1, skipped: 0 }
        : await steps[name]?.(args, join(reports, `${name}.json`));
    if (!sum) return;
    if (sum.failed > 0) failed.push(name);
    total.passed += sum.passed;
    total.failed += sum.failed;
    total.skipped += sum.skipped;
  };
  for (const round of rounds) {
    const due = stopped ? [] : round.filter((name) => chosen.length === 0 || chosen.includes(name));
    if (due.length > 0) say(`\n── ${due.join(", ")}`);
    await Promise.all(due.map(take));
  }
  await rm(reports, { recursive: true, force: true });
  if (stopped) throw new StartProblem("Stopped.");
  if (failed.length > 0) say(`\nFailed: ${failed.join(", ")}`);
  say(`\n${total.passed} passed, ${total.failed} failed${total.skipped > 0 ? `, ${total.skipped} skipped` : ""}`);
  process.exitCode = total.failed > 0 ? 1 : 0;
});

/** A step that is good or not, as a whole. */
function check(program: string, ...fixed: string[]): Step {
  return async (args) => {
    const good = (await run([program, ...fixed, ...args])) === 0;
    return { passed: good ? 1 : 0, failed: good ? 0 : 1, skipped: 0 };
  };
}

function vitest(project: string): Step {
  const schema = z.object({
    numPassedTests: z.number(),
    numFailedTests: z.number(),
    numPendingTests: z.number(),
    numTodoTests: z.number(),
    testResults: z.array(z.object({ status: z.string(), assertionResults: z.array(z.object({ status: z.string() })) })),
  });
  return async (args, report) => {
    const reporters = ["--reporter=default", "--reporter=json", `--outputFile.json=${report}`];
    const code = await run([
      packaged("vitest/vitest.mjs"),
      "run",
      "--config",
      "tests/vitest.config.ts",
      "--project",
      project,
      ...reporters,
      ...args,
    ]);
    const found = schema.safeParse(await readJson(report)).data;
    if (!found) return { passed: 0, failed: 1, skipped: 0 };
    // A file that can't be loaded or set up has no test that failed, and counts as one.
    const broken = found.testResults.filter(
      (file) => file.status === "failed" && !file.assertionResults.some((test) => test.status === "failed"),
    ).length;
    return sumOf(code, {
      passed: found.numPassedTests,
      failed: found.numFailedTests + broken,
      skipped: found.numPendingTests + found.numTodoTests,
    });
  };
}

async function playwright(args: string[], report: string): Promise<Sum> {
  const schema = z.object({
    stats: z.object({ expected: z.number(), unexpected: z.number(), flaky: z.number(), skipped: z.number() }),
  });
  const command = [
    packaged("@playwright/test/cli.js"),
    "test",
    "--config",
    "tests/playwright.config.ts",
    "--reporter=list,json",
    ...args,
  ];
  const code = await run(command, { PLAYWRIGHT_JSON_OUTPUT_FILE: report });
  const stats = schema.safeParse(await readJson(report)).data?.stats;
  if (!stats) return { passed: 0, failed: 1, skipped: 0 };
  return sumOf(code, { passed: stats.expected + stats.flaky, failed: stats.unexpected, skipped: stats.skipped });
}

/** A runner that ends badly without a failed test (an error outside of them) counts as one that failed. */
function sumOf(code: number | null, sum: Sum): Sum {
  return { ...sum, failed: code !== 0 && sum.failed === 0 ? 1 : sum.failed };
}

function run(command: string[], settings: Record<string, string> = {}): Promise<number | null> {
  return new Promise((done) => {
    const child = spawn(process.execPath, command, {
      cwd: projectRoot,
      stdio: ["ignore", "inherit", "inherit"],
      // The tests start dozens of processes of ours: what one has compiled the next doesn't compile again.
      env: childEnv({ NODE_COMPILE_CACHE: packaged(".cache/compiled"), ...settings }),
    });
    running.add(child);
    child.once("error", () => done(1));
    child.once("exit", (code) => {
      running.delete(child);
      done(code);
    });
  });
}
