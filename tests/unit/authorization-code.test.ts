import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { formatCode, newCode, parseCode } from "@/lib/transfers/authorization-code";
import { figure } from "../support/figures";

const ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ".split("");
const EXAMPLE = "7KQF-3MXD-W8HT-N2VJ";
const PLACES = Array.from({ length: 16 }, (_, place) => place);

function plain(code: string): string {
  return code.replaceAll("-", "");
}

function replaceAt(code: string, place: number, symbol: string): string {
  return code.slice(0, place) + symbol + code.slice(place + 1);
}

function swap(code: string, a: number, b: number): string {
  return replaceAt(replaceAt(code, a, code.charAt(b)), b, code.charAt(a));
}

describe("a new code", () => {
  test("has four groups of four symbols of Crockford's alphabet and reads as itself", () => {
    for (let i = 0; i < 1000; i++) {
      const code = newCode();
      expect(code).toMatch(/^(?:[0-9A-HJKMNP-TV-Z]{4}-){3}[0-9A-HJKMNP-TV-Z]{4}$/);
      expect(parseCode(code)).toEqual({ ok: true, code: plain(code) });
      expect(formatCode(plain(code))).toBe(code);
    }
  });

  test("is never given twice, and uses every symbol about equally often in every place", () => {
    const codes = Array.from({ length: 32_000 }, () => plain(newCode()));
    expect(new Set(codes).size).toBe(codes.length);
    for (const place of PLACES) {
      const counts = new Map<string, number>();
      for (const code of codes) counts.set(code.charAt(place), (counts.get(code.charAt(place)) ?? 0) + 1);
      expect(counts.size).toBe(32);
      // 1,000 are expected of each; 6 standard deviations are 187.
      for (const count of counts.values()) expect(Math.abs(count - 1000)).toBeLessThan(190);
    }
  });
});

describe("the check symbol", () => {
  const isCaught = (typed: string) => {
    const parsed = parseCode(typed);
    return !parsed.ok && parsed.reason === "check";
  };
  const codes = [plain(EXAMPLE), "0000000000000000", ...Array.from({ length: 200 }, () => plain(newCode()))];

  test("catches every single wrong symbol: all 16 places × 31 others", { timeout: 60_000 }, () => {
    const errors = { found: 0, of: 0 };
    for (const code of codes) {
      for (const place of PLACES) {
        for (const symbol of ALPHABET) {
          if (symbol === code.charAt(place)) continue;
          errors.of++;
          if (isCaught(replaceAt(code, place, symbol))) errors.found++;
        }
      }
    }
    figure(14, { errors }, { codes: codes.length });
    expect(errors).toEqual({ found: codes.length * 16 * 31, of: codes.length * 16 * 31 });
  });

  test("catches every swap of neighbors: all 15 pairs of places × 992 pairs of symbols", { timeout: 60_000 }, () => {
    const swaps = { found: 0, of: 0 };
    for (const place of PLACES.slice(1)) {
      for (const first of ALPHABET) {
        for (const second of ALPHABET) {
          if (first === second) continue;
          const withPair = replaceAt(replaceAt("0".repeat(16), place - 1, first), place, second);
          // Of the 32 symbols in one other place, one makes the code right.
          const other = place < 8 ? 15 : 0;
          const right = ALPHABET.map((symbol) => replaceAt(withPair, other, symbol)).filter(
            (code) => parseCode(code).ok,
          );
          expect(right).toHaveLength(1);
          swaps.of++;
          if (isCaught(swap(right[0] ?? "", place - 1, place))) swaps.found++;
        }
      }
    }
    figure(14, { swaps }, {});
    expect(swaps).toEqual({ found: 15 * 992, of: 15 * 992 });
  });

  test("catches every swap of different symbols however far apart", { timeout: 60_000 }, () => {
    for (const code of codes) {
      for (const a of PLACES) {
        for (const b of PLACES.slice(a + 1)) {
          if (code.charAt(a) !== code.charAt(b)) expect(parseCode(swap(code, a, b)).ok).toBe(false);
        }
      }
    }
  });

  test("lets one in 32 random texts pass, which then cost a try", () => {
    const passed = Array.from({ length: 32_000 }, () =>
      PLACES.map(() => ALPHABET[Math.floor(Math.random() * 32)]).join(""),
    ).filter((code) => parseCode(code).ok).length;
    expect(Math.abs(passed - 1000)).toBeLessThan(190);
  });
});

describe("reading a code", () => {
  test.each([
    ["lower case", "7kqf-3mxd-w8ht-n2vj"],
    ["no hyphens", "7KQF3MXDW8HTN2VJ"],
    ["spaces and line breaks", "  7KQF 3MXD\tW8HT\r\nN2VJ\n"],
    ["other groups", "7-KQ-F3M-XDW8H-TN2VJ"],
    ["dashes of every kind", "7KQF\u20133MXD\u2014W8HT\u2212N2VJ"],
    ["non-breaking hyphens and spaces", "7KQF\u20113MXD\u00a0W8HT\u202fN2VJ"],
    ["full-width characters", "７ＫＱＦ－３ＭＸＤ－Ｗ８ＨＴ－Ｎ２ＶＪ"],
    ["invisible characters of a copied text", "\ufeff7KQF\u200b3MXD\u00adW8HT\u2060N2VJ\u200e"],
  ])("forgives %s", (_, typed) => {
    expect(parseCode(typed)).toEqual({ ok: true, code: plain(EXAMPLE) });
  });

  test("reads O as 0, and I and L as 1, in either case", () => {
    const code = Array.from({ length: 10_000 }, () => plain(newCode())).find(
      (each) => /0/.test(each) && /1.*1/.test(each),
    );
    const typed = (code ?? "").replace("0", "o").replace("1", "I").replace("1", "l").replaceAll("0", "O");
    expect(parseCode(typed)).toEqual({ ok: true, code });
  });

  test.each([
    ["empty", ""],
    ["empty", " - \u2014 \u200b"],
    ["length", "7KQF-3MXD-W8HT-N2V"],
    ["length", `${EXAMPLE}0`],
    ["length", "0".repeat(1000)],
    ["length", "\ufdfa".repeat(201)],
    ["symbol", "7KQF-3MXD-W8HT-N2VU"],
    ["symbol", "Code: 7KQF"],
    ["symbol", "7KQF_3MXD_W8HT_N2VJ"],
    ["symbol", "7KQF-3MXD-W8HT-N2V😀"],
    ["symbol", "7КQF-3MXD-W8HT-N2VJ"],
    ["check", "7KQF-3MXD-W8HT-N2VK"],
  ])("refuses as %s: %s", (reason, typed) => {
    expect(parseCode(typed)).toEqual({ ok: false, reason });
  });

  test("never throws, and what it takes is canonical", () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.string({ unit: "binary" }), fc.string({ unit: fc.constantFrom(...ALPHABET, "-", "o", "l") })),
        (typed) => {
          const parsed = parseCode(typed);
          if (parsed.ok) expect(parsed.code).toMatch(/^[0-9A-HJKMNP-TV-Z]{16}$/);
        },
      ),
    );
  });
});
