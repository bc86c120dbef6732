import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { projectRoot } from "@/lib/run/root";
import type { Counted, Figure } from "../support/figures";
import { added, inDigits, inWords } from "./goals";
import type { Row } from "./rows";

/** What the tests of a row counted, how long they took, and whether one of them failed. */
export type Measured = { figures: readonly Figure[]; seconds: number; failed: boolean };

const file = join(projectRoot, "tests", "trust", "SCORECARD.md");
const head = `# Scorecard

Figures of \`npm run trust\`, which measures them with the suite's own tests, larger counts, and the seed of the line (\`npm run trust -- 6 7\`
measures these rows alone; the others keep their line). Each is the row of trust.md with the same number.

| # | figure | target | measured | counts | seed | seconds | command, date | |
|---|---|---|---|---|---|---|---|---|
`;

export type Line = { row: number; met: boolean; text: string };

/** A row's figures beside its targets: met where every part is, and none of its tests failed. */
export function lineOf({ row, figure, goals }: Row, { figures, seconds, failed }: Measured, command: string): Line {
  const counted: Record<string, Counted> = {};
  const counts: Record<string, number> = {};
  for (const one of figures) {
    for (const [name, value] of Object.entries(one.counted)) counted[name] = added(counted[name], value);
    for (const [name, value] of Object.entries(one.counts)) counts[name] = (counts[name] ?? 0) + value;
  }
  const parts = Object.entries(goals);
  const reasons = parts.flatMap(([name, goal]) => {
    const value = counted[name];
    if (value === undefined) return [`nothing was counted of "${name}"`];
    return goal.met(value) ? [] : [`"${name}" is ${inWords(value)}, not ${goal.target}`];
  });
  if (failed) reasons.push("a test of the run failed");
  const named = (name: string, text: string) => (parts.length > 1 ? `${name}: ${text}` : text);
  const cells = [
    row,
    figure,
    parts.map(([name, goal]) => named(name, goal.target)).join("; "),
    parts.map(([name]) => named(name, counted[name] === undefined ? "–" : inWords(counted[name]))).join("; "),
    Object.entries(counts)
      .map(([name, count]) => `${inDigits(count)} ${name}`)
      .join(", "),
    figures.find((one) => one.seed !== undefined)?.seed ?? "",
    Math.round(seconds),
    `\`${command}\`, ${new Date().toISOString().slice(0, 10)}`,
    reasons.length === 0 ? "met" : `**missed**: ${reasons.join("; ")}`,
  ];
  return { row, met: reasons.length === 0, text: `| ${cells.join(" | ")} |` };
}

/** Writes the table anew: these lines, the others as they stood. */
export async function keepScorecard(lines: readonly Line[]): Promise<void> {
  const kept = new Map<number, string>();
  const before = await readFile(file, "utf8").catch(() => "");
  for (const line of before.split("\n")) {
    const row = /^\| (\d+) \|/.exec(line)?.[1];
    if (row) kept.set(Number(row), line);
  }
  for (const { row, text } of lines) kept.set(row, text);
  const sorted = [...kept].sort(([one], [other]) => one - other).map(([, text]) => text);
  await writeFile(file, `${head}${sorted.join("\n")}\n`);
}
