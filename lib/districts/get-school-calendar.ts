import type { DistrictTx } from "@/lib/db/types";
import { dayIn } from "@/lib/districts/day-text";
import { type DeadlineRule, rulesOf, summerCounts } from "@/lib/districts/deadline-rules";
import { federalHolidays } from "@/lib/districts/federal-holidays";
import { type DayKind, dayCounter, enteredYears, schoolYear } from "@/lib/districts/school-days";
import { stateName } from "@/lib/districts/states";
import { DomainError } from "@/lib/errors";
import { type Actor, demand } from "@/lib/policy";

export type SchoolBreakView = {
  id: string;
  name: string;
  from: string;
  to: string;
  summer: boolean;
  /** The names of the other entries that have days of it. */
  overlaps: string[];
};
export type SchoolYearView = {
  /** The year in which it begins. */
  year: number;
  gone: boolean;
  breaks: SchoolBreakView[];
  /** Nothing but a summer break was entered: its school days are working days. */
  entered: boolean;
  /** Federal holidays that are school days by what was entered. */
  withSchool: { day: string; name: string }[];
};
export type SchoolCalendarView = {
  stateName: string;
  rules: readonly DeadlineRule[];
  summerCounts: boolean;
  answerDays: number | null;
  answerKind: DayKind | null;
  /** The present school year, the next, and those that have an entry, in order. */
  years: SchoolYearView[];
};

/** The district's school calendar, and what its record requests are due by. Throws `forbidden`, `not-there`. */
export async function getSchoolCalendar(
  tx: DistrictTx,
  actor: Actor,
  now: Date = new Date(),
): Promise<SchoolCalendarView> {
  demand(actor, "manageDistrict");
  const [own] = await tx.$queryRaw<
    { state: string; timeZone: string; answerDays: number | null; answerKind: DayKind | null }[]
  >`
    select d.state, s.time_zone "timeZone", s.answer_days "answerDays", s.answer_kind "answerKind"
    from district_settings s join district d on d.id = s.district_id where s.district_id = ${actor.districtId}::uuid`;
  if (!own) throw new DomainError("not-there");
  const breaks = await tx.$queryRaw<SchoolBreakView[]>`
    select b.id, b.name, b.from_date::text "from", b.to_date::text "to", b.summer,
      array(select o.name from school_break o where o.district_id = b.district_id and o.id <> b.id and o.from_date <= b.to_date and o.to_date >= b.from_date
        order by o.from_date, o.name) "overlaps"
    from school_break b where b.district_id = ${actor.districtId}::uuid order by b.from_date, b.to_date, b.name, b.id`;
  const calendar = { breaks, summerCounts: summerCounts(own.state) };
  const entered = enteredYears(calendar);
  const isSchoolDay = dayCounter("school", calendar);
  const present = schoolYear(dayIn(own.timeZone, now));
  // The summer break that began in the year before and goes on into the present one isn't gone by.
  const yearOf = ({ from, to }: SchoolBreakView) =>
    schoolYear(from) < present && schoolYear(to) >= present ? present : schoolYear(from);
  const years = [...new Set([present, present + 1, ...breaks.map(yearOf)])];
  return {
    stateName: stateName(own.state),
    rules: rulesOf(own.state),
    summerCounts: calendar.summerCounts,
    answerDays: own.answerDays,
    answerKind: own.answerKind,
    years: years
      .sort((a, b) => a - b)
      .map((year) => ({
        year,
        gone: year < present,
        breaks: breaks.filter((one) => yearOf(one) === year),
        entered: entered.has(year),
        withSchool: entered.has(year)
          ? [...federalHolidays(year), ...federalHolidays(year + 1)].filter(
              ({ day }) => schoolYear(day) === year && isSchoolDay(day),
            )
          : [],
      })),
  };
}
