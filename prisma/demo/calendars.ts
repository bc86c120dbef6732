import { dayText, laterDay, weekday } from "@/lib/districts/day-text";
import { federalHolidays } from "@/lib/districts/federal-holidays";
import { schoolYear } from "@/lib/districts/school-days";
import { dayOf } from "./time";

export type DemoBreak = { name: string; from_date: string; to_date: string; summer: boolean };

/** Days without school of the present school year, and of the summers before and after it. The third district hasn't entered its own yet. */
export function makeCalendar(slug: string, now: Date): DemoBreak[] {
  const year = schoolYear(dayOf(now));
  if (slug === "lakeview") return lakeview(year);
  return slug === "riverbend" ? riverbend(year) : [];
}

const off = (name: string, from: string, to = from, summer = false): DemoBreak => ({
  name,
  from_date: from,
  to_date: to,
  summer,
});
/** The Monday of the week that a day lies in. */
const mondayOf = (day: string) => laterDay(day, -((weekday(day) + 6) % 7));
const holiday = (year: number, name: string) =>
  federalHolidays(year).find((one) => one.name.startsWith(name))?.day ?? dayText(year, 1, 1);
const named = (year: number, names: readonly string[]) => names.map((name) => off(name, holiday(year, name)));

function lakeview(year: number): DemoBreak[] {
  const thanksgiving = mondayOf(holiday(year, "Thanksgiving Day"));
  const winter = mondayOf(dayText(year, 12, 22));
  const spring = mondayOf(dayText(year + 1, 3, 16));
  return [
    off("Summer break", dayText(year, 5, 29), dayText(year, 8, 11), true),
    ...named(year, ["Labor Day"]),
    off("Staff development day", holiday(year, "Columbus Day")),
    off("Thanksgiving break", thanksgiving, laterDay(thanksgiving, 4)),
    off("Winter break", winter, laterDay(winter, 11)),
    ...named(year + 1, ["Martin Luther King Jr. Day"]),
    off("Spring break", spring, laterDay(spring, 4)),
    ...named(year + 1, ["Memorial Day"]),
    off("Summer break", dayText(year + 1, 5, 29), dayText(year + 1, 8, 11), true),
  ];
}

function riverbend(year: number): DemoBreak[] {
  const thanksgiving = mondayOf(holiday(year, "Thanksgiving Day"));
  const winter = mondayOf(dayText(year, 12, 22));
  const spring = mondayOf(dayText(year + 1, 4, 6));
  return [
    off("Summer break", dayText(year, 6, 9), dayText(year, 8, 14), true),
    ...named(year, ["Labor Day", "Veterans Day"]),
    off("Thanksgiving recess", laterDay(thanksgiving, 2), laterDay(thanksgiving, 4)),
    off("Winter recess", winter, laterDay(winter, 11)),
    ...named(year + 1, ["Martin Luther King Jr. Day"]),
    off("Presidents’ recess", holiday(year + 1, "Washington’s Birthday")),
    off("Spring recess", spring, laterDay(spring, 4)),
    ...named(year + 1, ["Memorial Day"]),
    off("Summer break", dayText(year + 1, 6, 9), dayText(year + 1, 8, 14), true),
  ];
}
