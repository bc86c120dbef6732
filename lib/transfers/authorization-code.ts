import { randomBytes } from "node:crypto";

/**
 * The secret that unlocks a case transfer at the receiver: 16 symbols of Crockford's base 32
 * (https://www.crockford.com/base32.html), 15 of them random (75 bits) and a check symbol, so that a typing error is
 * caught before it costs a try (trust.md, "Authorization code").
 */

/** Crockford's alphabet: digits and capitals without I, L, O (read as 1, 1, 0) and U. The index is the value. */
const ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const LENGTH = 16;
const GROUP = 4;

/** Longest text looked at, in UTF-16 units: nobody types more, and Unicode normalization can lengthen a text 18-fold. */
const LONGEST_TYPED = 200;

/**
 * The sum of symbol × weight over GF(32), zero for a right code; the weight of a place is the power of x that it is
 * from the end. A single wrong symbol always shows, because no weight is zero, and so does every swap of two symbols,
 * because no two weights are equal (x generates all 31 of GF(2)[x]/(x⁵+x²+1)).
 */
function weightedSum(values: readonly number[]): number {
  return values.reduce((sum, value) => timesX(sum) ^ value, 0);
}

function timesX(value: number): number {
  const shifted = value << 1;
  return shifted & 32 ? shifted ^ 0b100101 : shifted;
}

/** A new code, in groups of four as it is shown and printed: `7KQF-3MXD-W8HT-N2VJ`. */
export function newCode(): string {
  // 256 is a multiple of 32, so the low five bits of a random byte are uniform.
  const values = Array.from(randomBytes(LENGTH - 1), (byte) => byte & 31);
  // One place further on, the sum of the 15 is x times as much; the check symbol, of weight 1, makes it zero.
  const check = timesX(weightedSum(values));
  return formatCode([...values, check].map((value) => ALPHABET.charAt(value)).join(""));
}

export type ParsedCode =
  | { ok: true /** 16 symbols, capitals, no hyphens: what is hashed. */; code: string }
  | { ok: false; reason: "empty" | "length" | "symbol" | "check" };

/**
 * Reads a code as people type, paste and dictate it: in any case, width and grouping, with O for 0 and I or L for 1.
 * `symbol`: a character that no code has (U among them). `check`: well-formed, but mistyped. None of the refusals
 * costs a try.
 */
export function parseCode(typed: string): ParsedCode {
  if (typed.length > LONGEST_TYPED) return { ok: false, reason: "length" };
  const symbols = typed
    .normalize("NFKC")
    .replace(/[\p{White_Space}\p{Dash}\p{Cf}]/gu, "")
    .toUpperCase()
    .replace(/O/g, "0")
    .replace(/[IL]/g, "1");
  if (symbols === "") return { ok: false, reason: "empty" };
  const values = Array.from(symbols, (symbol) => ALPHABET.indexOf(symbol));
  if (values.includes(-1)) return { ok: false, reason: "symbol" };
  if (values.length !== LENGTH) return { ok: false, reason: "length" };
  if (weightedSum(values) !== 0) return { ok: false, reason: "check" };
  return { ok: true, code: symbols };
}

/** A canonical code (16 symbols) in groups of four, joined by hyphens. */
export function formatCode(code: string): string {
  return Array.from({ length: LENGTH / GROUP }, (_, group) => code.slice(group * GROUP, (group + 1) * GROUP)).join("-");
}
