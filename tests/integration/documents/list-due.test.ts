import { describe, expect, test } from "vitest";
import { findAnyCertificate } from "@/lib/documents/find-certificate";
import { countDue, type DueCount, type DueFilter, listDue, mostCounted } from "@/lib/documents/list-due";
import { putDocument, quarantine } from "../../support/documents";
import { closedCase, confirm, hold, keepFor, oldDocument, proposalOf, propose, purgers } from "../../support/retention";
import { addCase, addMember, doors, makeWorld, outcome, type Someone } from "../../support/world";

const world = await makeWorld();
const { lakeview, riverbend, maple } = world;
const [first] = await purgers(world, lakeview);
const due = (actor: Someone, filter: Partial<DueFilter> & { page?: number } = {}) =>
  doors(actor).district((tx) => listDue(tx, actor, { kind: null, q: "", page: 1, ...filter }));
const counts = (actor: Someone, filter?: DueFilter) => doors(actor).district((tx) => countDue(tx, actor, filter));
const count = (of: Pick<DueCount, "kind" | "due"> & Partial<DueCount>): DueCount => ({
  proposed: 0,
  held: 0,
  waits: 0,
  more: false,
  ...of,
});
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
    expect(await counts(first)).toEqual([count({ kind: "case", due: 2 })]);
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

  test("a day is the district's: of a document that was added, and of a case that was closed, in the list and on the certificate", async () => {
    await world.sql("update district_settings set time_zone = 'Pacific/Guam' where district_id = $1", [maple.id]);
    const [mine, other] = await purgers(world, maple);
    // Evening in London, the next morning in Guam.
    const at = "2016-01-01T20:00:00Z";
    const closed = await closedCase(world, maple, 9);
    await world.sql('update "case" set closed_at = $2, created_at = $2 where id = $1', [closed.id, at]);
    const added = await putDocument(world, maple, { datedOn: null });
    const hidden = await putDocument(world, maple, { datedOn: null });
    await world.sql("update document set added_at = $2 where id = any ($1)", [[added.id, hidden.id], at]);
    await quarantine(world, hidden.id);
    await keepFor(world, maple, "case", 1);
    await keepFor(world, maple, "iep", 1);
    const days = async () =>
      new Map((await due(mine)).records.map((record) => [record.id, [record.from, record.dueOn]]));
    const there = ["2016-01-02", "2017-01-02"];
    expect([...(await days())].sort()).toEqual([[closed.id, there] as const, [added.id, there] as const].sort());

    await world.sql("update district_settings set time_zone = 'UTC' where district_id = $1", [maple.id]);
    expect((await days()).get(added.id)).toEqual(["2016-01-01", "2017-01-01"]);
    await world.sql("update district_settings set time_zone = 'Pacific/Guam' where district_id = $1", [maple.id]);
    await world.sql("update document set quarantined_at = null, quarantine = null where id = $1", [hidden.id]);
    expect((await days()).get(hidden.id)).toEqual(there);

    const proposal = await propose(mine, [closed.id]);
    await confirm(other, proposal.id);
    const id = (await proposalOf(other, proposal.id)).items[0]?.certificate?.id as string;
    const sheet = await doors(other).district((tx) => findAnyCertificate(tx, other, { id, zone: "Pacific/Guam" }));
    expect(sheet?.cases).toMatchObject([{ openedOn: "2016-01-02", closedOn: "2016-01-02" }]);
    for (const kind of ["case", "iep"])
      await world.sql("delete from retention_rule where district_id = $1 and kind = $2", [maple.id, kind]);
  });

  test("of very many no more are counted than lists count", async () => {
    const [student] = await world.sql<{ id: string }>(
      "insert into student (district_id, sis_id, given_name, family_name) values ($1, 'many', 'A', 'B') returning id",
      [riverbend.id],
    );
    const { id } = await oldDocument(world, riverbend, 3, { type: "consent", studentId: student?.id as string });
    await world.sql(
      `insert into document (district_id, student_id, file_id, title, type, dated_on, added_by_name)
       select d.district_id, d.student_id, d.file_id, d.title, d.type, d.dated_on, d.added_by_name from document d, generate_series(1, $2::int) where d.id = $1`,
      [id, mostCounted + 5],
    );
    await keepFor(world, riverbend, "consent", 1);
    expect(await counts(riverbend.admin)).toMatchObject([{ kind: "consent", more: true }]);
    expect(await due(riverbend.admin)).toMatchObject({ total: mostCounted, more: true });
    await world.sql("delete from document where student_id = $1", [student?.id]);
    expect(await counts(riverbend.admin)).toEqual([]);
  });

  test("what is kept back says why, and is counted apart: on hold, proposed; what is in quarantine isn't told of", async () => {
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
    expect(await counts(first, { kind: "bip", q: "" })).toEqual([count({ kind: "bip", due: 0, proposed: 1, held: 1 })]);
    await oldDocument(world, lakeview, 6, { type: "bip" });
    expect(await counts(first, { kind: "bip", q: "" })).toEqual([count({ kind: "bip", due: 1, proposed: 1, held: 1 })]);
    expect((await counts(first)).find((one) => one.kind === "bip")).toMatchObject({ due: 1, proposed: 1, held: 1 });
  });

  test("found by name, SIS ID, case number; pages", async () => {
    const one = await closedCase(world, lakeview, 8, { given: "Zebulon", family: "Quist" });
    expect(await ids(first, { q: "quist zeb" })).toEqual([one.id]);
    expect(await ids(first, { q: one.number })).toEqual([one.id]);
    const byStudent = await due(first, { q: "S103" });
    expect(byStudent.records.every((record) => record.person?.sisId === "S103")).toBe(true);
    expect(byStudent.total).toBeGreaterThan(0);
    expect(await ids(first, { q: "nobody of this name" })).toEqual([]);
    await keepFor(world, lakeview, "other", 1);
    for (let n = 0; n < 52; n++) await oldDocument(world, lakeview, 2, { type: "other" });
    const pages = [await ids(first, { kind: "other" }), await ids(first, { kind: "other", page: 2 })];
    expect(pages.map((page) => page.length)).toEqual([50, 2]);
    expect(new Set(pages.flat()).size).toBe(52);
    expect((await due(first, { kind: "other", page: 99 })).page).toBe(2);
  });
});

describe("succeeds, however many are found", () => {
  test("the oldest of more than five hundred of one name", async () => {
    const oldest = await closedCase(world, lakeview, 40, { given: "Anouk", family: "Vandersloot" });
    await world.sql(
      `with p as (insert into person (district_id, id, given_name, family_name) select $1, gen_random_uuid(), 'Anouk', 'Vandersloot' from generate_series(1, 520) returning id)
       insert into "case" (district_id, number, person_id, building_id, team_id, manager_id, status) select $1, 'V-' || row_number() over (), p.id, $2, $3, $4, 'closed' from p`,
      [lakeview.id, lakeview.buildingId, lakeview.teamId, lakeview.manager.membershipId],
    );
    await world.sql(
      "update \"case\" set closed_at = now() - interval '10 years' where district_id = $1 and number like 'V-%'",
      [lakeview.id],
    );
    expect((await ids(first, { q: "vandersloot anouk" }))[0]).toBe(oldest.id);
    expect((await due(first, { q: "vandersloot" })).total).toBe(521);
  });
});

describe("wrong permission", () => {
  test("whose a case or document is, isn't told or found without Manage Cases, Manage Documents or an assignment", async () => {
    const bare = await addMember(world, lakeview, "bare", ["purge"]);
    const { id } = await closedCase(world, lakeview, 50, { given: "Secret", family: "Hushname" });
    const paper = await oldDocument(world, lakeview, 60);
    const mine = await closedCase(world, lakeview, 55, { family: "Mineown", assigned: [bare] });
    const seen = (await due(bare)).records.filter((one) => [id, paper.id, mine.id].includes(one.id));
    expect(seen.map((one) => [one.id, one.person?.familyName ?? null, one.number])).toEqual([
      [paper.id, null, null],
      [mine.id, "Mineown", mine.number],
      [id, null, null],
    ]);
    expect(await ids(bare, { q: "hushname" })).toEqual([]);
    expect(await ids(bare, { q: "mineown" })).toEqual([mine.id]);
    expect(await ids(first, { q: "hushname" })).toEqual([id]);
  });

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
