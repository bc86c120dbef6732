import { dayWords } from "@/components/transfers/transfer-words";
import type { ChipState } from "@/components/ui/state-chip";
import type { RequestRow } from "@/lib/requests/list-requests";

/** The state's chip: colour and icon of a transfer's, with the request's own word. */
export const requestChips: Record<RequestRow["status"], { state: ChipState; word: string }> = {
  open: { state: "pending", word: "Open" },
  answered: { state: "completed", word: "Answered" },
  declined: { state: "rejected", word: "Declined" },
  withdrawn: { state: "withdrawn", word: "Withdrawn" },
};

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
