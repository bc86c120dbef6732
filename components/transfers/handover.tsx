import { casesWord, dayWords } from "@/components/transfers/transfer-words";
import { HandoverLine, type Station } from "@/components/ui/handover-line";
import type { TransferStatus } from "@/lib/transfers/state";

/** What the line needs to know of a transfer. */
export type Course = {
  status: TransferStatus;
  createdAt: Date;
  sentAt: Date | null;
  unlockedAt: Date | null;
  decidedAt: Date | null;
};

const stopWords = { rejected: "Rejected", cancelled: "Cancelled", expired: "Expired", failed: "Failed" } as const;

/** Sent, Unlocked, Completed, with the baton where it is; red where it stopped. `unlockedBy` and `decidedBy` stand behind their day. */
function stationsOf(
  course: Course,
  zone: string,
  by: { unlocked?: string | null; decided?: string | null } = {},
): Station[] {
  const { status } = course;
  const note = (at: Date | null, who?: string | null) =>
    at ? `${dayWords(at, zone)}${who ? `, by ${who}` : ""}` : undefined;
  const sent = note(course.sentAt ?? course.createdAt);
  const unlocked = note(course.unlockedAt, by.unlocked);
  const decided = note(course.decidedAt, by.decided);
  const completed: Station = { word: "Completed", at: "ahead" };
  switch (status) {
    case "preparing":
      return [{ word: "Preparing", at: "here" }, { word: "Unlocked", at: "ahead" }, completed];
    case "failed":
      return [{ word: stopWords.failed, at: "stopped", note: decided }, { word: "Unlocked", at: "ahead" }, completed];
    case "pending":
      return [{ word: "Sent", at: "here", note: sent }, { word: "Unlocked", at: "ahead" }, completed];
    case "unlocked":
      return [{ word: "Sent", at: "past", note: sent }, { word: "Unlocked", at: "here", note: unlocked }, completed];
    case "completed":
      return [
        { word: "Sent", at: "past", note: sent },
        { word: "Unlocked", at: "past", note: unlocked },
        { word: "Completed", at: "here", note: decided },
      ];
    default:
      return [
        { word: "Sent", at: "past", note: sent },
        ...(course.unlockedAt ? [{ word: "Unlocked", at: "past", note: unlocked } as const] : []),
        { word: stopWords[status], at: "stopped", note: decided },
        ...(course.unlockedAt ? [] : [completed]),
      ];
  }
}

/** The line of a transfer between the own district and the other one. */
export function Handover({
  course,
  side,
  own,
  other,
  cases,
  zone,
  by,
}: {
  course: Course;
  side: "incoming" | "outgoing";
  own: { name: string; note?: string };
  other: { name: string; note: string };
  cases: number;
  zone: string;
  by?: { unlocked?: string | null; decided?: string | null };
}) {
  const stations = stationsOf(course, zone, by);
  const count = (note: string | undefined) => [note, casesWord(cases)].filter(Boolean).join(" · ");
  return side === "incoming" ? (
    <HandoverLine from={{ ...other, note: count(other.note) }} to={own} stations={stations} />
  ) : (
    <HandoverLine from={{ ...own, note: count(own.note) }} to={other} stations={stations} />
  );
}
