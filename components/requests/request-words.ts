import { dayWords } from "@/components/transfers/transfer-words";
import type { ChipState } from "@/components/ui/state-chip";
import type { RequestRow } from "@/lib/requests/list-requests";
import type { RequestDue } from "@/lib/requests/request-due";

/** The state's chip: colour and icon of a transfer's, with the request's own word. */
export const requestChips: Record<RequestRow["status"], { state: ChipState; word: string }> = {
  open: { state: "pending", word: "Open" },
  answered: { state: "completed", word: "Answered" },
  declined: { state: "rejected", word: "Declined" },
  withdrawn: { state: "withdrawn", word: "Withdrawn" },
};

const dayNames: Record<RequestDue["kind"], [one: string, many: string]> = {
  working: ["working day", "working days"],
  school: ["school day", "school days"],
  calendar: ["day", "days"],
};

/** "10 school days" */
export function daysWords(days: number, kind: RequestDue["kind"]): string {
  return `${days} ${dayNames[kind][days === 1 ? 0 : 1]}`;
}

/** How near a due day is, in words (visual.md), and how it's to look; null once the request is decided. */
export function dueWords(due: RequestDue): { text: string; look: "soon" | "late" | "" } | null {
  const { left, kind, overdue } = due;
  if (left === null) return null;
  if (overdue) return { text: left === 0 ? "Overdue" : `Overdue by ${daysWords(-left, kind)}`, look: "late" };
  if (left === 0) return { text: "Due today", look: "soon" };
  return { text: `Due in ${daysWords(left, kind)}`, look: left <= 3 ? "soon" : "" };
}

/** The line under the state: whom it waits for, or who decided it when. */
export function requestLine(row: RequestRow, zone: string): string {
  const incoming = row.side === "incoming";
  const day = row.decidedAt ? dayWords(row.decidedAt, zone) : "";
  const by = (own: boolean) => (own ? (row.decidedBy ?? "your district") : "their staff");
  switch (row.status) {
    case "open":
      return incoming ? "Waits for your answer" : "They haven’t answered yet";
    case "answered":
      return `${day}, with a transfer by ${by(incoming)}`;
    case "declined":
      return row.reason ? `${day}: “${row.reason}”` : `${day}, by ${by(incoming)}`;
    case "withdrawn":
      return `${day}, by ${by(!incoming)}`;
  }
}
