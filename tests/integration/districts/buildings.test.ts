import { describe, expect, test } from "vitest";
import { addBuilding } from "@/lib/districts/add-building";
import { listBuildings } from "@/lib/districts/list-buildings";
import { removeBuilding } from "@/lib/districts/remove-building";
import { renameBuilding } from "@/lib/districts/rename-building";
import { asOwner, auditActions, type Member, makeMember, makeTenant, nobodysId } from "../../support/make-tenant";

const add = (by: Member, name: string) => by.doors.district((tx) => addBuilding(tx, by.actor, { name }));
const rename = (by: Member, id: string, name: string) =>
  by.doors.district((tx) => renameBuilding(tx, by.actor, { id, name }));
const remove = (by: Member, id: string) => by.doors.district((tx) => removeBuilding(tx, by.actor, { id }));
const list = (by: Member) => by.doors.district((tx) => listBuildings(tx, by.actor));
const addStudent = (districtId: string, buildingId: string) =>
  asOwner(
    "insert into student (district_id, sis_id, given_name, family_name, building_id) values ($1, gen_random_uuid()::text, 'A', 'B', $2)",
    [districtId, buildingId],
  );

describe("succeeds", () => {
  test("add, rename, list with what hangs on each, remove", async () => {
    const { admin, districtId } = await makeTenant();
    const north = await add(admin, "North High");
    const south = await add(admin, "South");
    await rename(admin, south, "École du Sud");
    await addStudent(districtId, north);
    expect(await list(admin)).toEqual([
      { id: north, name: "North High", cases: 0, students: 1, removable: false },
      { id: south, name: "École du Sud", cases: 0, students: 0, removable: true },
    ]);
    await remove(admin, south);
    expect((await list(admin)).map((one) => one.id)).toEqual([north]);
    expect(await auditActions(districtId)).toEqual([
      "building.add",
      "building.add",
      "building.rename",
      "building.remove",
    ]);
  });

  test("its cases are found by the new name at once", async () => {
    const { admin, districtId } = await makeTenant();
    const id = await add(admin, "North High");
    const [person] = await asOwner<{ id: string }>(
      "insert into person (district_id, given_name, family_name) values ($1, 'A', 'B') returning id",
      [districtId],
    );
    await asOwner(`insert into "case" (district_id, number, person_id, building_id) values ($1, '2026-1', $2, $3)`, [
      districtId,
      person?.id,
      id,
    ]);
    await rename(admin, id, "École du Sud");
    const [row] = await asOwner<{ search: string; person_sort: string }>(
      `select search, person_sort from "case" where building_id = $1`,
      [id],
    );
    expect(row?.search).toContain("ecole du sud");
    expect(row?.search).not.toContain("north");
    expect(row?.person_sort).toBe("b a");
  });

  test("a name may change in capitals alone", async () => {
    const { admin } = await makeTenant();
    const id = await add(admin, "north high");
    await rename(admin, id, "North High");
    expect((await list(admin))[0]?.name).toBe("North High");
  });
});

describe("wrong permission", () => {
  test("all of it is refused", async () => {
    const tenant = await makeTenant();
    const id = await add(tenant.admin, "North");
    const manager = await makeMember(tenant, { permissions: ["manageCases", "manageDocuments", "purge"] });
    for (const attempt of [
      () => add(manager, "X"),
      () => rename(manager, id, "X"),
      () => remove(manager, id),
      () => list(manager),
    ])
      await expect(attempt()).rejects.toThrow("forbidden");
  });
});

describe("other district", () => {
  test("its buildings aren't there; its names are free here", async () => {
    const [here, there] = [await makeTenant(), await makeTenant()];
    const theirs = await add(there.admin, "North");
    await add(here.admin, "North");
    await expect(rename(here.admin, theirs, "Mine now")).rejects.toThrow("not-there");
    await expect(remove(here.admin, theirs)).rejects.toThrow("not-there");
    expect((await list(there.admin)).map((one) => one.name)).toEqual(["North"]);
  });
});

describe("wrong state", () => {
  test("one that somebody is in can't be removed", async () => {
    const { admin, districtId } = await makeTenant();
    const id = await add(admin, "North");
    await addStudent(districtId, id);
    await expect(remove(admin, id)).rejects.toThrow("in-use");
    expect(await list(admin)).toHaveLength(1);
  });

  test("a name that's taken, capitals aside", async () => {
    const { admin } = await makeTenant();
    await add(admin, "North");
    const south = await add(admin, "South");
    await expect(add(admin, "NORTH")).rejects.toMatchObject({ kind: "name-taken", data: { field: "name" } });
    await expect(rename(admin, south, "north")).rejects.toThrow("name-taken");
  });
});

describe("bad input", () => {
  test("an id that nothing has", async () => {
    const { admin } = await makeTenant();
    await expect(rename(admin, nobodysId(), "X")).rejects.toThrow("not-there");
    await expect(remove(admin, nobodysId())).rejects.toThrow("not-there");
  });
});

describe("two at once", () => {
  test("the same name added ten times, in different capitals, is one building", async () => {
    const { admin } = await makeTenant();
    const outcomes = await Promise.allSettled(
      Array.from({ length: 10 }, (_, i) => add(admin, i % 2 ? "North" : "NORTH")),
    );
    expect(outcomes.filter((one) => one.status === "fulfilled")).toHaveLength(1);
    expect(await list(admin)).toHaveLength(1);
  });

  test("two renamed to one name: one keeps its own", async () => {
    const { admin } = await makeTenant();
    const ids = [await add(admin, "A"), await add(admin, "B")];
    const outcomes = await Promise.allSettled(ids.map((id) => rename(admin, id, "C")));
    expect(outcomes.map((one) => one.status).sort()).toEqual(["fulfilled", "rejected"]);
  });

  test("removed and moved into at the same moment: never a student without their building", async () => {
    for (let round = 0; round < 10; round++) {
      const { admin, districtId } = await makeTenant();
      const id = await add(admin, "North");
      const [moved, removed] = await Promise.allSettled([addStudent(districtId, id), remove(admin, id)]);
      expect([moved.status, removed.status].sort()).toEqual(["fulfilled", "rejected"]);
    }
  });
});
