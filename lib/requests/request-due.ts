import type { DistrictTx } from "@/lib/db/types";
import { dayIn } from "@/lib/districts/day-text";
import { rulesOf } from "@/lib/districts/deadline-rules";
import { schoolCalendarOf } from "@/lib/districts/due-day";
import { holdingCalendars } from "@/lib/districts/holding-calendars";
import { type DayKind, daysLeft } from "@/lib/districts/school-days";

/** When a record request is due, or was. Public law reckoned by the holder's calendar: both districts see it. */
export type RequestDue = {
  /** YYYY-MM-DD, in the holder's time zone. */
  on: string;
  /** The days that were allowed, and what they count. */
  days: number;
  kind: DayKind;
  /** The holder's own number, not the law's. */
  own: boolean;
  /** The law that gives it; null where it's the holder's own number, or the law was changed since. */
  law: string | null;
  /** How many of them are left while it's open, negative by how many it's overdue; 0 is due today, or overdue by none yet. Null once it's decided. */
  left: number | null;
  /** Open, and its day has gone by. */
  overdue: boolean;
};

export type RequestDueRow = {
  status: string;
  dueOn: string | null;
  dueDays: number | null;
  dueKind: DayKind | null;
  dueOwn: boolean;
  holderId: string;
  holderState: string;
};

/** Puts to rows when they're due, and how far off that is where the record is held: the calendars of all of them in one query. */
export async function withDue<Row extends RequestDueRow>(
  tx: DistrictTx,
  rows: readonly Row[],
  now: Date,
): Promise<(Omit<Row, keyof Omit<RequestDueRow, "status">> & { due: RequestDue | null })[]> {
  const holders = rows.filter((row) => row.dueOn !== null).map((row) => row.holderId);
  const calendars = holders.length > 0 ? await holdingCalendars(tx, holders) : new Map<string, never>();
  return rows.map(({ dueOn, dueDays, dueKind, dueOwn, holderId, holderState, ...row }) => {
    if (dueOn === null || dueDays === null || dueKind === null) return { ...row, due: null };
    // A district that holds nothing open of ours any more shows us no calendar, and nothing of it is due.
    const holder = row.status === "open" ? calendars.get(holderId) : undefined;
    const today = holder && dayIn(holder.timeZone, now);
    const rule = rulesOf(holderState).find((one) => one.days === dueDays && one.kind === dueKind);
    return {
      ...row,
      due: {
        on: dueOn,
        days: dueDays,
        kind: dueKind,
        own: dueOwn,
        law: dueOwn ? null : (rule?.law ?? null),
        left: holder && today ? daysLeft(today, dueOn, dueKind, schoolCalendarOf(holder)) : null,
        overdue: today !== undefined && dueOn < today,
      },
    };
  });
}
