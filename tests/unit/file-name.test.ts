import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { extensionOf, safeFileName } from "@/lib/storage/file-name";

describe("a safe file name", () => {
  test.each([
    ["IEP 2026.pdf", "IEP 2026.pdf"],
    ["Évaluation – Niño 日本 👩‍👧.docx", "Évaluation – Niño 日本 👩‍👧.docx"],
    ["../../etc/passwd", "-..-etc-passwd"],
    ["C:\\fakepath\\plan.pdf", "C-fakepath-plan.pdf"],
    ["IEP 1/2.pdf", "IEP 1-2.pdf"],
    ["letter\u202efdp.exe", "letterfdp.exe"],
    ["a\u2066b\u2069\u200f.txt", "ab.txt"],
    ["a\0b\r\nc\x7f\x85.txt", "abc.txt"],
    ["a\u2028b\u2029.txt", "ab.txt"],
    ['a"b<c>d|e?f*.txt', "a-b-c-d-e-f-.txt"],
    [" . .hidden. ", "hidden"],
    ["plan.pdf. .", "plan.pdf"],
    ["Report..pdf", "Report..pdf"],
    ["CON", "_CON"],
    ["con.pdf", "_con.pdf"],
    ["Lpt1.tar.pdf", "_Lpt1.tar.pdf"],
    ["COM¹.txt", "_COM¹.txt"],
    ["nul .txt", "_nul.txt"],
    ["Connor.txt", "Connor.txt"],
    ["e\u0301.txt", "é.txt"],
    ["\ud800.txt", "\ufffd.txt"],
    ["", "file"],
    [" ...\u202e ", "file"],
  ])("of %j is %j", (name, safe) => {
    expect(safeFileName(name)).toBe(safe);
  });

  test("has at most 200 characters and keeps its extension", () => {
    expect(safeFileName(`${"a".repeat(300)}.docx`)).toBe(`${"a".repeat(195)}.docx`);
    expect(safeFileName(`${"😀".repeat(300)}.pdf`)).toBe(`${"😀".repeat(196)}.pdf`);
    expect(Array.from(safeFileName(`con.${"😀".repeat(300)}.pdf`))).toHaveLength(200);
    expect(safeFileName(`a.${"b".repeat(300)}`)).toHaveLength(200);
  });

  test("is safe whatever it was, and stays as it is when made safe again", () => {
    const parts = fc.constantFrom("..", "/", "\\", "\0", "\u202e", " ", ".", "con", "é", "😀", "pdf", "a".repeat(120));
    const names = fc.oneof(
      fc.string({ unit: "binary" }),
      fc.array(parts, { maxLength: 12 }).map((all) => all.join("")),
    );
    fc.assert(
      fc.property(names, (name) => {
        const safe = safeFileName(name);
        expect(safe).not.toMatch(/[/\\:*?"<>|\p{Cc}\p{Bidi_Control}]|^[\s.]|[\s.]$|^$/u);
        expect(Array.from(safe).length).toBeLessThanOrEqual(200);
        expect(safeFileName(safe)).toBe(safe);
        expect(safe.isWellFormed()).toBe(true);
      }),
      { numRuns: 2000 },
    );
  });
});

test.each([
  ["a.pdf", "pdf"],
  ["a.PDF", "PDF"],
  ["a.tar.gz", "gz"],
  ["a..pdf", "pdf"],
  ["a", ""],
  ["a.", ""],
  ["a.b c", ""],
  ["a.abcdefghijk", ""],
])("the extension of %j is %j", (name, extension) => {
  expect(extensionOf(name)).toBe(extension);
});
