import { randomUUID } from "node:crypto";
import { describe, expect, test } from "vitest";
import { changePerson } from "@/lib/cases/change-person";
import { findCase } from "@/lib/cases/find-case";
import { as, audited, failure, makeCase, makeDistrict, makeStudent, sql } from "./fixtures";

const lake = await makeDistrict("Lake");
const river = await makeDistrict("River");
const right = await makeStudent(lake.id, { givenName: "Marisol", familyName: "Castellanos" });
const nora = { givenName: "Nora", familyName: "Eriksson-Bell", birthDate: null, grade: null };
type Who = Parameters<typeof changePerson>[2]["who"];
const change = (actor: typeof lake.manager, id: string, version: number, who: Who) =>
  as(actor, (tx) => changePerson(tx, actor, { id, version, who }));
const personOf = async (id: string) => (await as(lake.manager, (tx, actor) => findCase(tx, actor, id)))?.person;

describe("succeeds", () => {
  test("to another student: found by the new name, audited with ids alone", async () => {
    const id = await makeCase(lake);
    await change(lake.manager, id, 1, { studentId: right });
    expect(await personOf(id)).toMatchObject({ familyName: "Castellanos", studentId: right });
    const [row] = await sql<{ search: string; person_sort: string }>(
      'select search, person_sort from "case" where id = $1',
      [id],
    );
    expect(row).toMatchObject({ person_sort: "castellanos marisol" });
    expect(row?.search).not.toContain("abernathy");
    const [entry] = await sql<{ detail: object }>(
      "select detail from audit where subject_id = $1 and action = 'case.change-person'",
      [id],
    );
    expect(entry?.detail).toEqual({ studentWas: lake.student, personWas: null, student: right, person: null });
  });
  test("to somebody who isn't on the roster", async () => {
    const id = await makeCase(lake);
    await change(lake.manager, id, 1, { person: nora });
    expect(await personOf(id)).toMatchObject({ familyName: "Eriksson-Bell", studentId: null });
  });
  test("a correction keeps the person's row", async () => {
    const id = await makeCase(lake, {}, { person: { ...nora, familyName: "Erikson" } });
    await change(lake.manager, id, 1, { correct: nora });
    expect(await personOf(id)).toMatchObject({ familyName: "Eriksson-Bell" });
    expect(
      await sql(
        "select 1 from person p join \"case\" c on c.person_id = p.id where c.id = $1 and p.family_name = 'Eriksson-Bell'",
        [id],
      ),
    ).toHaveLength(1);
    expect(await audited(lake.id, id)).toContain("case.correct-person");
    const [row] = await sql<{ person_sort: string }>('select person_sort from "case" where id = $1', [id]);
    expect(row?.person_sort).toBe("eriksson bell nora");
  });
});

test("wrong permission", async () => {
  const id = await makeCase(lake, { assigned: [lake.staff.membershipId ?? ""] });
  expect(await failure(change(lake.staff, id, 1, { studentId: right }))).toBe("forbidden");
});

test("other district: neither its case nor its student", async () => {
  const id = await makeCase(lake);
  expect(await failure(change(river.manager, id, 1, { studentId: river.student }))).toBe("not-there");
  expect(await failure(change(lake.manager, id, 1, { studentId: river.student }))).toBe("student-gone");
});

test("wrong state: an older version; nobody to correct", async () => {
  const id = await makeCase(lake);
  expect(await failure(change(lake.manager, id, 2, { studentId: right }))).toBe("changed-meanwhile");
  expect(await failure(change(lake.manager, id, 1, { correct: nora }))).toBe("changed-meanwhile");
});

test("wrong state: on hold, nothing that is written about its person is overwritten", async () => {
  const id = await makeCase(lake, {}, { person: nora });
  await sql(
    "insert into legal_hold (district_id, case_id, reason, placed_by, placed_by_name) values ($1, $2, 'A claim', $3, 'x')",
    [lake.id, id, lake.manager.membershipId],
  );
  expect(await failure(change(lake.manager, id, 1, { correct: { ...nora, familyName: "Else" } }))).toBe("on-hold");
  expect(await failure(change(lake.manager, id, 1, { studentId: right }))).toBe("on-hold");
  expect(await personOf(id)).toMatchObject({ familyName: "Eriksson-Bell" });
});

test("bad input", async () => {
  const id = await makeCase(lake);
  expect(await failure(change(lake.manager, id, 1, { studentId: randomUUID() }))).toBe("student-gone");
  expect(await failure(change(lake.manager, randomUUID(), 1, { studentId: right }))).toBe("not-there");
});

test("two at once: one wins, and nobody is written down for nothing", async () => {
  const id = await makeCase(lake);
  const before = (await sql("select 1 from person where district_id = $1", [lake.id])).length;
  const ends = await Promise.all([
    failure(change(lake.manager, id, 1, { person: nora })),
    failure(change(lake.colleague, id, 1, { person: nora })),
  ]);
  expect(ends.sort()).toEqual(["", "changed-meanwhile"]);
  expect((await sql("select 1 from person where district_id = $1", [lake.id])).length).toBe(before + 1);
});
