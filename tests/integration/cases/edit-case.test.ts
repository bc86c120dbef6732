import { randomUUID } from "node:crypto";
import { describe, expect, test } from "vitest";
import { editCase } from "@/lib/cases/edit-case";
import { findCase } from "@/lib/cases/find-case";
import { as, audited, facts, failure, makeCase, makeDistrict, sql } from "./fixtures";

const lake = await makeDistrict("Lake");
const river = await makeDistrict("River");
const staffId = lake.staff.membershipId ?? "";

const edit = (actor: typeof lake.manager, id: string, version: number, of: Parameters<typeof facts>[0] = {}) =>
  as(actor, (tx) => editCase(tx, actor, { id, version, ...facts(of) }));

describe("succeeds", () => {
  test("facts, assigned users, version, time and audit", async () => {
    const id = await makeCase(lake, { assigned: [lake.colleague.membershipId ?? ""] });
    await edit(lake.manager, id, 1, {
      buildingId: lake.otherBuilding,
      status: "closed",
      level: "imminent",
      assigned: [staffId],
    });
    const view = await as(lake.staff, (tx, actor) => findCase(tx, actor, id));
    expect(view).toMatchObject({
      version: 2,
      status: "closed",
      level: "imminent",
      building: { name: "Lake Middle" },
      assigned: [{ id: staffId }],
    });
    const [row] = await sql<{ detail: object }>(
      "select detail from audit where subject_id = $1 and action = 'case.edit'",
      [id],
    );
    expect(row?.detail).toMatchObject({
      changed: "building status level",
      assigned: 1,
      unassigned: 1,
      statusWas: "open",
      status: "closed",
    });
  });
  test("the search finds it by the new building", async () => {
    const id = await makeCase(lake, { buildingId: lake.building });
    await edit(lake.manager, id, 1, { buildingId: lake.otherBuilding });
    const [row] = await sql<{ search: string }>('select search from "case" where id = $1', [id]);
    expect(row?.search).toContain("lake middle");
    expect(row?.search).not.toContain("lake high");
  });
  test("taking the assignment away takes the sight away", async () => {
    const id = await makeCase(lake, { assigned: [staffId] });
    await edit(lake.manager, id, 1, { assigned: [] });
    expect(await as(lake.staff, (tx, actor) => findCase(tx, actor, id))).toBeNull();
  });
});

test("wrong permission: an assigned member reads, but doesn't edit", async () => {
  const id = await makeCase(lake, { assigned: [staffId] });
  expect(await failure(edit(lake.staff, id, 1))).toBe("forbidden");
  expect(await audited(lake.id, id)).toEqual(["case.create"]);
});

test("other district: not there", async () => {
  const id = await makeCase(lake);
  expect(await failure(edit(river.manager, id, 1))).toBe("not-there");
});

test("wrong state: an older version", async () => {
  const id = await makeCase(lake);
  await edit(lake.manager, id, 1, { level: "high" });
  expect(await failure(edit(lake.manager, id, 1, { level: "low" }))).toBe("changed-meanwhile");
  expect((await as(lake.manager, (tx, actor) => findCase(tx, actor, id)))?.level).toBe("high");
});

test("bad input", async () => {
  const id = await makeCase(lake);
  expect(await failure(edit(lake.manager, randomUUID(), 1))).toBe("not-there");
  expect(await failure(edit(lake.manager, id, 1, { teamId: randomUUID() }))).toBe("choice-gone");
  expect(await failure(edit(lake.manager, id, 1, { assigned: [randomUUID()] }))).toBe("choice-gone");
});

test("two at once: one wins, the other is told", async () => {
  const id = await makeCase(lake);
  const ends = await Promise.all([
    failure(edit(lake.manager, id, 1, { level: "high" })),
    failure(edit(lake.colleague, id, 1, { level: "imminent" })),
  ]);
  expect(ends.sort()).toEqual(["", "changed-meanwhile"]);
});

test("disabled: who has a place in the case keeps it, and gets no other", async () => {
  const bay = await makeDistrict("Bay");
  const gone = bay.staff.membershipId ?? "";
  const [managed, assigned] = [await makeCase(bay, { managerId: gone }), await makeCase(bay, { assigned: [gone] })];
  await sql("update membership set disabled_at = now() where id = $1", [gone]);
  await edit(bay.manager, managed, 1, { managerId: gone, level: "high" });
  await edit(bay.manager, assigned, 1, { assigned: [gone], level: "high" });
  expect(await failure(edit(bay.manager, assigned, 2, { managerId: gone, assigned: [gone] }))).toBe("choice-gone");
  const other = await makeCase(bay);
  expect(await failure(edit(bay.manager, other, 1, { managerId: gone }))).toBe("choice-gone");
  expect(await failure(edit(bay.manager, other, 1, { assigned: [gone] }))).toBe("choice-gone");
});
