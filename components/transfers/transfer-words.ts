import { dateWords } from "@/components/ui/date";
import type { ChipState } from "@/components/ui/state-chip";
import type { TransferRow } from "@/lib/transfers/list-transfers";

/** "1 case", "2 cases" */
export const casesWord = (n: number): string => `${n.toLocaleString("en-US")} ${n === 1 ? "case" : "cases"}`;

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
        ? `${row.entered} of ${row.cases} entered, by ${row.enteredBy}`
        : `0 of ${row.cases} entered. Unlocked by ${own}`;
    case "completed":
      return `${day}, by ${incoming ? own : "their staff"}`;
    case "rejected":
      return row.reason ? `${day}: “${row.reason}”` : `${day}, by ${incoming ? own : "their staff"}`;
    case "cancelled":
      return `${day}, by ${incoming ? "their staff" : own}`;
    case "expired":
      return `${day}, no code given`;
  }
}
