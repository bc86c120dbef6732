import { typeNames } from "@/components/students/student-words";
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
