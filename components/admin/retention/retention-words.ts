import { typeNames } from "@/components/students/student-words";
import type { DueCount } from "@/lib/documents/list-due";
import type { RetentionRule } from "@/lib/documents/list-retention-rules";
import type { CountedFrom, RetentionKind } from "@/lib/documents/retention-kinds";

/** The names of the kinds of records; lib/documents/retention-kinds.ts says the same (a unit test compares). */
export const kindNames: Record<RetentionKind, string> = { case: "Closed case", ...typeNames };
export const kindOptions = (Object.keys(kindNames) as RetentionKind[]).map((value) => ({
  value,
  label: kindNames[value],
}));

export const fromWords: Record<CountedFrom, string> = {
  date: "after the document’s date",
  leaving: "after the student left",
  closing: "after it was closed",
};

/** "7 years after it was closed" */
export function ruleWords({ keep, years, countedFrom }: Pick<RetentionRule, "keep" | "years" | "countedFrom">): string {
  if (keep === "good") return "Kept for good";
  if (keep === "undecided" || !countedFrom) return "Kept: no rule yet";
  return `${years} ${years === 1 ? "year" : "years"} ${fromWords[countedFrom]}`;
}

/** "1 record", "3 records" */
export const recordsWord = (n: number): string => `${n.toLocaleString("en-US")} ${n === 1 ? "record" : "records"}`;

/** "3 due, 1 proposed, 2 on hold": what can be proposed, and what is kept back. */
export function dueWords(counts: readonly Omit<DueCount, "kind">[], mostCounted: number): string {
  if (counts.some((one) => one.more)) return `More than ${recordsWord(mostCounted)}`;
  const sum = (of: "due" | "proposed" | "held" | "waits") => counts.reduce((n, one) => n + one[of], 0);
  const part = (n: number, words: string) => (n > 0 ? [`${n.toLocaleString("en-US")} ${words}`] : []);
  return [
    `${sum("due").toLocaleString("en-US")} due`,
    ...part(sum("proposed"), "proposed"),
    ...part(sum("held"), "on hold"),
    ...part(sum("waits"), "in a transfer"),
  ].join(", ");
}
