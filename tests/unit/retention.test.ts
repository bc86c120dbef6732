import { expect, test } from "vitest";
import { kindNames, ruleWords } from "@/components/admin/retention/retention-words";
import { retentionKindNames, retentionKinds } from "@/lib/documents/retention-kinds";

test("the kinds have one name each, on screen as in the domain", () => {
  expect(kindNames).toEqual(retentionKindNames);
  expect(Object.keys(kindNames)).toEqual([...retentionKinds]);
});

test.each([
  [{ keep: "undecided", years: null, countedFrom: null }, "Kept: no rule yet"],
  [{ keep: "good", years: null, countedFrom: null }, "Kept for good"],
  [{ keep: "years", years: 1, countedFrom: "closing" }, "1 year after it was closed"],
  [{ keep: "years", years: 7, countedFrom: "leaving" }, "7 years after the student left"],
  [{ keep: "years", years: 7, countedFrom: "date" }, "7 years after the document’s date"],
] as const)("a rule in words: %o", (rule, words) => {
  expect(ruleWords(rule)).toBe(words);
});
