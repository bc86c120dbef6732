import { expect, test } from "vitest";
import { federalHolidays, isFederalHoliday } from "@/lib/districts/federal-holidays";

// As the Office of Personnel Management publishes them.
test.each([
  [
    2026,
    [
      "2026-01-01",
      "2026-01-19",
      "2026-02-16",
      "2026-05-25",
      "2026-06-19",
      "2026-07-03",
      "2026-09-07",
      "2026-10-12",
      "2026-11-11",
      "2026-11-26",
      "2026-12-25",
    ],
  ],
  [
    // Juneteenth and Christmas fall on Saturdays, July 4 on a Sunday; New Year's Day of 2028 is kept in it.
    2027,
    [
      "2027-01-01",
      "2027-01-18",
      "2027-02-15",
      "2027-05-31",
      "2027-06-18",
      "2027-07-05",
      "2027-09-06",
      "2027-10-11",
      "2027-11-11",
      "2027-11-25",
      "2027-12-24",
      "2027-12-31",
    ],
  ],
  [
    // New Year's Day was kept in 2027.
    2028,
    [
      "2028-01-17",
      "2028-02-21",
      "2028-05-29",
      "2028-06-19",
      "2028-07-04",
      "2028-09-04",
      "2028-10-09",
      "2028-11-10",
      "2028-11-23",
      "2028-12-25",
    ],
  ],
])("the holidays kept in %i", (year, days) => {
  expect(federalHolidays(year).map((one) => one.day)).toEqual(days);
});

test("Juneteenth is one since 2021", () => {
  expect(federalHolidays(2020).some((one) => one.name === "Juneteenth")).toBe(false);
  expect(federalHolidays(2021).find((one) => one.name === "Juneteenth")?.day).toBe("2021-06-18");
});

test("a holiday is kept on a weekday, always", () => {
  for (let year = 2020; year < 2120; year++)
    for (const { day } of federalHolidays(year)) {
      expect(new Date(`${day}T00:00Z`).getUTCDay() % 6).not.toBe(0);
      expect(isFederalHoliday(day)).toBe(true);
    }
  expect(isFederalHoliday("2026-11-27")).toBe(false);
});
