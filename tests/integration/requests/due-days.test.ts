import { describe, expect, test } from "vitest";
import { addSchoolBreak } from "@/lib/districts/add-school-break";
import { laterDay } from "@/lib/districts/day-text";
import { holdingCalendars } from "@/lib/districts/holding-calendars";
import { removeSchoolBreak } from "@/lib/districts/remove-school-break";
import { saveAnswerDays } from "@/lib/districts/save-answer-days";
import { saveSettings } from "@/lib/districts/save-settings";
import { type DayKind, nthDay } from "@/lib/districts/school-days";
import { moveDueDays } from "@/lib/districts/set-due-days";
import { declineRequest } from "@/lib/requests/decide-request";
import { getRequest } from "@/lib/requests/get-request";
import { doors, makeWorld, type Someone, type TestDistrict } from "../../support/world";
import { ask, asking } from "./fixtures";

type Due = { due_on: string | null; due_days: number | null; due_kind: string | null; due_own: boolean };

const { lakeview, riverbend, maple, sql } = await makeWorld();
const dueOf = async (id: string): Promise<Due> => {
  const [row] = await sql<Due>("select due_on::text, due_days, due_kind, due_own from record_request where id = $1", [
    id,
  ]);
  return row as Due;
};
/** A request that arrived on a day at noon, and is reckoned anew. */
async function arrived(holder: TestDistrict, day: string): Promise<string> {
  const by = holder === riverbend ? lakeview.clerk : riverbend.clerk;
  const id = await ask(by, asking(holder, { documentTypes: ["transcript"] }));
  await sql("update record_request set requested_at = $2, due_latest = null where id = $1", [id, `${day}T18:00:00Z`]);
  await move(holder);
  return id;
}
/** Before any due day of these tests, whenever they run: what is overdue doesn't move later. */
const early = new Date("2026-11-17T18:00:00Z");
const move = ({ admin }: TestDistrict, now = early) => doors(admin).district((tx) => moveDueDays(tx, admin, now));
const add = (by: Someone, from: string, to: string, name = "Break", now = early) =>
  doors(by).district((tx) => addSchoolBreak(tx, by, { name, from, to, summer: false }, now));
const remove = async (by: Someone, name: string, now = early) => {
  const [entry] = await sql<{ id: string }>("select id from school_break where name = $1", [name]);
  await doors(by).district((tx) => removeSchoolBreak(tx, by, { id: entry?.id ?? "" }, now));
};
const allow = (by: Someone, days: number | null, kind: DayKind = "school", now = early) =>
  doors(by).district((tx) => saveAnswerDays(tx, by, { days, kind }, now));

describe("succeeds", () => {
  test("on arrival: by the law of the district that holds the record, in its zone", async () => {
    const id = await ask(riverbend.clerk, asking(lakeview));
    const [asked] = await sql<{ day: string }>(
      "select (requested_at at time zone 'America/Chicago')::date::text as day from record_request where id = $1",
      [id],
    );
    const none = { breaks: [], summerCounts: false };
    expect(await dueOf(id)).toEqual({
      due_on: nthDay(asked?.day ?? "", 10, "working", none),
      due_days: 10,
      due_kind: "working",
      due_own: false,
    });
    const iep = await ask(lakeview.clerk, asking(riverbend));
    expect(await dueOf(iep)).toMatchObject({ due_days: 5, due_kind: "working" });
  });

  test("both districts see it: the law, and how far off it is", async () => {
    const id = await ask(lakeview.clerk, asking(riverbend, { documentTypes: ["transcript"] }));
    for (const by of [lakeview.clerk, riverbend.clerk]) {
      const { due } = await doors(by).district((tx) => getRequest(tx, by, { requestId: id }));
      expect(due).toMatchObject({ days: 10, kind: "school", own: false, law: "Cal. Educ. Code § 49068(b)", left: 10 });
    }
    await doors(riverbend.clerk).district((tx) =>
      declineRequest(tx, riverbend.clerk, { requestId: id, reason: "Not ours" }),
    );
    for (const by of [lakeview.clerk, riverbend.clerk]) {
      const { due } = await doors(by).district((tx) => getRequest(tx, by, { requestId: id }));
      expect(due).toMatchObject({ law: "Cal. Educ. Code § 49068(b)", left: null });
    }
  });

  test("a change of the calendar moves what is open and arrives later, and nothing that's decided or another district's", async () => {
    const [open, theirs, decided] = [
      await arrived(riverbend, "2026-11-17"),
      await arrived(lakeview, "2026-11-17"),
      await arrived(riverbend, "2026-11-17"),
    ];
    await doors(riverbend.clerk).district((tx) =>
      declineRequest(tx, riverbend.clerk, { requestId: decided, reason: "Not ours" }),
    );
    // Without a calendar: Monday to Friday, without Thanksgiving.
    expect((await dueOf(open)).due_on).toBe("2026-12-02");
    expect((await dueOf(theirs)).due_on).toBe("2026-12-02");
    await add(riverbend.admin, "2026-11-23", "2026-11-27", "Thanksgiving break");
    expect((await dueOf(open)).due_on).toBe("2026-12-08");
    expect((await dueOf(theirs)).due_on).toBe("2026-12-02");
    expect((await dueOf(decided)).due_on).toBe("2026-12-02");
    await remove(riverbend.admin, "Thanksgiving break");
    expect((await dueOf(open)).due_on).toBe("2026-12-02");
  });

  test("the district's own number: the earlier day counts, and where no law is known it's the only one", async () => {
    const id = await arrived(maple, "2026-11-17");
    await allow(maple.admin, 2);
    expect(await dueOf(id)).toEqual({ due_on: "2026-11-19", due_days: 2, due_kind: "school", due_own: true });
    await allow(maple.admin, 60);
    expect(await dueOf(id)).toMatchObject({ due_days: 10, due_own: false });
    await sql("update district set state = 'NV' where id = $1", [maple.id]);
    await allow(maple.admin, null);
    expect(await dueOf(id)).toEqual({ due_on: null, due_days: null, due_kind: null, due_own: false });
    expect(await doors(maple.clerk).district((tx) => getRequest(tx, maple.clerk, { requestId: id }))).toMatchObject({
      due: null,
    });
    await allow(maple.admin, 30, "calendar");
    expect(await dueOf(id)).toMatchObject({ due_on: "2026-12-17", due_own: true });
    await sql("update district set state = 'TX' where id = $1", [maple.id]);
    await allow(maple.admin, null);
  });

  test("another time zone may make it another day", async () => {
    const id = await ask(riverbend.clerk, asking(maple));
    await sql("update record_request set requested_at = '2026-11-18T02:00:00Z' where id = $1", [id]);
    const zone = (timeZone: string) =>
      doors(maple.admin).district((tx) => saveSettings(tx, maple.admin, { timeZone, expiryDays: 14 }, early));
    await zone("Pacific/Guam");
    expect((await dueOf(id)).due_on).toBe("2026-12-03");
    await zone("America/Chicago");
    expect((await dueOf(id)).due_on).toBe("2026-12-02");
  });

  test("what is right already isn't written again", async () => {
    await move(lakeview);
    expect(await move(lakeview)).toBe(0);
  });
});

describe("other district", () => {
  test("a district's calendar is there for those whom it owes an answer, and for nobody else", async () => {
    await add(lakeview.admin, "2027-03-15", "2027-03-19", "Spring break");
    const seen = (by: Someone) => doors(by).district((tx) => holdingCalendars(tx, [lakeview.id]));
    expect((await seen(maple.clerk)).size).toBe(0);
    expect((await seen(riverbend.clerk)).get(lakeview.id)?.breaks).toHaveLength(1);
    const rows = await doors(riverbend.clerk).district(
      (tx) => tx.$queryRaw<{ name: string }[]>`select name from school_break where district_id = ${lakeview.id}::uuid`,
    );
    expect(rows).toEqual([]);
  });

  test("nobody but the holder moves a due day that is set", async () => {
    const id = await ask(riverbend.clerk, asking(lakeview));
    const before = await dueOf(id);
    const set = (by: Someone) =>
      doors(by).district(
        (tx) => tx.$queryRaw<[{ n: number }]>`
          select exchange_set_due(array[${id}]::uuid[], array['2030-01-01']::date[], array[1], array['working'], array[false]) n`,
      );
    for (const by of [riverbend.clerk, maple.admin]) expect((await set(by))[0].n).toBe(0);
    expect(await dueOf(id)).toEqual(before);
    await expect(
      doors(riverbend.clerk).district((tx) =>
        tx.recordRequest.updateMany({ where: { id }, data: { dueOn: new Date("2030-01-01") } }),
      ),
    ).rejects.toThrow(/permission denied/);
    expect(await dueOf(id)).toEqual(before);
  });
});

describe("wrong state", () => {
  test("a due day that has gone by where the record is held moves neither later nor away; an earlier one counts", async () => {
    await sql("update district_settings set time_zone = 'America/Los_Angeles' where district_id = $1", [riverbend.id]);
    const id = await arrived(riverbend, "2026-11-17");
    expect((await dueOf(id)).due_on).toBe("2026-12-02");
    // In California it's still the due day, and then the day after.
    const [before, after] = [new Date("2026-12-03T07:59:00Z"), new Date("2026-12-03T08:01:00Z")];
    const weekOff = (now: Date) => add(riverbend.admin, "2026-11-23", "2026-11-27", "Week off", now);
    await weekOff(after);
    expect((await dueOf(id)).due_on).toBe("2026-12-02");
    await sql("update district set state = 'NV' where id = $1", [riverbend.id]);
    await move(riverbend, after);
    expect(await dueOf(id)).toMatchObject({ due_on: "2026-12-02", due_days: 10, due_kind: "school" });
    await sql("update district set state = 'CA' where id = $1", [riverbend.id]);
    await allow(riverbend.admin, 5, "calendar", after);
    expect(await dueOf(id)).toMatchObject({ due_on: "2026-11-22", due_own: true });
    await allow(riverbend.admin, null, "school", after);
    expect(await dueOf(id)).toMatchObject({ due_on: "2026-12-02", due_own: false });

    await remove(riverbend.admin, "Week off");
    await move(riverbend);
    const other = await arrived(riverbend, "2026-11-17");
    await weekOff(before);
    expect((await dueOf(other)).due_on).toBe("2026-12-08");
    // A slip that is put right: while the day that stood before it lies ahead, nothing is fixed.
    await remove(riverbend.admin, "Week off", after);
    expect((await dueOf(other)).due_on).toBe("2026-12-02");
    await add(riverbend.admin, "2026-11-23", "2026-12-01", "Longer week off", after);
    expect((await dueOf(other)).due_on).toBe("2026-12-10");
    await remove(riverbend.admin, "Longer week off");
  });

  test("a decided request keeps its due day", async () => {
    const id = await arrived(lakeview, "2026-11-17");
    await doors(lakeview.clerk).district((tx) =>
      declineRequest(tx, lakeview.clerk, { requestId: id, reason: "Not ours" }),
    );
    await allow(lakeview.admin, 1);
    expect((await dueOf(id)).due_on).toBe("2026-12-02");
    await allow(lakeview.admin, null);
  });
});

describe("two at once", () => {
  test("asked while the calendar changes: due by the calendar as it then is", async () => {
    for (let round = 0; round < 8; round++) {
      const [today] = await sql<{ day: string }>("select (now() at time zone 'America/Chicago')::date::text as day");
      const [id] = await Promise.all([
        ask(lakeview.clerk, asking(riverbend, { documentTypes: ["transcript"] })),
        add(riverbend.admin, laterDay(today?.day ?? "", 1), laterDay(today?.day ?? "", 2 + round), `Round ${round}`),
      ]);
      const found = await dueOf(id);
      await move(riverbend);
      expect(await dueOf(id)).toEqual(found);
    }
  });
});
