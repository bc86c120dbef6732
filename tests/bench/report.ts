/** A line of the bench: a figure, the floor measured in the same run, and how many times the floor it may be at most. */
export type Line = { work: string; figure: number; floor: number; unit: string; most?: number; least?: number };

const lines: Line[] = [];

/** Prints a line as soon as it's measured and keeps it for the table. */
export function report(line: Line): void {
  lines.push(line);
  console.log(`  ${row(line)}`);
}

function row({ work, figure, floor, unit, most, least }: Line): string {
  const ratio = figure / floor;
  const goal = most === undefined ? (least === undefined ? "" : `at least ${least}`) : `at most ${most}`;
  const met =
    most === undefined
      ? least === undefined
        ? ""
        : ratio >= least
          ? "met"
          : "MISSED"
      : ratio <= most
        ? "met"
        : "MISSED";
  return `${work.padEnd(52)} ${ratio.toFixed(2).padStart(7)} ×  ${goal.padEnd(13)} ${met.padEnd(7)} ${format(figure)} ${unit}, floor ${format(floor)}`;
}

const format = (value: number) => (value >= 100 ? value.toFixed(0) : value >= 10 ? value.toFixed(1) : value.toFixed(2));

/** The whole table once more. */
export function summary(): void {
  console.log(`\nRatio to the floor of the same run, ${new Date().toISOString().slice(0, 10)}\n`);
  for (const line of lines) console.log(row(line));
}

/**
 * The 95th percentile of a run's time in milliseconds, `rounds` times `runs`, of which the middle round counts: a shared machine takes its
 * processors away for some hundred milliseconds now and then. The works take turns, so that all of them meet the same weather.
 */
export async function p95<K extends string>(
  works: Record<K, () => Promise<unknown>>,
  { rounds = 7, runs = 40 } = {},
): Promise<Record<K, number>> {
  const names = Object.keys(works) as K[];
  const each = () => Object.fromEntries(names.map((name) => [name, [] as number[]])) as Record<K, number[]>;
  const of = (values: number[], share: number) =>
    values.toSorted((a, b) => a - b)[Math.floor(values.length * share)] as number;
  for (let i = 0; i < 5; i++) for (const name of names) await works[name]();
  const perRound = each();
  for (let round = 0; round < rounds; round++) {
    const taken = each();
    for (let i = 0; i < runs; i++) {
      for (const name of names) {
        const start = performance.now();
        await works[name]();
        taken[name].push(performance.now() - start);
      }
    }
    for (const name of names) perRound[name].push(of(taken[name], 0.95));
  }
  return Object.fromEntries(names.map((name) => [name, of(perRound[name], 0.5)])) as Record<K, number>;
}
