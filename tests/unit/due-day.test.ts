import { describe, expect, test } from "vitest";
import { deadlineRules } from "@/lib/districts/deadline-rules";
import { dueDay, type HoldingCalendar } from "@/lib/districts/due-day";
import { states } from "@/lib/districts/states";
import { documentTypes } from "@/lib/documents/document-types";
import { type DueRequest, stageOf } from "@/lib/jobs/reminder-stage";

const holder = (state: string, own: Partial<HoldingCalendar> = {}): HoldingCalendar => ({
  districtId: "",
  state,
  timeZone: "America/Chicago",
  answerDays: null,
  answerKind: null,
  breaks: [],
  ...own,
});
const asked = (at: string, ...documentTypes: string[]) => ({ requestedAt: new Date(at), documentTypes });

describe("the states’ law", () => {
  test("every rule is of a state of the directory, with a number and its source", () => {
    for (const [state, rules] of Object.entries(deadlineRules)) {
      expect(Object.hasOwn(states, state)).toBe(true);
      expect(rules[0]?.types).toBeUndefined();
      for (const { days, law, types = [], typesWords } of rules) {
        expect(documentTypes).toEqual(expect.arrayContaining([...types]));
        expect(typesWords === undefined).toBe(types.length === 0);
        expect(days).toBeGreaterThan(0);
        expect(law).toMatch(/\d/);
      }
    }
  });

  test.each([
    ["TX", "2026-12-07", 10, "working"],
    ["CA", "2026-12-07", 10, "school"],
    ["OH", "2026-11-30", 5, "school"],
    ["IL", "2026-11-30", 10, "calendar"],
    ["WI", "2026-11-23", 1, "working"],
  ])("%s: asked on Friday, Nov 20, 2026, due %s", (state, on, days, kind) => {
    expect(dueDay(asked("2026-11-20T18:00:00Z"), holder(state))).toEqual({ on, days, kind, own: false });
  });

  test("California: special education records sooner", () => {
    expect(dueDay(asked("2026-11-20T18:00:00Z", "iep", "transcript"), holder("CA"))).toMatchObject({
      on: "2026-11-30",
      days: 5,
      kind: "working",
    });
    for (const type of ["evaluation", "bip", "fba", "progress"])
      expect(dueDay(asked("2026-11-20T18:00:00Z", type), holder("CA"))).toMatchObject({ days: 5 });
    for (const type of ["transcript", "plan504", "health"])
      expect(dueDay(asked("2026-11-20T18:00:00Z", type), holder("CA"))).toMatchObject({ days: 10 });
  });

  test("no law known, no deadline; until the district sets a number", () => {
    expect(dueDay(asked("2026-11-20T18:00:00Z"), holder("NV"))).toBeNull();
    expect(dueDay(asked("2026-11-20T18:00:00Z"), holder("NV", { answerDays: 7, answerKind: "calendar" }))).toEqual({
      on: "2026-11-27",
      days: 7,
      kind: "calendar",
      own: true,
    });
  });

  test("the earlier of the law and the own number counts; of two on one day the law", () => {
    const at = asked("2026-11-20T18:00:00Z");
    expect(dueDay(at, holder("TX", { answerDays: 3, answerKind: "working" }))).toMatchObject({ days: 3, own: true });
    expect(dueDay(at, holder("TX", { answerDays: 60, answerKind: "school" }))).toMatchObject({ days: 10, own: false });
    expect(dueDay(at, holder("TX", { answerDays: 10, answerKind: "school" }))).toMatchObject({ own: false });
  });
});

test("the day of arrival is the holder’s: late in the evening there, the next day in UTC", () => {
  const at = asked("2026-11-20T05:30:00Z");
  expect(dueDay(at, holder("IL"))?.on).toBe("2026-11-29");
  expect(dueDay(at, holder("IL", { timeZone: "America/New_York" }))?.on).toBe("2026-11-30");
  // The hour that there was twice.
  for (const twice of ["2026-11-01T05:30:00Z", "2026-11-01T06:30:00Z", "2026-11-01T07:30:00Z"])
    expect(dueDay(asked(twice), holder("IL"))?.on).toBe("2026-11-11");
});

describe("reminders", () => {
  const request: DueRequest = {
    requestedAt: new Date("2026-11-20T18:00:00Z"),
    dueOn: "2026-12-07",
    reminded: 0,
    timeZone: "America/Chicago",
  };
  const at = (day: string, hour = 15) => new Date(`${day}T${String(hour).padStart(2, "0")}:00:00Z`);

  test.each([
    ["2026-12-01", null],
    ["2026-12-02", 1],
    ["2026-12-06", 1],
    ["2026-12-07", 2],
    ["2026-12-08", 3],
    ["2027-03-01", 3],
  ])("on %s: stage %s", (day, stage) => expect(stageOf(request, at(day))).toBe(stage));

  test("each once, and none that is behind", () => {
    expect(stageOf({ ...request, reminded: 1 }, at("2026-12-03"))).toBeNull();
    expect(stageOf({ ...request, reminded: 1 }, at("2026-12-07"))).toBe(2);
    expect(stageOf({ ...request, reminded: 2 }, at("2026-12-03"))).toBeNull();
    expect(stageOf({ ...request, reminded: 3 }, at("2026-12-31"))).toBeNull();
  });

  test("not in the night, and not on the day of its arrival", () => {
    expect(stageOf(request, at("2026-12-07", 12))).toBeNull();
    expect(stageOf(request, at("2026-12-07", 13))).toBe(2);
    expect(stageOf({ ...request, dueOn: "2026-11-23" }, at("2026-11-20", 20))).toBeNull();
    expect(stageOf({ ...request, dueOn: "2026-11-23" }, at("2026-11-21"))).toBe(1);
  });

  test("due on Friday, told of as overdue on Monday", () => {
    expect(stageOf({ ...request, dueOn: "2026-12-04", reminded: 2 }, at("2026-12-06"))).toBeNull();
    expect(stageOf({ ...request, dueOn: "2026-12-04", reminded: 2 }, at("2026-12-07"))).toBe(3);
  });
});
