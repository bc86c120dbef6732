import { randomUUID } from "node:crypto";
import { describe, expect, test } from "vitest";
import { createCase } from "@/lib/cases/create-case";
import { findCase } from "@/lib/cases/find-case";
import { as, audited, facts, failure, makeDistrict, sql } from "./fixtures";

const lake = await makeDistrict("Lake");
const river = await makeDistrict("River");
const about = { who: { studentId: lake.student } };

describe("succeeds", () => {
  test("for a student: the next number, the facts, an audit row", async () => {
    const id = randomUUID();
    await as(lake.manager, (tx, actor) =>
      createCase(tx, actor, {
        id,
        ...about,
        ...facts({ buildingId: lake.building, teamId: lake.team, managerId: lake.manager.membershipId, level: "high" }),
      }),
    );
    const view = await as(lake.manager, (tx, actor) => findCase(tx, actor, id));
    expect(view).toMatchObject({
      status: "open",
      level: "high",
      version: 1,
      person: { familyName: "Abernathy", grade: "9", studentId: lake.student, birthDate: "2011-05-06" },
      building: { name: "Lake High" },
      team: { name: "Threat Assessment", leader: "Lake Kowalczyk" },
      manager: { name: "Lake Whitfield" },
      assigned: [],
      origin: null,
    });
    expect(view?.number).toMatch(/^\d{4}-\d{4}$/);
    expect(await audited(lake.id, id)).toEqual(["case.create", "case.read"]);
  });
  test.each(["Seán O’Brien-Núñez", '\'; drop table "case"; --', "محمد علي", "👩‍🚒 Zoë", "李小龍"])(
    "for a person who isn't on the roster: %s",
    async (familyName) => {
      const id = randomUUID();
      const who = { person: { givenName: familyName, familyName, birthDate: "2012-02-29", grade: "K" } };
      await as(lake.manager, (tx, actor) => createCase(tx, actor, { id, who, ...facts() }));
      const view = await as(lake.manager, (tx, actor) => findCase(tx, actor, id));
      expect(view?.person).toMatchObject({
        familyName,
        givenName: familyName,
        birthDate: "2012-02-29",
        studentId: null,
      });
    },
  );
  test("a manager without Manage Cases is assigned, since they'd not see the case", async () => {
    const id = randomUUID();
    await as(lake.manager, (tx, actor) =>
      createCase(tx, actor, { id, ...about, ...facts({ managerId: lake.staff.membershipId }) }),
    );
    expect((await as(lake.staff, (tx, actor) => findCase(tx, actor, id)))?.id).toBe(id);
  });
});

test("wrong permission", async () => {
  expect(
    await failure(as(lake.staff, (tx, actor) => createCase(tx, actor, { id: randomUUID(), ...about, ...facts() }))),
  ).toBe("forbidden");
});

describe("other district", () => {
  test("its student", async () => {
    const input = { id: randomUUID(), who: { studentId: river.student }, ...facts() };
    expect(await failure(as(lake.manager, (tx, actor) => createCase(tx, actor, input)))).toBe("student-gone");
  });
  test.each([
    { buildingId: river.building },
    { teamId: river.team },
    { managerId: river.manager.membershipId },
    { assigned: [lake.staff.membershipId ?? "", river.manager.membershipId ?? ""] },
  ])("its %o", async (choice) => {
    const input = { id: randomUUID(), ...about, ...facts(choice) };
    expect(await failure(as(lake.manager, (tx, actor) => createCase(tx, actor, input)))).toBe("choice-gone");
  });
  test("the id of one of its cases makes a case of one's own", async () => {
    const id = randomUUID();
    await as(river.manager, (tx, actor) =>
      createCase(tx, actor, { id, who: { studentId: river.student }, ...facts() }),
    );
    await as(lake.manager, (tx, actor) => createCase(tx, actor, { id, ...about, ...facts() }));
    const rows = await sql<{ district_id: string }>('select district_id from "case" where id = $1', [id]);
    expect(rows.map((row) => row.district_id).sort()).toEqual([lake.id, river.id].sort());
  });
});

test("wrong state: the student has left the roster, which keeps nobody from a case", async () => {
  await sql("update student set active = false where id = $1", [lake.student]);
  const id = randomUUID();
  expect(await failure(as(lake.manager, (tx, actor) => createCase(tx, actor, { id, ...about, ...facts() })))).toBe("");
  expect((await as(lake.manager, (tx, actor) => findCase(tx, actor, id)))?.person.departed).toBe(true);
});

test("bad input: a student and building that never were", async () => {
  expect(
    await failure(
      as(lake.manager, (tx, actor) =>
        createCase(tx, actor, { id: randomUUID(), who: { studentId: randomUUID() }, ...facts() }),
      ),
    ),
  ).toBe("student-gone");
  expect(
    await failure(
      as(lake.manager, (tx, actor) =>
        createCase(tx, actor, { id: randomUUID(), ...about, ...facts({ buildingId: randomUUID() }) }),
      ),
    ),
  ).toBe("choice-gone");
});

describe("two at once", () => {
  test("one form clicked twice is one case", async () => {
    const id = randomUUID();
    const both = await Promise.all(
      [1, 2].map(() => as(lake.manager, (tx, actor) => createCase(tx, actor, { id, ...about, ...facts() }))),
    );
    expect(both).toEqual([{ id }, { id }]);
    expect(await sql('select 1 from "case" where id = $1', [id])).toHaveLength(1);
    expect(await audited(lake.id, id)).toEqual(["case.create"]);
  });
  test("ten forms get ten numbers", async () => {
    const ids = Array.from({ length: 10 }, () => randomUUID());
    await Promise.all(
      ids.map((id) => as(lake.manager, (tx, actor) => createCase(tx, actor, { id, ...about, ...facts() }))),
    );
    const rows = await sql<{ number: string }>('select distinct number from "case" where id = any ($1)', [ids]);
    expect(rows).toHaveLength(10);
  });
});

describe("the browser's Back button: the form comes again with its id", () => {
  const nora = { givenName: "Nora", familyName: "Eriksson-Bell", birthDate: "2012-02-29", grade: null };
  const full = {
    ...facts({
      buildingId: lake.building,
      teamId: lake.team,
      managerId: lake.staff.membershipId,
      assigned: [lake.colleague.membershipId ?? ""],
    }),
  };
  const make = (id: string, of: Partial<Parameters<typeof createCase>[2]> = {}, actor = lake.manager) =>
    as(actor, (tx) => createCase(tx, actor, { id, who: { person: nora }, ...full, ...of }));

  test("unchanged it's the same case, and nobody is written down twice", async () => {
    const id = randomUUID();
    const before = (await sql("select 1 from person where district_id = $1", [lake.id])).length;
    expect([await make(id), await make(id)]).toEqual([{ id }, { id }]);
    expect((await sql("select 1 from person where district_id = $1", [lake.id])).length).toBe(before + 1);
  });
  test.each([
    { who: { person: { ...nora, givenName: "Norah" } } },
    { who: { person: { ...nora, birthDate: null } } },
    { who: { studentId: lake.student } },
    { buildingId: null },
    { teamId: null },
    { managerId: null },
    { managerId: lake.colleague.membershipId },
    { status: "closed" as const },
    { level: "imminent" as const },
    { assigned: [] },
  ])("with %o it's another case, once", async (of) => {
    const id = randomUUID();
    await make(id);
    const [second, again] = await Promise.all([make(id, of), make(id, of)]);
    expect(second.id).not.toBe(id);
    expect(again).toEqual(second);
    expect(await audited(lake.id, second.id)).toEqual(["case.create"]);
    const rows = await sql<{ number: string }>('select distinct number from "case" where id = any ($1)', [
      [id, second.id],
    ]);
    expect(rows).toHaveLength(2);
  });
  test("by somebody else it's theirs", async () => {
    const id = randomUUID();
    await make(id);
    expect((await make(id, {}, lake.colleague)).id).not.toBe(id);
  });
});

test("disabled: nobody who was disabled is given a place", async () => {
  const bay = await makeDistrict("Bay");
  const gone = bay.staff.membershipId ?? "";
  await sql("update membership set disabled_at = now() where id = $1", [gone]);
  for (const of of [{ managerId: gone }, { assigned: [gone] }]) {
    const input = { id: randomUUID(), who: { studentId: bay.student }, ...facts(of) };
    expect(await failure(as(bay.manager, (tx, actor) => createCase(tx, actor, input)))).toBe("choice-gone");
  }
});
