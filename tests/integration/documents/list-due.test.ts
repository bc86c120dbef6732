import { describe, expect, test } from "vitest";
import { countDue, type DueFilter, listDue } from "@/lib/documents/list-due";
import { putDocument, quarantine } from "../../support/documents";
import { closedCase, hold, keepFor, oldDocument, propose, purgers } from "../../support/retention";
import { addCase, doors, makeWorld, outcome, type Someone } from "../../support/world";

const world = await makeWorld();
const { lakeview, riverbend, maple } = world;
const [first] = await purgers(world, lakeview);
const due = (actor: Someone, filter: Partial<DueFilter> & { page?: number } = {}) =>
  doors(actor).district((tx) => listDue(tx, actor, { kind: null, q: "", page: 1, ...filter }));
const counts = (actor: Someone) => doors(actor).district((tx) => countDue(tx, actor));
const ids = async (...args: Parameters<typeof due>) => (await due(...args)).records.map((record) => record.id);

describe("succeeds", () => {
  test("nothing without a rule; then closed cases from the day on which their years are over, the longest due first", async () => {
    const [old, older] = [await closedCase(world, lakeview, 7), await closedCase(world, lakeview, 9)];
    await closedCase(world, lakeview, 6);
    await addCase(world, lakeview);
    expect((await due(first)).total).toBe(0);
    await keepFor(world, lakeview, "case", 7);
    const found = await due(first);
    expect(found.records.map((record) => record.id)).toEqual([older.id, old.id]);
    expect(found.records[1]).toMatchObject({ kind: "case", number: old.number, kept: null });
    // Closed seven years and a day ago, by the district's calendar.
    const [day] = await world.sql<{ today: string; yesterday: string }>(
      "select (now() at time zone 'America/Chicago')::date::text today, ((now() at time zone 'America/Chicago')::date - 1)::text yesterday",
    );
    expect([day?.today, day?.yesterday]).toContain(found.records[1]?.dueOn);
    expect(await counts(first)).toEqual([{ kind: "case", count: 2 }]);
  });

  test("documents by their date, without one by the day they were added; or by the day their student left and stayed away", async () => {
    await keepFor(world, lakeview, "iep", 5);
    const [dated, undated] = [
      await oldDocument(world, lakeview, 6),
      await putDocument(world, lakeview, { datedOn: null }),
    ];
    await oldDocument(world, lakeview, 4);
    expect(await ids(first, { kind: "iep" })).toEqual([dated.id]);
    await world.sql("update document set added_at = now() - interval '10 years' where id = $1", [undated.id]);
    expect(await ids(first, { kind: "iep" })).toEqual([undated.id, dated.id]);

    await keepFor(world, lakeview, "health", 5, "leaving");
    const [gone, back, here] = [lakeview.students[0], lakeview.students[1], lakeview.students[2]];
    const paper = await oldDocument(world, lakeview, 1, { type: "health", studentId: gone?.id as string });
    for (const student of [back, here])
      await oldDocument(world, lakeview, 20, { type: "health", studentId: student?.id as string });
    const left = "update student set active = false, left_on = current_date - make_interval(years => 6) where id = $1";
    await world.sql(left, [gone?.id]);
    await world.sql(left, [back?.id]);
    await world.sql("update student set active = true where id = $1", [back?.id]);
    expect(await ids(first, { kind: "health" })).toEqual([paper.id]);
  });

  test("what is kept back says why: on hold, proposed; what is in quarantine isn't told of", async () => {
    await keepFor(world, lakeview, "bip", 5);
    const studentId = lakeview.students[3]?.id as string;
    const [held, proposed, hidden] = [
      await oldDocument(world, lakeview, 9, { type: "bip", studentId }),
      await oldDocument(world, lakeview, 8, { type: "bip" }),
      await oldDocument(world, lakeview, 7, { type: "bip" }),
    ];
    await hold(lakeview.admin, { studentId });
    await propose(first, [proposed.id]);
    await quarantine(world, hidden.id);
    const { records } = await due(first, { kind: "bip" });
    expect(records.map((record) => [record.id, record.kept])).toEqual([
      [held.id, "held"],
      [proposed.id, "proposed"],
    ]);
  });

  test("found by name, SIS ID, case number; pages", async () => {
    const one = await closedCase(world, lakeview, 8, { given: "Zebulon", family: "Quist" });
    expect(await ids(first, { q: "quist zeb" })).toEqual([one.id]);
    expect(await ids(first, { q: one.number })).toEqual([one.id]);
    const byStudent = await due(first, { q: "S103" });
    expect(byStudent.records.every((record) => record.person.sisId === "S103")).toBe(true);
    expect(byStudent.total).toBeGreaterThan(0);
    expect(await ids(first, { q: "nobody of this name" })).toEqual([]);
    await keepFor(world, lakeview, "other", 1);
    for (let n = 0; n < 52; n++) await oldDocument(world, lakeview, 2, { type: "other" });
    const pages = [await ids(first, { kind: "other" }), await ids(first, { kind: "other", page: 2 })];
    expect(pages.map((page) => page.length)).toEqual([50, 2]);
    expect(new Set(pages.flat()).size).toBe(52);
    expect((await due(first, { kind: "other", page: 99 })).page).toBe(1);
  });
});

describe("wrong permission", () => {
  test("neither Purge nor Manage District", async () => {
    for (const actor of [lakeview.manager, lakeview.clerk, lakeview.staff]) {
      expect(await outcome(due(actor))).toBe("forbidden");
      expect(await outcome(counts(actor))).toBe("forbidden");
    }
    expect(await outcome(due(lakeview.admin))).toBe("done");
  });
});

describe("other district", () => {
  test("its rules and its records are its own", async () => {
    await keepFor(world, riverbend, "case", 1);
    const theirs = await closedCase(world, riverbend, 2);
    expect(await ids(riverbend.admin)).toEqual([theirs.id]);
    expect((await due(first, { kind: "case" })).records.map((record) => record.id)).not.toContain(theirs.id);
  });
});

describe("wrong state", () => {
  test("kept for good is never due; a case that's opened again isn't either", async () => {
    const one = await closedCase(world, maple, 9);
    await keepFor(world, maple, "case", 1);
    expect(await ids(maple.admin)).toEqual([one.id]);
    await world.sql("update \"case\" set status = 'monitoring' where id = $1", [one.id]);
    expect(await ids(maple.admin)).toEqual([]);
    await world.sql("update \"case\" set status = 'closed' where id = $1", [one.id]);
    // It was closed again just now.
    expect(await ids(maple.admin)).toEqual([]);
    await world.sql(
      "update retention_rule set keep = 'good', years = null, counted_from = null where district_id = $1",
      [maple.id],
    );
    await world.sql("update \"case\" set closed_at = now() - interval '9 years' where id = $1", [one.id]);
    expect(await ids(maple.admin)).toEqual([]);
  });
});
