import { appendFileSync } from "node:fs";

/** What was counted: how many there were (lines of one row add up), each one's number, or how many of how many. */
export type Counted = number | readonly number[] | { found: number; of: number };

/** A line of the scorecard's raw figures: what one test counted for a row of it. */
export type Figure = {
  row: number;
  counted: Readonly<Record<string, Counted>>;
  /** How much was tried, in words that stand behind the number: `{ calls: 10_000, districts: 20 }`. */
  counts: Readonly<Record<string, number>>;
  seed?: number | undefined;
};

/**
 * Notes what a test counted for a row of the scorecard (tests/trust/rows.ts), before it expects anything of it. Outside of `npm run trust`
 * nobody asks.
 */
export function figure(row: number, counted: Figure["counted"], counts: Figure["counts"], seed?: number): void {
  const file = process.env.BATON_FIGURES;
  if (file) appendFileSync(file, `${JSON.stringify({ row, counted, counts, seed } satisfies Figure)}\n`);
}

/** How often something is tried: `few` in the test line, what the environment says in `npm run trust`. */
export function times(name: `BATON_${string}`, few: number): number {
  return Number(process.env[name] ?? few);
}

/** Where chance begins: another place each time, unless BATON_SEED says which. Goes with the figure. */
export const seed: number = Number(process.env.BATON_SEED ?? Date.now() % 2 ** 31);
