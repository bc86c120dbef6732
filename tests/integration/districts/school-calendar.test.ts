import { describe, expect, test } from "vitest";
import { addFederalHolidays } from "@/lib/districts/add-federal-holidays";
import { addSchoolBreak, mostBreaks } from "@/lib/districts/add-school-break";
import { getSchoolCalendar } from "@/lib/districts/get-school-calendar";
import { removeSchoolBreak } from "@/lib/districts/remove-school-break";
import { saveAnswerDays } from "@/lib/districts/save-answer-days";
import type { DayKind } from "@/lib/districts/school-days";
import { asOwner, auditActions, type Member, makeMember, makeTenant, nobodysId } from "../../support/make-tenant";

const now = new Date("2026-11-22T18:00:00Z");
const add = (by: Member, name: string, from: string, to = from, summer = false) =>
  by.doors.district((tx) => addSchoolBreak(tx, by.actor, { name, from, to, summer }));
const remove = (by: Member, id: string) => by.doors.district((tx) => removeSchoolBreak(tx, by.actor, { id }));
const holidays = (by: Member, year: number) => by.doors.district((tx) => addFederalHolidays(tx, by.actor, { year }));
const allow = (by: Member, days: number | null, kind: DayKind = "school") =>
  by.doors.district((tx) => saveAnswerDays(tx, by.actor, { days, kind }));
const get = (by: Member) => by.doors.district((tx) => getSchoolCalendar(tx, by.actor, now));

describe("succeeds", () => {
  test("days are added, listed by school year, removed; each written down", async () => {
    const { admin, districtId } = await makeTenant({ state: "CA" });
    await add(admin, "Winter break", "2026-12-21", "2027-01-01");
    await add(admin, "Summer break", "2027-06-10", "2027-08-12", true);
    await add(admin, "Staff day", "2026-10-09");
    await add(admin, "Summer break", "2025-06-10", "2025-08-12", true);
    const calendar = await get(admin);
    expect(calendar).toMatchObject({ stateName: "California", summerCounts: true, answerDays: null });
    expect(calendar.rules.map((rule) => rule.law)).toEqual(["Cal. Educ. Code § 49068(b)", "5 CCR § 3024(a)"]);
    expect(
      calendar.years.map(({ year, gone, entered, breaks }) => [year, gone, entered, breaks.map((one) => one.name)]),
    ).toEqual([
      [2024, true, false, ["Summer break"]],
      [2026, false, true, ["Staff day", "Winter break", "Summer break"]],
      [2027, false, false, []],
    ]);
    // Christmas and New Year's Day lie in the break.
    expect(calendar.years[1]?.withSchool.map((one) => one.name)).toEqual([
      "Independence Day",
      "Labor Day",
      "Columbus Day",
      "Veterans Day",
      "Thanksgiving Day",
      "Martin Luther King Jr. Day",
      "Washington’s Birthday",
      "Memorial Day",
    ]);
    const entry = calendar.years[1]?.breaks[0];
    expect(entry).toMatchObject({ name: "Staff day", from: "2026-10-09", to: "2026-10-09", summer: false });
    await remove(admin, entry?.id ?? "");
    expect((await get(admin)).years[1]?.breaks).toHaveLength(2);
    expect(await auditActions(districtId)).toEqual([...Array(4).fill("calendar.add"), "calendar.remove"]);
  });

  test("entries that overlap say so, each of the other; those beside each other don't", async () => {
    const { admin } = await makeTenant();
    await add(admin, "Winter break", "2026-12-21", "2027-01-01");
    await add(admin, "Staff day", "2027-01-01");
    const id = await add(admin, "New Year's week", "2027-01-01", "2027-01-05");
    await add(admin, "Late start", "2027-01-06");
    const breaks = (await get(admin)).years.flatMap((one) => one.breaks);
    expect(breaks.map(({ name, overlaps }) => [name, overlaps])).toEqual([
      ["Winter break", ["New Year's week", "Staff day"]],
      ["Staff day", ["Winter break", "New Year's week"]],
      ["New Year's week", ["Winter break", "Staff day"]],
      ["Late start", []],
    ]);
    expect(breaks[2]?.id).toBe(id);
    expect(await remove(admin, id)).toEqual({ from: "2027-01-01", to: "2027-01-05" });
  });

  test("the federal holidays of a school year are added where no entry covers them, once", async () => {
    const { admin, districtId } = await makeTenant();
    await add(admin, "Winter break", "2026-12-21", "2027-01-01");
    expect(await holidays(admin, 2026)).toBe(9);
    expect(await holidays(admin, 2026)).toBe(0);
    const [year] = (await get(admin)).years;
    expect(year?.withSchool).toEqual([]);
    expect(year?.breaks.map((one) => one.from)).toEqual([
      "2026-07-03",
      "2026-09-07",
      "2026-10-12",
      "2026-11-11",
      "2026-11-26",
      "2026-12-21",
      "2027-01-18",
      "2027-02-15",
      "2027-05-31",
      "2027-06-18",
    ]);
    expect(await auditActions(districtId)).toEqual(["calendar.add", "calendar.holidays"]);
  });

  test("the own number of days is saved, and taken back", async () => {
    const { admin, districtId } = await makeTenant({ state: "NV" });
    await allow(admin, 7, "calendar");
    expect(await get(admin)).toMatchObject({ rules: [], answerDays: 7, answerKind: "calendar" });
    await allow(admin, null);
    expect(await get(admin)).toMatchObject({ answerDays: null, answerKind: null });
    expect(await auditActions(districtId)).toEqual(["district.answer-days", "district.answer-days"]);
  });
});

describe("wrong permission", () => {
  test("all of it is refused", async () => {
    const tenant = await makeTenant();
    const manager = await makeMember(tenant, { permissions: ["manageCases", "manageDocuments", "purge"] });
    for (const attempt of [
      () => add(manager, "Break", "2026-12-21"),
      () => remove(manager, nobodysId()),
      () => holidays(manager, 2026),
      () => allow(manager, 3),
      () => get(manager),
    ])
      await expect(attempt()).rejects.toThrow("forbidden");
  });
});

describe("other district", () => {
  test("its days aren't there", async () => {
    const [here, there] = [await makeTenant(), await makeTenant()];
    await add(there.admin, "Break", "2026-12-21");
    const [theirs] = (await get(there.admin)).years[0]?.breaks ?? [];
    await expect(remove(here.admin, theirs?.id ?? "")).rejects.toThrow("not-there");
    expect((await get(here.admin)).years.flatMap((one) => one.breaks)).toEqual([]);
    expect((await get(there.admin)).years[0]?.breaks).toHaveLength(1);
  });
});

describe("wrong state", () => {
  test("a calendar that's full takes no more", async () => {
    const { admin, districtId } = await makeTenant();
    await asOwner(
      "insert into school_break (district_id, name, from_date, to_date) select $1, 'Day ' || n, date '2027-01-01' + n, date '2027-01-01' + n from generate_series(1, $2::int) n",
      [districtId, mostBreaks],
    );
    await expect(add(admin, "One more", "2026-12-21")).rejects.toThrow("calendar-full");
    await expect(holidays(admin, 2026)).rejects.toThrow("calendar-full");
  });
});

describe("bad input", () => {
  test("days that another entry has exactly are refused; the same entry once more is one", async () => {
    const { admin, districtId } = await makeTenant();
    await add(admin, "Winter break", "2026-12-21", "2027-01-01");
    await add(admin, "Winter break", "2026-12-21", "2027-01-01");
    await expect(add(admin, "Holidays", "2026-12-21", "2027-01-01")).rejects.toMatchObject({
      kind: "days-entered",
      data: { name: "Winter break" },
    });
    expect((await get(admin)).years.flatMap((one) => one.breaks)).toHaveLength(1);
    expect(await auditActions(districtId)).toEqual(["calendar.add"]);
  });

  test.each([
    ["no name", "", "2026-12-21", "2026-12-22", "name"],
    ["a long name", "x".repeat(101), "2026-12-21", "2026-12-22", "name"],
    ["the end before the beginning", "Break", "2026-12-21", "2026-12-20", "to"],
    ["201 days", "Break", "2026-01-01", "2026-07-20", "to"],
  ])("%s", async (_, name, from, to, field) => {
    const { admin } = await makeTenant();
    await expect(add(admin, name, from, to)).rejects.toMatchObject({ kind: "bad-value", data: { field } });
  });

  test("200 days are taken", async () => {
    const { admin } = await makeTenant();
    await add(admin, "Long", "2026-01-01", "2026-07-19");
    expect((await get(admin)).years.flatMap((one) => one.breaks)).toMatchObject([
      { from: "2026-01-01", to: "2026-07-19" },
    ]);
  });

  test.each([0, 91, 1.5, -1, Number.NaN])("%d days allowed", async (days) => {
    const { admin } = await makeTenant();
    await expect(allow(admin, days)).rejects.toMatchObject({ kind: "bad-value", data: { field: "days" } });
  });

  test("a year that isn't one", async () => {
    const { admin } = await makeTenant();
    for (const year of [1999, 2101, 2026.5])
      await expect(holidays(admin, year)).rejects.toMatchObject({ kind: "bad-value" });
  });
});

describe("two at once", () => {
  test("the same days added ten times are one entry; removed ten times they're gone once", async () => {
    const { admin, districtId } = await makeTenant();
    const added = await Promise.all(Array.from({ length: 10 }, () => add(admin, "Break", "2026-12-21")));
    expect(new Set(added).size).toBe(1);
    const entries = (await get(admin)).years[0]?.breaks ?? [];
    expect(entries).toHaveLength(1);
    const removed = await Promise.allSettled(Array.from({ length: 10 }, () => remove(admin, entries[0]?.id ?? "")));
    expect(removed.filter((one) => one.status === "fulfilled")).toHaveLength(1);
    expect(await auditActions(districtId)).toEqual(["calendar.add", "calendar.remove"]);
  });

  test("the holidays added twice at once come once", async () => {
    const { admin } = await makeTenant();
    const added = await Promise.all([holidays(admin, 2026), holidays(admin, 2026)]);
    expect(added.sort((a, b) => a - b)[0]).toBe(0);
  });
});
