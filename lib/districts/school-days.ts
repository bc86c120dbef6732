import { laterDay, weekday } from "@/lib/districts/day-text";
import { isFederalHoliday } from "@/lib/districts/federal-holidays";

/** What a deadline counts: Monday to Friday without federal holidays; days with school; every day. */
export const dayKinds = ["working", "school", "calendar"] as const;
export type DayKind = (typeof dayKinds)[number];

/** Days without school, both included: YYYY-MM-DD. */
export type SchoolBreak = { from: string; to: string; summer: boolean };
export type SchoolCalendar = {
  breaks: readonly SchoolBreak[];
  /** In this state the weekdays of the summer break count as school days, holidays aside. */
  summerCounts: boolean;
};

/** For counting working and calendar days, which no school calendar changes. */
export const noBreaks: SchoolCalendar = { breaks: [], summerCounts: false };

/** The school year that a day lies in, by the year in which it begins: July 1, 2026, to June 30, 2027, is 2026. */
export function schoolYear(day: string): number {
  const year = Number(day.slice(0, 4));
  return day.slice(5) >= "07-01" ? year : year - 1;
}

/**
 * The school years whose calendar was entered: a break begins in them. Summer breaks don't tell: they often begin in the year before the
 * one that nobody has entered yet.
 */
export function enteredYears({ breaks }: Pick<SchoolCalendar, "breaks">): Set<number> {
  return new Set(breaks.filter((one) => !one.summer).map((one) => schoolYear(one.from)));
}

/** Tells of a day whether it counts. In a school year that nobody entered, school days are working days. */
export function dayCounter(kind: DayKind, calendar: SchoolCalendar): (day: string) => boolean {
  const isWorking = (day: string) => weekday(day) % 6 !== 0 && !isFederalHoliday(day);
  if (kind === "calendar") return () => true;
  if (kind === "working") return isWorking;
  const entered = enteredYears(calendar);
  return (day) => {
    const off = calendar.breaks.filter((one) => one.from <= day && day <= one.to);
    if (off.some((one) => !one.summer || !calendar.summerCounts)) return false;
    if (off.length > 0 || !entered.has(schoolYear(day))) return isWorking(day);
    return weekday(day) % 6 !== 0;
  };
}

/** A calendar without end would keep us counting: after so many days (twenty years) the last one is taken. */
const farthest = 7_305;

/** The `days`-th day after `from` that counts. `from` itself is day 0, whether it counts or not. */
export function nthDay(from: string, days: number, kind: DayKind, calendar: SchoolCalendar): string {
  const counts = dayCounter(kind, calendar);
  let day = from;
  for (let left = days, walked = 0; left > 0 && walked < farthest; walked++) {
    day = laterDay(day, 1);
    if (counts(day)) left--;
  }
  return day;
}

/** How many days count after `from` up to and with `to`; negative when `to` lies before. Days as YYYY-MM-DD. */
export function countDays(from: string, to: string, kind: DayKind, calendar: SchoolCalendar): number {
  // Not -0.
  if (to < from) return 0 - countDays(to, from, kind, calendar);
  const counts = dayCounter(kind, calendar);
  let count = 0;
  for (let day = from, walked = 0; day < to && walked < farthest; walked++) {
    day = laterDay(day, 1);
    if (counts(day)) count++;
  }
  return count;
}

/**
 * How far off a due day is: 0 is today, negative is overdue by so many days. One that lies ahead is at least 1 off. One that has gone by
 * is 0, too, until a day has counted since: on the weekend after a Friday it's overdue, though by no working day yet.
 */
export function daysLeft(today: string, due: string, kind: DayKind, calendar: SchoolCalendar): number {
  const count = countDays(today, due, kind, calendar);
  return due > today ? Math.max(1, count) : count;
}
