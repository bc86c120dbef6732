import { expect, test } from "vitest";
import { dueWords } from "@/components/requests/request-words";
import type { RequestDue } from "@/lib/requests/request-due";

const due: Omit<RequestDue, "left" | "overdue"> = {
  on: "2026-11-20",
  days: 10,
  kind: "working",
  own: false,
  law: null,
};

test.each([
  [4, false, "Due in 4 working days", ""],
  [1, false, "Due in 1 working day", "soon"],
  [0, false, "Due today", "soon"],
  [0, true, "Overdue", "late"],
  [-1, true, "Overdue by 1 working day", "late"],
  [-2, true, "Overdue by 2 working days", "late"],
])("%i left, overdue %s: %s", (left, overdue, text, look) => {
  expect(dueWords({ ...due, left, overdue })).toEqual({ text, look });
});

test("nothing once it's decided", () => {
  expect(dueWords({ ...due, left: null, overdue: false })).toBeNull();
});
