import { dayWords, itemsWord } from "@/components/transfers/transfer-words";
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

/** What the line needs to know of a document transfer. */
export type DocumentCourse = Pick<Course, "createdAt" | "sentAt"> & {
  status: TransferStatus;
  heldAt: Date | null;
  deliveredAt: Date | null;
  /** When it came to stand where it stands. */
  movedAt: Date | null;
};

const endWords: Partial<Record<TransferStatus, string>> = {
  failed: "Failed",
  returned: "Returned",
  recalled: "Recalled",
  reported: "Reported",
  redone: "Redone",
  withdrawn: "Withdrawn",
};

/** Sent, Held where it was, Delivered; and how it ended where it didn't stay so. */
function documentStations(course: DocumentCourse, zone: string): Station[] {
  const { status } = course;
  const note = (at: Date | null) => (at ? dayWords(at, zone) : undefined);
  const ahead: Station = { word: "Delivered", at: "ahead" };
  if (status === "preparing") return [{ word: "Preparing", at: "here" }, ahead];
  if (status === "failed") return [{ word: "Failed", at: "stopped", note: note(course.movedAt) }, ahead];
  const past: Station[] = [{ word: "Sent", at: "past", note: note(course.sentAt ?? course.createdAt) }];
  if (status === "held") return [...past, { word: "Held", at: "here", note: note(course.heldAt) }, ahead];
  if (course.heldAt) past.push({ word: "Held", at: "past", note: note(course.heldAt) });
  if (status === "delivered") return [...past, { word: "Delivered", at: "here", note: note(course.deliveredAt) }];
  if (course.deliveredAt) past.push({ word: "Delivered", at: "past", note: note(course.deliveredAt) });
  if (status === "redone" || status === "withdrawn") past.push({ word: "Reported", at: "past" });
  return [
    ...past,
    {
      word: endWords[status] ?? status,
      at: status === "redone" ? "here" : "stopped",
      note: note(course.movedAt),
    },
  ];
}

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
        { word: stopWords[status as keyof typeof stopWords], at: "stopped", note: decided },
        ...(course.unlockedAt ? [] : [completed]),
      ];
  }
}

type Shown = { kind: "cases"; course: Course } | { kind: "documents"; course: DocumentCourse };

/** The line of a transfer between the own district and the other one. */
export function Handover({
  side,
  own,
  other,
  items,
  zone,
  by,
  ...shown
}: Shown & {
  side: "incoming" | "outgoing";
  own: { name: string; note?: string };
  other: { name: string; note: string };
  /** How many cases or documents. */
  items: number;
  zone: string;
  by?: { unlocked?: string | null; decided?: string | null };
}) {
  const stations = shown.kind === "cases" ? stationsOf(shown.course, zone, by) : documentStations(shown.course, zone);
  const count = (note: string | undefined) => [note, itemsWord(shown.kind, items)].filter(Boolean).join(" · ");
  return side === "incoming" ? (
    <HandoverLine from={{ ...other, note: count(other.note) }} to={own} stations={stations} />
  ) : (
    <HandoverLine from={{ ...own, note: count(own.note) }} to={other} stations={stations} />
  );
}
