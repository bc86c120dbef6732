import { spawn } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { childEnv, forgetInstallation } from "@/lib/env";
import { main, StartProblem, say } from "@/lib/run/problem";
import { projectRoot } from "@/lib/run/root";
import { type Figure, seed } from "../support/figures";
import { type Run, rows } from "./rows";
import { keepScorecard, type Line, lineOf, type Measured } from "./scorecard";

// npm run trust: measures the scorecard of trust.md with the suite's own tests and prints it.
//   npm run trust                all rows; takes about an hour on two cores
//   npm run trust -- 6 7         these
//   BATON_SEED=7 npm run trust   with the chances of an earlier run
let running: ReturnType<typeof spawn> | undefined;
let stopped = false;

await main(async () => {
  forgetInstallation();
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    process.on(signal, () => {
      stopped = true;
      running?.kill(signal);
    });
  }
  const wanted = process.argv.slice(2);
  const strange = wanted.find((word) => !rows.some(({ row }) => String(row) === word));
  if (strange !== undefined) throw new StartProblem(`The scorecard has no row "${strange}".`);
  const chosen = rows.filter(({ row }) => wanted.length === 0 || wanted.includes(String(row)));
  const folder = await mkdtemp(join(tmpdir(), "baton-trust-"));
  const command = ["npm run trust", ...(wanted.length > 0 ? ["--", ...wanted] : [])].join(" ");
  const done = new Map<Run, Measured>();
  const lines: Line[] = [];
  for (const row of chosen) {
    for (const run of row.runs.filter((one) => !done.has(one))) {
      say(`\n── ${row.row}: ${row.figure}`);
      done.set(run, await measure(run, join(folder, `${done.size}.jsonl`)));
      if (stopped) break;
    }
    if (stopped) break;
    const parts = row.runs.flatMap((run) => done.get(run) ?? []);
    const measured: Measured = {
      figures: parts.flatMap((part) => part.figures).filter((one) => one.row === row.row),
      seconds: parts.reduce((sum, part) => sum + part.seconds, 0),
      failed: parts.some((part) => part.failed),
    };
    const line = lineOf(row, measured, command);
    lines.push(line);
    // At once: an hour is long, and what was measured stays though the run is broken off.
    await keepScorecard([line]);
  }
  await rm(folder, { recursive: true, force: true });
  say(`\n${lines.map(({ text }) => text).join("\n")}`);
  if (stopped) throw new StartProblem("Stopped. What was measured until then is kept.");
  const missed = lines.filter(({ met }) => !met).map(({ row }) => row);
  say(missed.length > 0 ? `\nMissed: ${missed.join(", ")}` : `\nAll ${lines.length} met.`);
  process.exitCode = missed.length > 0 ? 1 : 0;
});

/** Runs a program to its end; gives what it noted in the meantime. */
async function measure(run: Run, file: string): Promise<Measured> {
  const start = performance.now();
  const code = await new Promise<number | null>((ended) => {
    running = spawn(process.execPath, run.args, {
      cwd: projectRoot,
      stdio: ["ignore", "inherit", "inherit"],
      env: childEnv({ ...run.env, BATON_FIGURES: file, BATON_SEED: String(seed) }),
    });
    running.once("error", () => ended(1));
    running.once("exit", (exit) => ended(exit));
  });
  const noted = await readFile(file, "utf8").catch(() => "");
  const figures = noted
    .split("\n")
    .filter(Boolean)
    .map((line) => JSON.parse(line) as Figure);
  return { figures, seconds: (performance.now() - start) / 1000, failed: code !== 0 };
}
