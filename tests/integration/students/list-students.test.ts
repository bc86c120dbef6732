import { randomUUID } from "node:crypto";
import { describe, expect, test } from "vitest";
import { withDistrict } from "@/lib/db/tenant";
import type { Actor } from "@/lib/policy";
import { getStudentsPage, listStudents } from "@/lib/students/list-students";
import { parseStudentFilter } from "@/lib/students/student-filter";
import { putDocument, quarantine } from "../../support/documents";
import { addCase, addMember, makeWorld } from "../../support/world";

const world = await makeWorld();
const { lakeview, riverbend, maple } = world;
const list = (actor: Actor, query: Record<string, string> = {}) =>
  withDistrict(actor, (tx) => listStudents(tx, actor, parseStudentFilter(query)));
const names = async (actor: Actor, query: Record<string, string> = {}) =>
  (await list(actor, query)).rows.map((row) => row.givenName);

const [ana, ben, chloe, dev] = lakeview.students.map((one) => one.id) as [string, string, string, string];
const [south] = await world.sql<{ id: string }>(
  "insert into building (district_id, name) values ($1, 'Südstadt Elementary') returning id",
  [lakeview.id],
);
await world.sql("update student set grade = 'KG', building_id = $2 where id = $1", [ana, south?.id]);
await world.sql("update student set grade = '10' where id = $1", [ben]);
await world.sql("update student set grade = '9', preferred_name = 'Coco' where id = $1", [chloe]);
await world.sql("update student set active = false, birth_date = null where id = $1", [dev]);
await putDocument(world, lakeview, { studentId: ben, owner: lakeview.staff });
await putDocument(world, lakeview, { studentId: ana, deletedDaysAgo: 1 });
const hidden = await putDocument(world, lakeview, { studentId: chloe });
await quarantine(world, hidden.id);
await addCase(world, lakeview, { studentId: chloe });
await addCase(world, lakeview, { studentId: dev, status: "closed" });

describe("succeeds", () => {
  test.each([
    ["", ["Ben", "Chloë", "Dev", "Ana"]],
    ["dupont", ["Chloë"]],
    ["CHLOE dup", ["Chloë"]],
    ["coco", ["Chloë"]],
    ["s101", ["Ben"]],
    ["tx-3", ["Dev"]],
    ["sudstadt", ["Ana"]],
    ["torres südstadt", ["Ana"]],
    ["2/15/2012", ["Ben"]],
    ["2012-02-15", ["Ben"]],
    ["Feb 15, 2012 cole", ["Ben"]],
    ["Feb 15, 2012 dupont", []],
    ["do", []],
    ["--", []],
  ])("finds by %j", async (q, found) => {
    expect(await names(lakeview.admin, { q })).toEqual(found);
  });
  test.each([
    ["duponte", ["dupont"]],
    ["chloee dupond", ["chloe dupont"]],
    ["torez", ["torres"]],
    ["duponte 5/2/1931", []],
    ["zzzzzz", []],
    ["s1019", []],
    ["", []],
  ])("offers close spellings that find somebody for %j", async (q, offered) => {
    const page = await withDistrict(lakeview.admin, (tx) =>
      getStudentsPage(tx, lakeview.admin, parseStudentFilter({ q })),
    );
    expect(page.close).toEqual(offered);
  });
  test("a close spelling keeps the birth date and the filters", async () => {
    const close = (query: Record<string, string>) =>
      withDistrict(
        lakeview.admin,
        async (tx) => (await getStudentsPage(tx, lakeview.admin, parseStudentFilter(query))).close,
      );
    const [born] = await world.sql<{ day: string }>("select birth_date::text as day from student where id = $1", [
      chloe,
    ]);
    expect(await close({ q: `duponte ${born?.day}` })).toEqual([`dupont ${born?.day}`]);
    expect(await close({ q: "duponte", grade: "9" })).toEqual(["dupont"]);
    expect(await close({ q: "duponte", grade: "10" })).toEqual([]);
  });
  test("offers nobody a spelling of a student whom they don't see", async () => {
    const close = (actor: Actor, q: string) =>
      withDistrict(actor, async (tx) => (await getStudentsPage(tx, actor, parseStudentFilter({ q }))).close);
    expect(await close(lakeview.staff, "duponte")).toEqual([]);
    await world.sql("update student set preferred_name = 'Quillfeather' where id = $1", [dev]);
    expect(await close(lakeview.admin, "quilfeather")).toEqual(["quillfeather"]);
    expect(await close(riverbend.admin, "quilfeather")).toEqual([]);
  });
  test("filters", async () => {
    expect(await names(lakeview.admin, { building: south?.id as string })).toEqual(["Ana"]);
    expect(await names(lakeview.admin, { grade: "9" })).toEqual(["Chloë"]);
    expect(await names(lakeview.admin, { show: "documents" })).toEqual(["Ben"]);
    expect(await names(lakeview.admin, { show: "open-case" })).toEqual(["Chloë"]);
    expect(await names(lakeview.admin, { show: "departed" })).toEqual(["Dev"]);
    expect(await names(lakeview.admin, { show: "departed", q: "torres" })).toEqual([]);
  });
  test("sorts; who has no building, grade or birth date comes last", async () => {
    const by = (sort: string) => names(lakeview.admin, { sort });
    expect(await by("name.down")).toEqual(["Ana", "Dev", "Chloë", "Ben"]);
    expect(await by("grade.up")).toEqual(["Ana", "Chloë", "Ben", "Dev"]);
    expect(await by("born.down")).toEqual(["Chloë", "Ben", "Ana", "Dev"]);
    expect(await by("born.up")).toEqual(["Ana", "Ben", "Chloë", "Dev"]);
    expect(await by("sis.down")).toEqual(["Dev", "Chloë", "Ben", "Ana"]);
    expect((await by("building.down"))[0]).toBe("Ana");
  });
  test("counts documents and open cases that the reader sees; offers the grades in their order", async () => {
    const of = async (actor: Actor) =>
      (await list(actor)).rows.map((row) => [row.givenName, row.documents, row.openCases]);
    expect(await of(lakeview.admin)).toEqual([
      ["Ben", 1, 0],
      ["Chloë", 0, 1],
      ["Dev", 0, 0],
      ["Ana", 0, 0],
    ]);
    expect(await of(lakeview.manager)).toEqual([
      ["Ben", 0, 0],
      ["Chloë", 0, 1],
      ["Dev", 0, 0],
      ["Ana", 0, 0],
    ]);
    const page = await withDistrict(lakeview.admin, (tx) =>
      getStudentsPage(tx, lakeview.admin, parseStudentFilter({})),
    );
    expect(page.grades).toEqual(["KG", "9", "10"]);
    expect(page.buildings.map((one) => one.name)).toEqual(["North Middle School", "Südstadt Elementary"]);
  });
  test("pages, and a page beyond the end gives the last one", async () => {
    await world.sql(
      "insert into student (district_id, sis_id, given_name, family_name) select $1, 'P' || i, 'Kim', 'Page' || lpad(i::text, 4, '0') from generate_series(1, 1200) i",
      [maple.id],
    );
    const [one, last] = [await list(maple.admin, { q: "page" }), await list(maple.admin, { q: "page", page: "999" })];
    expect([one.rows.length, one.total, one.more, one.pages, one.rows[0]?.familyName]).toEqual([
      50,
      1000,
      true,
      20,
      "Page0001",
    ]);
    expect([last.page, last.rows.at(-1)?.familyName]).toEqual([20, "Page1000"]);
    const all = await list(maple.admin, { page: "2" });
    expect([all.total, all.more, all.rows.length]).toEqual([1000, true, 50]);
  });
});

describe("wrong permission", () => {
  test("staff see students whose document they own or whose case they're assigned to, filters included", async () => {
    const helper = await addMember(world, lakeview, "helper", []);
    await addCase(world, lakeview, { studentId: ana, assigned: [helper] });
    expect(await names(lakeview.staff)).toEqual(["Ben"]);
    expect(await names(lakeview.staff, { q: "dupont" })).toEqual([]);
    expect(await names(helper)).toEqual(["Ana"]);
    expect(await names(helper, { show: "documents" })).toEqual([]);
    expect(await names(helper, { show: "open-case" })).toEqual(["Ana"]);
    expect(await names(lakeview.manager, { show: "documents" })).toEqual([]);
  });
});

describe("other district", () => {
  test("none of theirs", async () => {
    const found = await list(riverbend.admin, { q: "torres" });
    expect(found.rows.map((row) => row.id)).toEqual([riverbend.students[0]?.id]);
    expect((await list(riverbend.admin, { building: south?.id as string })).total).toBe(0);
  });
});

describe("wrong state", () => {
  test("says whether anything is there at all, and what matches without the filters", async () => {
    const at = (actor: Actor, query: Record<string, string>) =>
      withDistrict(actor, (tx) => getStudentsPage(tx, actor, parseStudentFilter(query)));
    expect(await at(lakeview.admin, { q: "cole", grade: "9" })).toMatchObject({ any: true, matchElsewhere: 1 });
    const nobody = await addMember(world, lakeview, "nobody", []);
    expect(await at(nobody, {})).toMatchObject({ any: false, seesAll: false });
  });
});

describe("bad input", () => {
  test("what the URL doesn't mean is left aside", async () => {
    const odd = {
      sort: "'; drop table student",
      page: "-4",
      building: "x",
      grade: "'",
      show: "all",
      q: "\0cole' or 1=1 --",
    };
    expect((await list(lakeview.admin, odd)).total).toBe(0);
    expect(await names(lakeview.admin, { ...odd, q: "%" })).toEqual([]);
    expect((await list(lakeview.admin, { grade: "77" })).total).toBe(0);
    expect((await list(lakeview.admin, { building: randomUUID() })).total).toBe(0);
  });
});

describe("two at once", () => {
  test("two readers of two districts each see their own", async () => {
    const pages = await Promise.all([
      list(lakeview.admin),
      list(riverbend.admin),
      list(lakeview.admin),
      list(riverbend.admin),
    ]);
    expect(pages.map((page) => page.rows[0]?.id)).toEqual([
      ben,
      riverbend.students[1]?.id,
      ben,
      riverbend.students[1]?.id,
    ]);
  });
});
