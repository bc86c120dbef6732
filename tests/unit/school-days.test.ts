import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { laterDay } from "@/lib/districts/day-text";
import {
  countDays,
  type DayKind,
  dayCounter,
  dayKinds,
  daysLeft,
  nthDay,
  type SchoolBreak,
  schoolYear,
} from "@/lib/districts/school-days";

const of = (from: string, to = from, summer = false): SchoolBreak => ({ from, to, summer });
const calendar = (...breaks: SchoolBreak[]) => ({ breaks, summerCounts: false });
const empty = calendar();
const thanksgiving = calendar(of("2026-11-23", "2026-11-27"), of("2026-12-21", "2027-01-01"));

describe("the day that a deadline falls on", () => {
  test.each<[what: string, from: string, days: number, kind: DayKind, due: string]>([
    ["ten working days over a weekend", "2026-11-02", 10, "working", "2026-11-17"], // Veterans Day lies between
    ["over Thanksgiving", "2026-11-20", 3, "working", "2026-11-25"],
    ["over Thanksgiving, one more", "2026-11-20", 4, "working", "2026-11-27"],
    ["arrived on a Saturday", "2026-11-21", 1, "working", "2026-11-23"],
    ["arrived on a holiday", "2026-11-26", 1, "working", "2026-11-27"],
    ["over the end of the year", "2026-12-30", 3, "working", "2027-01-05"],
    ["over an observed New Year", "2027-12-30", 1, "working", "2028-01-03"],
    ["over February 29", "2028-02-28", 2, "working", "2028-03-01"],
    ["thirty days of the week", "2026-11-20", 30, "calendar", "2026-12-20"],
    ["over the change of clocks in spring", "2027-03-12", 2, "calendar", "2027-03-14"],
    ["over the change of clocks in fall", "2026-10-30", 3, "calendar", "2026-11-02"],
  ])("%s", (_, from, days, kind, due) => expect(nthDay(from, days, kind, empty)).toBe(due));

  test.each<[what: string, from: string, days: number, due: string]>([
    ["five school days over the break", "2026-11-19", 5, "2026-12-03"],
    ["arrived in the break", "2026-11-24", 1, "2026-11-30"],
    ["over the winter break", "2026-12-18", 1, "2027-01-04"],
    // Entered, the calendar alone says it: no break, so there's school.
    ["a federal holiday without an entry", "2027-01-15", 1, "2027-01-18"],
  ])("school days: %s", (_, from, days, due) => expect(nthDay(from, days, "school", thanksgiving)).toBe(due));

  test("in a school year that nobody entered, school days are working days", () => {
    expect(nthDay("2027-09-03", 1, "school", thanksgiving)).toBe("2027-09-07");
    expect(nthDay("2026-11-02", 10, "school", empty)).toBe("2026-11-17");
    // A summer break that goes on into the next school year doesn't enter that one.
    const summer = calendar(of("2026-06-10", "2026-08-14", true), of("2026-03-16", "2026-03-20"));
    expect(nthDay("2026-08-13", 1, "school", summer)).toBe("2026-08-17");
    expect(nthDay("2026-09-04", 1, "school", summer)).toBe("2026-09-08");
  });

  test("where the law says so, the weekdays of the summer count, holidays aside", () => {
    const breaks = [of("2026-06-08", "2026-08-12", true)];
    expect(nthDay("2026-07-01", 3, "school", { breaks, summerCounts: true })).toBe("2026-07-07"); // July 3 is kept for July 4
    expect(nthDay("2026-07-01", 3, "school", { breaks, summerCounts: false })).toBe("2026-08-17");
  });

  test("a calendar without any school comes to an end", () => {
    const never = calendar(of("2020-01-01", "2099-12-31"));
    expect(nthDay("2026-11-20", 5, "school", never) > "2046-01-01").toBe(true);
  });
});

test.each([
  ["2026-06-30", 2025],
  ["2026-07-01", 2026],
  ["2027-01-01", 2026],
])("the school year of %s is %i", (day, year) => expect(schoolYear(day)).toBe(year));

describe("how many days are left", () => {
  test.each<[today: string, due: string, kind: DayKind, left: number]>([
    ["2026-11-20", "2026-11-20", "working", 0],
    ["2026-11-20", "2026-11-30", "working", 5],
    ["2026-11-20", "2026-11-30", "calendar", 10],
    ["2026-11-24", "2026-11-20", "working", -2],
    // Due on Friday, looked at over the weekend: no working day has gone by.
    ["2026-11-21", "2026-11-20", "working", 0],
    ["2026-11-22", "2026-11-20", "working", 0],
    ["2026-11-22", "2026-11-20", "calendar", -2],
    ["2026-11-23", "2026-11-20", "working", -1],
    // Over Thanksgiving.
    ["2026-11-26", "2026-11-25", "working", 0],
    ["2026-11-27", "2026-11-25", "working", -1],
    // Due on a Sunday by days of the week, looked at on Friday.
    ["2026-11-20", "2026-11-22", "working", 1],
  ])("on %s, due %s in %s days: %i", (today, due, kind, left) => expect(daysLeft(today, due, kind, empty)).toBe(left));
});

describe("for all days and calendars", () => {
  const days = fc.integer({ min: 0, max: 800 }).map((n) => laterDay("2024-01-01", n));
  const breaks = fc.array(
    fc
      .record({ from: days, length: fc.integer({ min: 0, max: 90 }), summer: fc.boolean() })
      .map(({ from, length, summer }): SchoolBreak => ({ from, to: laterDay(from, length), summer })),
    { maxLength: 6 },
  );
  const calendars = fc.record({ breaks, summerCounts: fc.boolean() });
  const kinds = fc.constantFrom(...dayKinds);
  const count = fc.integer({ min: 1, max: 40 });

  test("the due day counts, comes after the arrival, and is so many days off", () => {
    fc.assert(
      fc.property(days, count, kinds, calendars, (from, n, kind, one) => {
        const due = nthDay(from, n, kind, one);
        expect(due > from).toBe(true);
        expect(dayCounter(kind, one)(due)).toBe(true);
        expect(countDays(from, due, kind, one)).toBe(n);
        expect(daysLeft(due, due, kind, one)).toBe(0);
      }),
    );
  });

  test("a later arrival or more days are never due earlier", () => {
    fc.assert(
      fc.property(days, count, kinds, calendars, (from, n, kind, one) => {
        const due = nthDay(from, n, kind, one);
        expect(nthDay(laterDay(from, 1), n, kind, one) >= due).toBe(true);
        expect(nthDay(from, n + 1, kind, one) > due).toBe(true);
      }),
    );
  });

  test("another break in a year that's entered never makes anything due earlier", () => {
    fc.assert(
      fc.property(days, count, calendars, days, (from, n, one, start) => {
        const years = Array.from({ length: 12 }, (_, i) => of(`${2023 + i}-12-25`));
        const entered = { ...one, breaks: [...one.breaks, ...years] };
        const more = { ...entered, breaks: [...entered.breaks, of(start, laterDay(start, 10))] };
        expect(nthDay(from, n, "school", more) >= nthDay(from, n, "school", entered)).toBe(true);
      }),
    );
  });

  test("counting there and back is the same, and adds up", () => {
    fc.assert(
      fc.property(days, days, days, kinds, calendars, (a, b, c, kind, one) => {
        const [x = "", y = "", z = ""] = [a, b, c].sort();
        expect(countDays(y, x, kind, one)).toBe(0 - countDays(x, y, kind, one));
        expect(countDays(x, y, kind, one) + countDays(y, z, kind, one)).toBe(countDays(x, z, kind, one));
      }),
    );
  });
});
