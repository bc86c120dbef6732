import { SettingsError } from "@/lib/env";

/** Something the person at the terminal can mend; shown as its message alone. */
export class StartProblem extends Error {
  override name = "StartProblem";
}

/** Says one calm line. */
export function say(line: string): void {
  console.log(line);
}

/** Shows what went wrong, without a stack trace where a person can mend it, and sees to exit code 1. */
export function show(problem: unknown): void {
  console.error(problem instanceof StartProblem || problem instanceof SettingsError ? problem.message : problem);
  process.exitCode = 1;
}

/** Runs a program of lib/run to its end and leaves with its exit code: 1 when it threw, which is shown. */
export async function main(run: () => Promise<void>): Promise<never> {
  try {
    await run();
  } catch (error) {
    show(error);
  }
  process.exit();
}
