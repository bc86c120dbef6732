import { dateWords } from "@/components/ui/date";
import type { ChipState } from "@/components/ui/state-chip";
import type { TransferRow } from "@/lib/transfers/list-transfers";
import type { TransferKind } from "@/lib/transfers/state";

/** "1 case", "2 cases" */
export const casesWord = (n: number): string => `${n.toLocaleString("en-US")} ${n === 1 ? "case" : "cases"}`;

/** "1 document", "2 documents" */
export const documentsWord = (n: number): string =>
  `${n.toLocaleString("en-US")} ${n === 1 ? "document" : "documents"}`;

export const itemsWord = (kind: TransferKind, n: number): string =>
  kind === "cases" ? casesWord(n) : documentsWord(n);

/** Nov 20; with its year where that isn't the present one. */
export function dayWords(at: Date, zone: string, now = new Date()): string {
  const full = dateWords(at, zone);
  return full.endsWith(dateWords(now, zone).slice(-4)) ? dateWords(at, zone, "short") : full;
}

/** How far off a day is: "today", "tomorrow", "in 3 days". */
export function untilWords(at: Date, zone: string, now = new Date()): string {
  const day = (one: Date) => Date.parse(new Intl.DateTimeFormat("en-CA", { timeZone: zone }).format(one));
  const days = Math.round((day(at) - day(now)) / 86_400_000);
  return days <= 0 ? "today" : days === 1 ? "tomorrow" : `in ${days} days`;
}

/** The state as its chip shows it: locked is a property of a pending transfer, but a state to the eye. */
export function chipOf(row: Pick<TransferRow, "status" | "locked">): ChipState {
  return row.status === "pending" && row.locked ? "locked" : row.status;
}

/** The same for documents. What the sender reads tells only delivered or held, never why. */
function documentsLine(row: TransferRow, zone: string): string {
  const incoming = row.side === "incoming";
  const day = row.movedAt ? dayWords(row.movedAt, zone) : "";
  const why = row.reason ? `: “${row.reason}”` : "";
  switch (row.status) {
    case "held":
      if (row.waitsFor === "us") return "Waits: your district has disabled transfers of documents";
      return incoming ? "Say which student they are about" : "Waits for the other district";
    case "delivered":
      return incoming && row.ownActor ? `${day}, linked by ${row.ownActor}` : day;
    case "returned":
    case "recalled":
    case "reported":
      return `${day}${why}`;
    case "redone":
      return `${day}, sent again to another student`;
    case "withdrawn":
      return `${day}${why}`;
    default:
      return day;
  }
}

/** The line under the state: why it stands there, or who did it when. */
export function stateLine(row: TransferRow, zone: string): string {
  const incoming = row.side === "incoming";
  const day = row.decidedAt ? dayWords(row.decidedAt, zone) : "";
  const own = row.ownActor ?? "your district";
  switch (row.status) {
    case "preparing":
      return "The files are being sealed";
    case "failed":
      return row.reason ?? `${day}, nothing was sent`;
    case "pending":
      if (row.locked)
        return incoming
          ? `Five wrong codes. Ask ${row.otherDistrict} for a new one`
          : "Five wrong codes. Issue a new code";
      if (row.waitsFor === "us") return "Waits: your district switched transfers off";
      if (row.waitsFor === "them") return `Waits: ${row.otherDistrict} switched transfers off`;
      return incoming ? "Waits for the code" : "They haven’t given the code yet";
    case "unlocked":
      if (!incoming) return "They gave the code and enter the details";
      return row.enteredBy
        ? `${row.entered} of ${row.items} entered, by ${row.enteredBy}`
        : `0 of ${row.items} entered. Unlocked by ${own}`;
    case "completed":
      return `${day}, by ${incoming ? own : "their staff"}`;
    case "rejected":
      return row.reason ? `${day}: “${row.reason}”` : `${day}, by ${incoming ? own : "their staff"}`;
    case "cancelled":
      return `${day}, by ${incoming ? "their staff" : own}`;
    case "expired":
      return `${day}, no code given`;
    default:
      return documentsLine(row, zone);
  }
}
