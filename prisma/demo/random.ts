import { createHash } from "node:crypto";

/** Chance that is the same in every run: whoever shows the demo finds what they found the last time. */
export type Random = {
  /** From 0 up to 1, without it. */
  next(): number;
  /** From `least` to `most`, both included. */
  int(least: number, most: number): number;
  chance(probability: number): boolean;
  pick<T>(list: readonly T[]): T;
  /** As many different ones as are asked for, or all there are. */
  some<T>(list: readonly T[], count: number): T[];
  /** A version 4 UUID. */
  uuid(): string;
  /** "{a|b} c" becomes "a c" or "b c". */
  say(text: string): string;
};

export function makeRandom(seed: string): Random {
  let state = createHash("sha256").update(seed).digest().readUInt32LE(0);
  // Mulberry32: small, quick, good enough for names and dates.
  const next = () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
  const int = (least: number, most: number) => least + Math.floor(next() * (most - least + 1));
  const pick = <T>(list: readonly T[]): T => {
    const one = list[int(0, list.length - 1)];
    if (one === undefined) throw new RangeError("nothing to pick from");
    return one;
  };
  return {
    next,
    int,
    chance: (probability) => next() < probability,
    pick,
    some: (list, count) => {
      const left = [...list];
      return Array.from({ length: Math.min(count, left.length) }, () => left.splice(int(0, left.length - 1), 1)).flat();
    },
    uuid: () => {
      const digits = Array.from({ length: 32 }, () => int(0, 15).toString(16));
      digits[12] = "4";
      digits[16] = "89ab".charAt(int(0, 3));
      const text = digits.join("");
      return [text.slice(0, 8), text.slice(8, 12), text.slice(12, 16), text.slice(16, 20), text.slice(20)].join("-");
    },
    say: (text) => text.replace(/\{([^{}]*\|[^{}]*)\}/g, (_, choices: string) => pick(choices.split("|"))),
  };
}
