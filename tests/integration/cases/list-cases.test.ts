import { randomUUID } from "node:crypto";
import { beforeAll, describe, expect, test } from "vitest";
import {
  type CaseFilter,
  caseQuery,
  caseSorts,
  parseCaseFilter,
  parseCaseQuery,
  plainCaseFilter,
} from "@/lib/cases/case-filter";
import { closeSearches } from "@/lib/cases/close-searches";
import { hasCases, listCases } from "@/lib/cases/list-cases";
import type { Actor } from "@/lib/policy";
import { as, audited, makeCase, makeDistrict, makeStudent, sql } from "./fixtures";

const lake = await makeDistrict("Lake");
const river = await makeDistrict("River");
const empty = await makeDistrict("Empty");
const list = (actor: Actor, of: Partial<CaseFilter> = {}) =>
  as(actor, (tx) => listCases(tx, actor, { ...plainCaseFilter, ...of }));
const names = async (actor: Actor, of: Partial<CaseFilter> = {}) =>
  (await list(actor, of)).rows.map((row) => row.familyName);
const close = (actor: Actor, q: string) => as(actor, (tx) => closeSearches(tx, actor, { ...plainCaseFilter, q }));
const ids: Record<string, string> = {};

beforeAll(async () => {
  const staff = lake.staff.membershipId ?? "";
  ids.jonah = await makeCase(lake, {
    buildingId: lake.building,
    teamId: lake.team,
    managerId: lake.manager.membershipId,
    level: "high",
    assigned: [staff],
  });
  const marisol = await makeStudent(lake.id, { givenName: "Marisol", familyName: "Castellanos-Núñez" });
  ids.marisol = await makeCase(lake, { buildingId: lake.otherBuilding, level: "imminent" }, { studentId: marisol });
  ids.sean = await makeCase(
    lake,
    { status: "monitoring", level: "moderate" },
    { person: { givenName: "Seán", familyName: "O’Brien", birthDate: null, grade: null } },
  );
  ids.zoe = await makeCase(
    lake,
    { status: "closed" },
    { person: { givenName: "Zoë", familyName: "Quist", birthDate: null, grade: "3" } },
  );
  ids.arab = await makeCase(
    lake,
    {},
    { person: { givenName: "علي", familyName: "محمد", birthDate: null, grade: null } },
  );
  await makeCase(river, { buildingId: river.building });
  const order = [ids.arab, ids.zoe, ids.sean, ids.marisol, ids.jonah];
  for (const [at, id] of order.entries())
    await sql(`update "case" set updated_at = now() - interval '${at} hours' where id = $1`, [id]);
});

describe("succeeds", () => {
  test("not closed, newest change first, with what a row shows", async () => {
    const found = await list(lake.manager);
    expect(found).toMatchObject({ total: 4, more: false, page: 1, pages: 1 });
    expect(found.rows.map((row) => row.id)).toEqual([ids.arab, ids.sean, ids.marisol, ids.jonah]);
    expect(found.rows[3]).toMatchObject({
      givenName: "Jonah",
      grade: "9",
      onRoster: true,
      building: "Lake High",
      team: "Threat Assessment",
      teamLeader: "Lake Kowalczyk",
      manager: "Lake Whitfield",
      level: "high",
      status: "open",
      received: false,
      transfer: null,
    });
    expect(found.rows[1]).toMatchObject({ onRoster: false, grade: null, building: null });
  });
  test.each([
    ["abernathy", ["Abernathy"]],
    ["JONAH abern", ["Abernathy"]],
    ["threat", ["Abernathy"]],
    ["kowalczyk", ["Abernathy"]],
    ["whitfield", ["Abernathy"]],
    ["lake high", ["Abernathy"]],
    ["castellanos nunez", ["Castellanos-Núñez"]],
    ["NÚÑEZ marisol", ["Castellanos-Núñez"]],
    ["obrien", ["O’Brien"]],
    ["o'brien sean", ["O’Brien"]],
    ["محمد", ["محمد"]],
    ["ab", ["Abernathy"]],
    ["%", []],
    ["_", []],
    ["'; --", []],
    ["zoe", []],
    ["\\", []],
    ["nobody at all", []],
  ])("finds by all six fields, whatever case, accents and order: %s", async (q, expected) => {
    expect(await names(lake.manager, { q })).toEqual(expected);
  });
  test("by case number, whole or in part, with and without its hyphen", async () => {
    const [row] = await sql<{ number: string }>('select number from "case" where id = $1', [ids.jonah]);
    const number = row?.number ?? "";
    for (const q of [number, number.replace("-", ""), number.slice(-4)])
      expect(await names(lake.manager, { q })).toContain("Abernathy");
    expect(await names(lake.manager, { q: number })).toEqual(["Abernathy"]);
  });
  test("filters", async () => {
    expect(await names(lake.manager, { status: "closed" })).toEqual(["Quist"]);
    expect(await names(lake.manager, { status: "monitoring" })).toEqual(["O’Brien"]);
    expect(await names(lake.manager, { status: "all", q: "zoe" })).toEqual(["Quist"]);
    expect((await list(lake.manager, { status: "all" })).total).toBe(5);
    expect(await names(lake.manager, { buildingId: lake.otherBuilding })).toEqual(["Castellanos-Núñez"]);
    expect(await names(lake.manager, { teamId: lake.team })).toEqual(["Abernathy"]);
    expect(await names(lake.manager, { level: "imminent" })).toEqual(["Castellanos-Núñez"]);
  });
  test("sorts by every column, both ways; without a building comes last", async () => {
    expect(await names(lake.manager, { sort: "person", descending: false })).toEqual([
      "Abernathy",
      "Castellanos-Núñez",
      "O’Brien",
      "محمد",
    ]);
    expect((await names(lake.manager, { sort: "level", descending: true })).slice(0, 2)).toEqual([
      "Castellanos-Núñez",
      "Abernathy",
    ]);
    expect((await names(lake.manager, { sort: "building", descending: true })).slice(0, 2)).toEqual([
      "Castellanos-Núñez",
      "Abernathy",
    ]);
    expect((await names(lake.manager, { sort: "building", descending: false })).slice(0, 2)).toEqual([
      "Abernathy",
      "Castellanos-Núñez",
    ]);
    for (const sort of caseSorts) {
      for (const descending of [true, false])
        expect((await list(lake.manager, { sort, descending, q: "a" })).rows.length, sort).toBeGreaterThan(0);
    }
  });
  test("a page beyond the end is the last one", async () => {
    expect(await list(lake.manager, { page: 7 })).toMatchObject({ page: 1, pages: 1, total: 4 });
  });
  test("72 hits are two pages, none twice, whatever the order; with a word that all have, too", async () => {
    const many = await makeDistrict("Many");
    for (let at = 0; at < 72; at++) await makeCase(many, { buildingId: many.building });
    await sql('update "case" set updated_at = now() where district_id = $1', [many.id]);
    for (const q of ["", "many high", "abern"]) {
      for (const sort of caseSorts) {
        const first = await list(many.manager, { sort, q });
        const second = await list(many.manager, { sort, q, page: 2 });
        expect([first.rows.length, second.rows.length, first.total, first.pages]).toEqual([50, 22, 72, 2]);
        expect(new Set([...first.rows, ...second.rows].map((row) => row.id)).size, sort).toBe(72);
      }
    }
  });
  test("close spellings", async () => {
    expect(await close(lake.manager, "abernaty")).toEqual(["abernathy"]);
    expect(await close(lake.manager, "jonah abernaty")).toEqual(["jonah abernathy"]);
    expect(await close(lake.manager, "qqqqq")).toEqual([]);
    expect(await close(lake.manager, "")).toEqual([]);
  });
  test("lists and searches leave no audit rows", async () => {
    expect(await audited(lake.id, ids.jonah ?? "")).toEqual(["case.create"]);
  });
});

describe("wrong permission: a member sees what they're assigned to", () => {
  test("in the list, in its count, in any search", async () => {
    expect(await list(lake.staff, { status: "all" })).toMatchObject({ total: 1, rows: [{ id: ids.jonah }] });
    expect(await names(lake.staff, { q: "castellanos" })).toEqual([]);
  });
  test("no close spelling comes from a case that they don't see", async () => {
    expect(await close(lake.staff, "castelanos")).toEqual([]);
    expect(await close(lake.staff, "abernaty")).toEqual(["abernathy"]);
    expect(await close(lake.staff, "jonah castelanos")).toEqual([]);
  });
  test("whether there's any", async () => {
    expect(await as(lake.staff, (tx, actor) => hasCases(tx, actor))).toBe(true);
    expect(await as(river.staff, (tx, actor) => hasCases(tx, actor))).toBe(false);
    expect(await as(empty.manager, (tx, actor) => hasCases(tx, actor))).toBe(false);
  });
});

test("other district: neither rows nor spellings nor filters by its ids", async () => {
  expect((await list(river.manager, { status: "all" })).total).toBe(1);
  expect(await names(river.manager, { q: "castellanos" })).toEqual([]);
  expect(await close(river.manager, "castelanos")).toEqual([]);
  expect(await names(lake.manager, { buildingId: river.building })).toEqual([]);
});

test("wrong state: a transferred case, one in transfer, a received one say so", async () => {
  const dispatch = randomUUID();
  await sql("insert into dispatch (district_id, id, created_by) values ($1, $2, $3)", [
    lake.id,
    dispatch,
    lake.manager.membershipId,
  ]);
  const [transfer] = await sql<{ id: string }>(
    "insert into transfer (reference, dispatch_id, sending_district_id, receiving_district_id, item_count, sent_by, sent_by_user) values ('T-2026-000002', $1, $2, $3, 1, $4, $5) returning id",
    [dispatch, lake.id, river.id, lake.manager.membershipId, lake.manager.userId],
  );
  await sql(
    "insert into transfer_case (district_id, transfer_id, n, case_id, receiving_district_id) values ($1, $2, 1, $3, $4)",
    [lake.id, transfer?.id, ids.jonah, river.id],
  );
  const row = async () => (await list(lake.manager, { q: "abernathy" })).rows[0];
  expect((await row())?.transfer).toEqual({ id: transfer?.id, open: true });
  for (const status of ["pending", "unlocked", "completed"])
    await sql("update transfer set status = $2 where id = $1", [transfer?.id, status]);
  await sql("update transfer_case set open = false where transfer_id = $1", [transfer?.id]);
  expect((await row())?.transfer).toEqual({ id: transfer?.id, open: false });
  await sql('update "case" set received_at = now() where id = $1', [ids.jonah]);
  expect((await row())?.received).toBe(true);
});

describe("bad input", () => {
  test("a query is read leniently and written back the same", () => {
    expect(parseCaseFilter({})).toEqual(plainCaseFilter);
    expect(
      parseCaseFilter({ status: "drop", building: "1", team: "x", level: "9", sort: "password.down", page: "-3" }),
    ).toEqual(plainCaseFilter);
    expect(parseCaseFilter({ page: "1e9", q: ` a${String.fromCharCode(0)}b ` })).toMatchObject({ page: 1, q: "ab" });
    const filter: CaseFilter = {
      q: "O’Brien & söhne",
      status: "all",
      buildingId: randomUUID(),
      teamId: randomUUID(),
      level: "high",
      sort: "person",
      descending: true,
      page: 3,
    };
    expect(parseCaseQuery(caseQuery(filter))).toEqual(filter);
    expect(caseQuery(plainCaseFilter)).toBe("");
  });
  test("a very long search", async () => {
    expect(await names(lake.manager, { q: "word ".repeat(40) })).toEqual([]);
  });
});

test("two at once: fifty lists beside each other, each in its own district", async () => {
  const totals = await Promise.all(
    Array.from({ length: 50 }, (_, at) =>
      list(at % 2 ? lake.manager : river.manager, { status: "all" }).then((found) => found.total),
    ),
  );
  expect(new Set(totals.filter((_, at) => at % 2))).toEqual(new Set([5]));
  expect(new Set(totals.filter((_, at) => at % 2 === 0))).toEqual(new Set([1]));
});
