import type { Counted } from "../support/figures";

/** What a part of a row's figure has to be. */
export type Goal = { target: string; met: (counted: Counted) => boolean };

const isShare = (counted: Counted) => typeof counted === "object" && "of" in counted;
const shareOf = (counted: Counted) =>
  typeof counted === "object" && "of" in counted && counted.of > 0 ? counted.found / counted.of : Number.NaN;
const numbersOf = (counted: Counted): readonly number[] =>
  typeof counted === "number" ? [counted] : "of" in counted ? [] : counted;

/** None at all. */
export const none: Goal = { target: "0", met: (counted) => counted === 0 };
/** All of them, and there were enough to mean something. */
export const all = (least = 1): Goal => ({
  target: least > 1 ? `all of ${least} or more` : "100%",
  met: (counted) => shareOf(counted) === 1 && typeof counted === "object" && "of" in counted && counted.of >= least,
});
export const shareFrom = (percent: number): Goal => ({
  target: `≥ ${percent}%`,
  met: (counted) => shareOf(counted) >= percent / 100,
});
export const shareUpTo = (percent: number): Goal => ({
  target: `≤ ${percent}%`,
  met: (counted) => shareOf(counted) <= percent / 100,
});
export const from = (least: number): Goal => ({
  target: `${inDigits(least)} or more`,
  met: (counted) => typeof counted === "number" && counted >= least,
});
/** Each time the same number. */
export const each = (wanted: number): Goal => ({
  target: String(wanted),
  met: (counted) => numbersOf(counted).length > 0 && numbersOf(counted).every((one) => one === wanted),
});
/** Each time this or less. */
export const upTo = (most: number, unit: string): Goal => ({
  target: `≤ ${most} ${unit}`,
  met: (counted) => numbersOf(counted).length > 0 && numbersOf(counted).every((one) => one <= most),
});

/** Two lines of one row: numbers add up, lists follow each other, shares add their parts. */
export function added(one: Counted | undefined, other: Counted): Counted {
  if (one === undefined) return other;
  if (typeof one === "number" && typeof other === "number") return one + other;
  if (typeof one === "object" && "of" in one && typeof other === "object" && "of" in other)
    return { found: one.found + other.found, of: one.of + other.of };
  if (isShare(one) || isShare(other)) throw new Error("two tests count the same thing in different ways");
  return [...numbersOf(one), ...numbersOf(other)];
}

const plain = new Intl.NumberFormat("en-US", { maximumFractionDigits: 2 });

export const inDigits = (value: number): string => plain.format(value);

/** How a count reads: `0`, `97.1% (993 of 1,023)`, `1`, `0.4–2.1`. */
export function inWords(counted: Counted): string {
  if (typeof counted === "number") return inDigits(counted);
  if ("of" in counted)
    return `${plain.format(Math.floor(shareOf(counted) * 10_000) / 100)}% (${inDigits(counted.found)} of ${inDigits(counted.of)})`;
  const [least, most] = [Math.min(...counted), Math.max(...counted)];
  return least === most ? inDigits(least) : `${inDigits(least)}–${inDigits(most)}`;
}
