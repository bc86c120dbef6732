import { dayIn } from "@/lib/districts/day-text";
import { rulesOf, summerCounts } from "@/lib/districts/deadline-rules";
import { type DayKind, nthDay, type SchoolBreak, type SchoolCalendar } from "@/lib/districts/school-days";

/** What the due days of a district's record requests are reckoned by. */
export type HoldingCalendar = {
  districtId: string;
  state: string;
  timeZone: string;
  /** Days allowed by the district itself, and what they count. */
  answerDays: number | null;
  answerKind: DayKind | null;
  breaks: readonly SchoolBreak[];
};

export type Due = {
  /** YYYY-MM-DD, in the holder's time zone. */
  on: string;
  days: number;
  kind: DayKind;
  /** By the district's own number, not by law. */
  own: boolean;
};

export const schoolCalendarOf = ({ breaks, state }: Pick<HoldingCalendar, "breaks" | "state">): SchoolCalendar => ({
  breaks,
  summerCounts: summerCounts(state),
});

/**
 * When a record request is due: the earliest day of what the law of the holder's state and the holder's own number give. The day of its
 * arrival, in the holder's time zone, is day 0. Null where there is neither.
 */
export function dueDay(
  request: { requestedAt: Date; documentTypes: readonly string[] },
  holder: HoldingCalendar,
): Due | null {
  const { answerDays, answerKind } = holder;
  const rules = rulesOf(holder.state)
    .filter(({ types }) => !types || types.some((type) => request.documentTypes.includes(type)))
    .map(({ days, kind }) => ({ days, kind, own: false }));
  if (answerDays !== null && answerKind !== null) rules.push({ days: answerDays, kind: answerKind, own: true });
  const arrived = dayIn(holder.timeZone, request.requestedAt);
  const calendar = schoolCalendarOf(holder);
  let due: Due | null = null;
  for (const rule of rules) {
    const on = nthDay(arrived, rule.days, rule.kind, calendar);
    if (!due || on < due.on) due = { on, ...rule };
  }
  return due;
}
