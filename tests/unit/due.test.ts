import { expect, test } from "vitest";
import { dueWords } from "@/lib/cases/due";
import { dayIn } from "@/lib/districts/day-text";

test.each([
  ["2026-11-22", "2026-11-22", "due today", "soon"],
  ["2026-11-23", "2026-11-20", "due in 1 working day", "soon"],
  // Thanksgiving and Christmas aren't working days, as they aren't for record requests.
  ["2026-12-31", "2026-11-20", "due in 27 working days", "plain"],
  ["2026-11-27", "2026-11-25", "due in 1 working day", "soon"],
  ["2026-11-18", "2026-11-20", "overdue by 2 working days", "late"],
  // No working day has gone by since Friday.
  ["2026-11-20", "2026-11-21", "overdue", "late"],
  ["2026-11-20", "2026-11-22", "overdue", "late"],
  ["2026-11-20", "2026-11-23", "overdue by 1 working day", "late"],
  ["2026-11-21", "2026-11-22", "overdue", "late"],
])("due %s on %s: %s", (due, today, text, look) => {
  expect(dueWords(due, today)).toEqual({ text, look });
});

test("the day is the district's", () => {
  const at = new Date("2026-11-23T05:30:00Z");
  expect(dayIn("America/Chicago", at)).toBe("2026-11-22");
  expect(dayIn("America/New_York", at)).toBe("2026-11-23");
});
