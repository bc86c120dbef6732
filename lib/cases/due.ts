import { daysLeft, noBreaks } from "@/lib/districts/school-days";

/** How near a due day is in working days (Monday to Friday without federal holidays), in words (visual.md), and how it's to look. */
export function dueWords(due: string, today: string): { text: string; look: "plain" | "soon" | "late" } {
  const left = daysLeft(today, due, "working", noBreaks);
  if (due < today && left === 0) return { text: "overdue", look: "late" };
  if (left === 0) return { text: "due today", look: "soon" };
  const days = Math.abs(left) === 1 ? "working day" : "working days";
  if (left < 0) return { text: `overdue by ${-left} ${days}`, look: "late" };
  return { text: `due in ${left} ${days}`, look: left <= 5 ? "soon" : "plain" };
}
