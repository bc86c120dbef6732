import { randomUUID } from "node:crypto";
import { describe, expect, test } from "vitest";
import { listCaseChoices } from "@/lib/cases/case-choices";
import { findCase } from "@/lib/cases/find-case";
import { findCaseNumber } from "@/lib/cases/find-case-number";
import type { Actor } from "@/lib/policy";
import { searchStudents } from "@/lib/students/search-students";
import { as, audited, failure, makeCase, makeDistrict, makeStudent, sql } from "./fixtures";

const lake = await makeDistrict("Lake");
const river = await makeDistrict("River");
const find = (actor: Actor, id: string, purpose?: "read" | "print") =>
  as(actor, (tx) => findCase(tx, actor, id, purpose));

describe("succeeds", () => {
  test("for Manage Cases and for the assigned; every reading is written down", async () => {
    const id = await makeCase(lake, { assigned: [lake.staff.membershipId ?? ""] });
    expect(await find(lake.manager, id)).toMatchObject({
      id,
      canEdit: true,
      managers: ["Lake Kowalczyk", "Lake Whitfield"],
    });
    expect(await find(lake.staff, id, "print")).toMatchObject({ id, canEdit: false });
    expect(await audited(lake.id, id)).toEqual(["case.create", "case.read", "case.print"]);
  });
  test("a received case says where it came from, and keeps what came apart", async () => {
    const id = await makeCase(lake);
    await sql('update "case" set origin_district_id = $2, origin_number = $3, received_at = now() where id = $1', [
      id,
      river.id,
      "24-0077",
    ]);
    expect((await find(lake.manager, id))?.origin).toMatchObject({
      district: "River ISD",
      state: "Texas",
      number: "24-0077",
      transfer: null,
    });
  });
});

test("wrong permission: a member who isn't assigned gets what a stranger gets, and leaves no trace", async () => {
  const id = await makeCase(lake);
  expect(await find(lake.staff, id)).toBeNull();
  expect(await as(lake.staff, (tx, actor) => findCaseNumber(tx, actor, id))).toBeNull();
  expect(await failure(as(lake.staff, (tx, actor) => searchStudents(tx, actor, "abernathy")))).toBe("forbidden");
  expect(await audited(lake.id, id)).toEqual(["case.create"]);
});

test("other district: not there; its people and students aren't offered", async () => {
  const id = await makeCase(lake);
  expect(await find(river.manager, id)).toBeNull();
  const choices = await as(river.manager, (tx) => listCaseChoices(tx, [lake.manager.membershipId ?? ""]));
  expect(choices.people.map((one) => one.name)).toEqual(["River Brasher", "River Kowalczyk", "River Whitfield"]);
  const found = await as(river.manager, (tx, actor) => searchStudents(tx, actor, "abernathy"));
  expect(found.map((one) => one.id)).toEqual([river.student]);
});

test("wrong state: departed students come last, disabled people only where they hold a place", async () => {
  await makeStudent(lake.id, { givenName: "Aaron", familyName: "Abernathy", active: false });
  const found = await as(lake.manager, (tx, actor) => searchStudents(tx, actor, "ABERNATHY"));
  expect(found.map((one) => [one.givenName, one.departed])).toEqual([
    ["Jonah", false],
    ["Aaron", true],
  ]);
  await sql("update membership set disabled_at = now() where id = $1", [lake.colleague.membershipId]);
  const offered = async (keep: string[]) =>
    (await as(lake.manager, (tx) => listCaseChoices(tx, keep))).people.map((one) => one.name);
  expect(await offered([])).toEqual(["Lake Brasher", "Lake Whitfield"]);
  expect(await offered([lake.colleague.membershipId ?? ""])).toContain("Lake Kowalczyk (disabled)");
});

test("bad input: what isn't an id, an id that never was, a search for nothing", async () => {
  for (const id of ["new", "1 or 1=1", randomUUID(), ""]) expect(await find(lake.manager, id)).toBeNull();
  for (const q of ["", "   ", "%", "' or 1=1 --"])
    expect(await as(lake.manager, (tx, actor) => searchStudents(tx, actor, q))).toEqual([]);
});

test("two at once: a hundred readings are a hundred rows of one unbroken chain", async () => {
  const id = await makeCase(lake);
  await Promise.all(Array.from({ length: 100 }, () => find(lake.manager, id)));
  expect((await audited(lake.id, id)).filter((action) => action === "case.read")).toHaveLength(100);
  const [broken] = await sql<{ count: string }>(
    "select count(*) from audit a join audit b on b.district_id = a.district_id and b.seq = a.seq + 1 where b.prev <> a.hash and a.district_id = $1",
    [lake.id],
  );
  expect(broken?.count).toBe("0");
});
