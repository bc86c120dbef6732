import { randomUUID } from "node:crypto";
import { describe, expect, test } from "vitest";
import { withDistrict } from "@/lib/db/tenant";
import { findStudentPage } from "@/lib/documents/find-student-page";
import type { Actor } from "@/lib/policy";
import { addStudent } from "@/lib/students/add-student";
import { editStudent } from "@/lib/students/edit-student";
import { audited } from "../../support/documents";
import { makeWorld, outcome } from "../../support/world";

const world = await makeWorld();
const { lakeview, riverbend } = world;
let next = 0;
const facts = () => ({
  givenName: `Rosa${++next}`,
  familyName: `Marquez${next}`,
  preferredName: null,
  birthDate: "2011-02-03",
  sisId: `E${next}`,
  stateId: null,
  grade: "9",
  buildingId: null,
  anotherOne: false,
});
const make = async () => {
  const input = { id: randomUUID(), ...facts() };
  await withDistrict(lakeview.clerk, (tx) => addStudent(tx, lakeview.clerk, input));
  return input;
};
const markOf = async (id: string) =>
  (await withDistrict(lakeview.clerk, (tx) => findStudentPage(tx, lakeview.clerk, id)))?.student.mark ?? "";
const edit = (actor: Actor, input: Parameters<typeof editStudent>[2]) =>
  withDistrict(actor, (tx) => editStudent(tx, actor, input));

describe("succeeds", () => {
  test("one who was added by hand, audited; cases are found by the new name", async () => {
    const student = await make();
    await edit(lakeview.clerk, { ...student, familyName: "Márquez-Ibarra", mark: await markOf(student.id) });
    const [row] = await world.sql("select family_name from student where id = $1", [student.id]);
    expect(row?.family_name).toBe("Márquez-Ibarra");
    expect(await audited(world, lakeview, student.id)).toEqual(["student.add", "student.read", "student.edit"]);
  });
});

describe("wrong permission", () => {
  test("refused", async () => {
    const student = await make();
    expect(await outcome(edit(lakeview.manager, { ...student, mark: "1" }))).toBe("forbidden");
    expect(await outcome(edit(lakeview.staff, { ...student, mark: "1" }))).toBe("forbidden");
  });
});

describe("other district", () => {
  test("not there", async () => {
    const student = await make();
    expect(await outcome(edit(riverbend.clerk, { ...student, mark: await markOf(student.id) }))).toBe("not-there");
  });
});

describe("wrong state", () => {
  test("one of the roster is read-only", async () => {
    const id = lakeview.students[0]?.id as string;
    expect(await outcome(edit(lakeview.clerk, { id, ...facts(), mark: await markOf(id) }))).toBe("from-roster");
  });
  test("a SIS ID that somebody else has; a name that somebody else has", async () => {
    const [one, two] = [await make(), await make()];
    const mark = await markOf(two.id);
    expect(await outcome(edit(lakeview.clerk, { ...two, sisId: one.sisId, mark }))).toBe("sis-id-taken");
    const alike = { ...two, givenName: one.givenName, familyName: one.familyName, mark };
    expect(await outcome(edit(lakeview.clerk, alike))).toBe("student-alike");
    expect(await outcome(edit(lakeview.clerk, { ...alike, anotherOne: true }))).toBe("done");
  });
});

describe("bad input", () => {
  test("nobody", async () => {
    expect(await outcome(edit(lakeview.clerk, { id: randomUUID(), ...facts(), mark: "1" }))).toBe("not-there");
  });
});

describe("two at once", () => {
  test("the second is told", async () => {
    const student = await make();
    const mark = await markOf(student.id);
    const ends = await Promise.all([
      outcome(edit(lakeview.clerk, { ...student, grade: "10", mark })),
      outcome(edit(lakeview.admin, { ...student, grade: "11", mark })),
    ]);
    expect(ends.sort()).toEqual(["changed-meanwhile", "done"]);
  });
});
