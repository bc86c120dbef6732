import { describe, expect, test } from "vitest";
import { countWaiting } from "@/lib/districts/count-waiting";
import { declineRequest } from "@/lib/requests/decide-request";
import { listRequests } from "@/lib/requests/list-requests";
import { type RequestFilter, requestUrls } from "@/lib/requests/request-filter";
import { doors, makeWorld, outcome, type Someone } from "../../support/world";
import { ask, asking } from "./fixtures";

const world = await makeWorld();
const { lakeview, riverbend, maple, sql } = world;
const plain = (side: RequestFilter["side"], own: Partial<RequestFilter> = {}): RequestFilter => ({
  ...requestUrls.plain(side),
  ...own,
});
const list = (by: Someone, filter: RequestFilter) => doors(by).district((tx) => listRequests(tx, by, filter));
const ids = async (by: Someone, filter: RequestFilter) => (await list(by, filter)).rows.map((row) => row.id);

const documents = await ask(riverbend.clerk, asking(lakeview, { documentTypes: ["iep", "evaluation"] }));
const cases = await ask(riverbend.manager, asking(lakeview, { kind: "cases" }));
const fromMaple = await ask(maple.clerk, asking(lakeview));
const declined = await ask(maple.clerk, asking(lakeview));
await doors(lakeview.clerk).district((tx) =>
  declineRequest(tx, lakeview.clerk, { requestId: declined, reason: "Not ours" }),
);

describe("succeeds", () => {
  test("each side sees its own, open ones on top, with nothing that names a person", async () => {
    const { rows, total, all, open } = await list(lakeview.admin, plain("incoming"));
    expect([total, all, open]).toEqual([4, 4, 3]);
    expect(rows.at(-1)?.id).toBe(declined);
    expect(JSON.stringify(rows)).not.toMatch(/Zuleika|Canary/i);
    expect(rows.find((row) => row.id === documents)).toMatchObject({
      side: "incoming",
      otherDistrict: "Riverbend",
      otherState: "California",
      what: "IEP, Evaluation",
      requestedBy: null,
    });
    expect((await list(riverbend.admin, plain("outgoing"))).rows.find((row) => row.id === cases)).toMatchObject({
      side: "outgoing",
      otherDistrict: "Lakeview",
      what: "Cases",
      requestedBy: riverbend.manager.name,
    });
    expect(await ids(lakeview.admin, plain("outgoing"))).toEqual([]);
  });

  test("searches reference and district, filters by status, sorts and pages", async () => {
    const [row] = await sql<{ reference: string }>("select reference from record_request where id = $1", [cases]);
    expect(await ids(lakeview.admin, plain("incoming", { q: row?.reference.toLowerCase() ?? "" }))).toEqual([cases]);
    expect((await ids(lakeview.admin, plain("incoming", { q: "grove" }))).sort()).toEqual([fromMaple, declined].sort());
    expect(await ids(lakeview.admin, plain("incoming", { status: "declined" }))).toEqual([declined]);
    expect((await ids(lakeview.admin, plain("incoming", { sort: "district" })))[0]).not.toBe(documents);
    expect(await ids(lakeview.admin, plain("incoming", { sort: "asked", descending: false }))).toEqual([
      documents,
      cases,
      fromMaple,
      declined,
    ]);
    expect(await ids(lakeview.admin, plain("incoming", { page: 2 }))).toEqual([]);
  });

  test("what is due first stands on top, what is overdue is counted and found, on both sides", async () => {
    const due = (id: string, days: number | null) =>
      sql(
        `update record_request set due_on = (now() at time zone 'America/Chicago')::date + $2::int, due_days = case when $2::int is not null then 10 end,
          due_kind = case when $2::int is not null then 'calendar' end, due_own = true where id = $1`,
        [id, days],
      );
    const before = await sql<{ id: string; due_on: string }>("select id, due_on::text from record_request");
    await due(documents, 3);
    await due(cases, -2);
    await due(fromMaple, null);
    // What was decided late isn't overdue.
    await due(declined, -9);
    const incoming = await list(lakeview.admin, plain("incoming"));
    expect(incoming.overdue).toBe(1);
    expect(incoming.rows.map((row) => row.id)).toEqual([cases, documents, fromMaple, declined]);
    expect(incoming.rows.map((row) => row.due?.left ?? null)).toEqual([-2, 3, null, null]);
    expect(incoming.rows[0]?.due).toMatchObject({ days: 10, kind: "calendar", own: true, law: null });
    expect(await ids(lakeview.admin, plain("incoming", { sort: "due", descending: true }))).toEqual([
      documents,
      cases,
      fromMaple,
      declined,
    ]);
    expect(await ids(lakeview.admin, plain("incoming", { status: "overdue" }))).toEqual([cases]);
    const outgoing = await list(riverbend.admin, plain("outgoing", { status: "overdue" }));
    expect(outgoing.rows.map((row) => [row.id, row.due?.left])).toEqual([[cases, -2]]);
    const late = (by: Someone) => doors(by).district(async (tx) => (await countWaiting(tx, by)).overdueRequests);
    expect([await late(lakeview.admin), await late(lakeview.clerk), await late(riverbend.admin)]).toEqual([1, 0, 0]);
    for (const row of before)
      await sql(
        "update record_request set due_on = $2, due_days = 10, due_kind = 'working', due_own = false where id = $1",
        [row.id, row.due_on],
      );
  });

  test("the day is that of the district that holds the record, on both sides", async () => {
    const zone = (id: string, timeZone: string) =>
      sql("update district_settings set time_zone = $2 where district_id = $1", [id, timeZone]);
    const [before] = await sql<{ due_on: string; time_zone: string }>(
      "select r.due_on::text, s.time_zone from record_request r join district_settings s on s.district_id = r.holding_district_id where r.id = $1",
      [documents],
    );
    await sql("update record_request set due_on = '2026-12-04' where id = $1", [documents]);
    // In Guam it's December 5 already, a Saturday: overdue, by no working day yet; in Honolulu still December 4; the viewer's own day is the other one.
    const now = new Date("2026-12-04T20:00:00Z");
    for (const [holder, asker, left, overdue] of [
      ["Pacific/Guam", "Pacific/Honolulu", 0, true],
      ["Pacific/Honolulu", "Pacific/Guam", 0, false],
    ] as const) {
      await zone(lakeview.id, holder);
      await zone(riverbend.id, asker);
      for (const [by, side] of [
        [lakeview.admin, "incoming"],
        [riverbend.admin, "outgoing"],
      ] as const) {
        const read = (filter: RequestFilter) => doors(by).district((tx) => listRequests(tx, by, filter, now));
        const all = await read(plain(side));
        expect(all.rows.find((row) => row.id === documents)?.due).toMatchObject({ left, overdue });
        expect(all.overdue).toBe(overdue ? 1 : 0);
        expect((await read(plain(side, { status: "overdue" }))).rows.map((row) => row.id)).toEqual(
          overdue ? [documents] : [],
        );
      }
    }
    for (const { id } of [lakeview, riverbend]) await zone(id, before?.time_zone ?? "");
    await sql("update record_request set due_on = $2 where id = $1", [documents, before?.due_on]);
  });

  test("the number beside the node is of what one may answer", async () => {
    const count = (by: Someone) => doors(by).district(async (tx) => (await countWaiting(tx, by)).recordRequests);
    expect(await count(lakeview.admin)).toBe(3);
    expect(await count(lakeview.clerk)).toBe(2);
    expect(await count(lakeview.manager)).toBe(1);
    expect(await count(lakeview.staff)).toBe(0);
    expect(await count(riverbend.admin)).toBe(0);
  });
});

describe("wrong permission", () => {
  test("a clerk sees documents, a case manager cases, staff nothing", async () => {
    expect((await ids(lakeview.clerk, plain("incoming"))).sort()).toEqual([documents, fromMaple, declined].sort());
    expect(await ids(lakeview.manager, plain("incoming"))).toEqual([cases]);
    expect(await outcome(list(lakeview.staff, plain("incoming")))).toBe("forbidden");
  });
});

describe("other district", () => {
  test("a district sees what it takes part in, and nothing else", async () => {
    expect((await ids(maple.admin, plain("outgoing"))).sort()).toEqual([fromMaple, declined].sort());
    expect(await ids(maple.admin, plain("incoming"))).toEqual([]);
    expect(await ids(maple.admin, plain("outgoing", { q: "Riverbend" }))).toEqual([]);
  });
});

describe("bad input", () => {
  test("what an address doesn't say well counts as not said, and comes back as it was", () => {
    const filter = requestUrls.parse({ "in-status": "nonsense", "in-sort": "x.down", "in-page": "-3" }, "incoming");
    expect(filter).toEqual(plain("incoming"));
    const said = requestUrls.parse({ "out-q": " lake ", "out-status": "overdue", "out-sort": "due.down" }, "outgoing");
    const again = Object.fromEntries(new URLSearchParams(requestUrls.query(plain("incoming"), said)));
    expect(requestUrls.parse(again, "outgoing")).toEqual(said);
  });

  test("a search of signs finds nothing and breaks nothing", async () => {
    for (const q of ["%", "_", "\\", "'; drop table note"])
      expect(await ids(lakeview.admin, plain("incoming", { q }))).toEqual([]);
  });
});
