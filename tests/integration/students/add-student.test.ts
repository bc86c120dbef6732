import { randomUUID } from "node:crypto";
import { describe, expect, test } from "vitest";
import { withDistrict } from "@/lib/db/tenant";
import type { DomainError } from "@/lib/errors";
import type { Actor } from "@/lib/policy";
import { addStudent } from "@/lib/students/add-student";
import { audited } from "../../support/documents";
import { addMember, makeWorld, outcome } from "../../support/world";

const world = await makeWorld();
const { lakeview, riverbend } = world;
type Input = Parameters<typeof addStudent>[2];
let next = 0;
const input = (of: Partial<Input> = {}): Input => ({
  id: randomUUID(),
  givenName: `Imani${++next}`,
  familyName: "Rutherford",
  preferredName: null,
  birthDate: new Date(Date.UTC(2010, 0, 1 + next * 40)).toISOString().slice(0, 10),
  sisId: `M${next}`,
  stateId: null,
  grade: "9",
  buildingId: lakeview.buildingId,
  anotherOne: false,
  ...of,
});
const add = (actor: Actor, of: Partial<Input> = {}) => withDistrict(actor, (tx) => addStudent(tx, actor, input(of)));
const refusal = async (work: Promise<unknown>) => {
  try {
    await work;
  } catch (error) {
    return error as DomainError;
  }
  throw new Error("not refused");
};

describe("succeeds", () => {
  test("by hand, audited; held documents are looked at again", async () => {
    const { id } = await add(lakeview.clerk, { givenName: "Zuri", sisId: "204871", preferredName: "Z" });
    const [row] = await world.sql(
      "select sis_id, given_name, preferred_name, source, active from student where id = $1",
      [id],
    );
    expect(row).toEqual({ sis_id: "204871", given_name: "Zuri", preferred_name: "Z", source: "manual", active: true });
    expect(await audited(world, lakeview, id)).toEqual(["student.add"]);
    const jobs = await world.sql("select data from pgboss.job where name = 'recheck'");
    expect(jobs).toContainEqual({ data: { districtId: lakeview.id } });
  });
  test("a second click of the same form finds the student there", async () => {
    const form = input();
    const click = () => withDistrict(lakeview.clerk, (tx) => addStudent(tx, lakeview.clerk, form));
    expect([await click(), await click()]).toEqual([{ id: form.id }, { id: form.id }]);
    expect(await audited(world, lakeview, form.id)).toEqual(["student.add"]);
  });
  test("Back, and somebody else in the same form: two students", async () => {
    const form = input();
    await add(lakeview.clerk, form);
    const { id } = await add(lakeview.clerk, {
      ...form,
      givenName: "Otto",
      familyName: "Vale",
      birthDate: "2015-01-01",
      sisId: `X${next}`,
    });
    expect(id).not.toBe(form.id);
  });
});

describe("wrong permission", () => {
  test("for Manage Documents or Manage District", async () => {
    const office = await addMember(world, lakeview, "office", ["manageDistrict"]);
    expect(await outcome(add(office))).toBe("done");
    expect(await outcome(add(lakeview.manager))).toBe("forbidden");
    expect(await outcome(add(lakeview.staff))).toBe("forbidden");
  });
});

describe("other district", () => {
  test("its numbers, ids and buildings mean nothing here", async () => {
    const taken = await add(lakeview.clerk, { sisId: "77" });
    expect(await outcome(add(riverbend.clerk, { sisId: "77", buildingId: null }))).toBe("done");
    expect(await outcome(add(riverbend.clerk, { id: taken.id, buildingId: null }))).toBe("done");
    expect(await outcome(add(lakeview.clerk, { buildingId: riverbend.buildingId }))).toBe("choice-gone");
  });
});

describe("wrong state", () => {
  test("a taken SIS ID says whose it is", async () => {
    const [ana] = lakeview.students;
    const error = await refusal(add(lakeview.clerk, { sisId: ana?.sisId as string }));
    expect([error.kind, error.data]).toEqual(["sis-id-taken", { studentId: ana?.id, name: "Torres, Ana" }]);
  });
  test.each([
    ["the same name and birth date", { givenName: "Ana", familyName: "Torres", birthDate: "2012-01-15" }],
    ["without accents, one letter off", { givenName: "Chloe", familyName: "Dupond", birthDate: "2012-03-15" }],
    ["the name, without a birth date", { givenName: "Ben", familyName: "Cole", birthDate: null }],
    ["the state ID, another name", { stateId: "TX-3", birthDate: null }],
  ])("%s: asks first, and adds when it's somebody else", async (_, of) => {
    const error = await refusal(add(lakeview.clerk, of));
    expect(error.kind).toBe("student-alike");
    expect((error.data as { students: unknown[] }).students).toHaveLength(1);
    expect(await outcome(add(lakeview.clerk, { ...of, anotherOne: true }))).toBe("done");
  });
  test("the same name and another birth date is nobody to ask about", async () => {
    expect(await outcome(add(lakeview.clerk, { givenName: "Dev", familyName: "Rao", birthDate: "2009-09-09" }))).toBe(
      "done",
    );
  });
});

describe("bad input", () => {
  test("a building that never was", async () => {
    expect(await outcome(add(lakeview.clerk, { buildingId: randomUUID() }))).toBe("choice-gone");
  });
});

describe("two at once", () => {
  test("of two people with one SIS ID the second is told", async () => {
    const ends = await Promise.all([
      outcome(add(lakeview.clerk, { sisId: "same" })),
      outcome(add(lakeview.admin, { sisId: "same" })),
    ]);
    expect(ends.sort()).toEqual(["done", "sis-id-taken"]);
  });
});
