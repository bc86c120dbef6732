import { dayText, weekday } from "@/lib/districts/day-text";

export type Holiday = {
  /** The day it's kept on: YYYY-MM-DD. */
  day: string;
  name: string;
};

/** The n-th (from 1) weekday (0 is Sunday) of a month (from 1). */
function nth(year: number, month: number, day: number, n: number): string {
  const first = weekday(dayText(year, month, 1));
  return dayText(year, month, 1 + ((day - first + 7) % 7) + (n - 1) * 7);
}

function lastMonday(year: number, month: number): string {
  const last = dayText(year, month + 1, 0);
  return dayText(year, month + 1, -((weekday(last) + 6) % 7));
}

/** One on a Saturday is kept on the Friday before (5 U.S.C. § 6103(b)(1)), one on a Sunday on the Monday after (E.O. 11582, § 3). */
function kept(year: number, month: number, day: number): string {
  const on = weekday(dayText(year, month, day));
  return dayText(year, month, day + (on === 6 ? -1 : on === 0 ? 1 : 0));
}

/** The federal holidays of a year's law (5 U.S.C. § 6103(a)), on the days they're kept on: New Year's Day may be kept in the year before. */
function ofYear(year: number): Holiday[] {
  return [
    { day: kept(year, 1, 1), name: "New Year’s Day" },
    { day: nth(year, 1, 1, 3), name: "Martin Luther King Jr. Day" },
    { day: nth(year, 2, 1, 3), name: "Washington’s Birthday" },
    { day: lastMonday(year, 5), name: "Memorial Day" },
    // Pub. L. 117-17 of June 17, 2021.
    ...(year >= 2021 ? [{ day: kept(year, 6, 19), name: "Juneteenth" }] : []),
    { day: kept(year, 7, 4), name: "Independence Day" },
    { day: nth(year, 9, 1, 1), name: "Labor Day" },
    { day: nth(year, 10, 1, 2), name: "Columbus Day" },
    { day: kept(year, 11, 11), name: "Veterans Day" },
    { day: nth(year, 11, 4, 4), name: "Thanksgiving Day" },
    { day: kept(year, 12, 25), name: "Christmas Day" },
  ];
}

const known = new Map<number, readonly Holiday[]>();

/** The federal holidays that are kept in a calendar year, in order. */
export function federalHolidays(year: number): readonly Holiday[] {
  const held = known.get(year);
  if (held) return held;
  const made = [...ofYear(year), ...ofYear(year + 1)].filter(({ day }) => day.startsWith(`${year}-`));
  known.set(year, made);
  return made;
}

/** Whether a federal holiday is kept on the day (YYYY-MM-DD). */
export function isFederalHoliday(day: string): boolean {
  return federalHolidays(Number(day.slice(0, 4))).some((one) => one.day === day);
}
