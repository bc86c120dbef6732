import { describe, expect, test } from "vitest";
import { addTeam } from "@/lib/districts/add-team";
import { changeTeam } from "@/lib/districts/change-team";
import { listTeams } from "@/lib/districts/list-teams";
import { removeTeam } from "@/lib/districts/remove-team";
import { asOwner, auditActions, type Member, makeMember, makeTenant, nobodysId } from "../../support/make-tenant";

const add = (by: Member, name: string, leaderId: string | null = null) =>
  by.doors.district((tx) => addTeam(tx, by.actor, { name, leaderId }));
const change = (by: Member, id: string, name: string, leaderId: string | null = null) =>
  by.doors.district((tx) => changeTeam(tx, by.actor, { id, name, leaderId }));
const remove = (by: Member, id: string) => by.doors.district((tx) => removeTeam(tx, by.actor, { id }));
const list = (by: Member) => by.doors.district((tx) => listTeams(tx, by.actor));

async function addCase(districtId: string, teamId: string): Promise<void> {
  const [person] = await asOwner<{ id: string }>(
    "insert into person (district_id, given_name, family_name) values ($1, 'A', 'B') returning id",
    [districtId],
  );
  await asOwner(
    `insert into "case" (district_id, number, person_id, team_id) values ($1, gen_random_uuid()::text, $2, $3)`,
    [districtId, person?.id, teamId],
  );
}

describe("succeeds", () => {
  test("add, rename, a leader, list, remove", async () => {
    const tenant = await makeTenant();
    const { admin } = tenant;
    const leader = await makeMember(tenant, { name: "Lena Voss" });
    const east = await add(admin, "East", leader.membershipId);
    const west = await add(admin, "West");
    await change(admin, west, "West side", leader.membershipId);
    await addCase(tenant.districtId, east);
    expect(await list(admin)).toEqual([
      {
        id: east,
        name: "East",
        leader: { id: leader.membershipId, name: "Lena Voss", active: true },
        cases: 1,
        removable: false,
      },
      {
        id: west,
        name: "West side",
        leader: { id: leader.membershipId, name: "Lena Voss", active: true },
        cases: 0,
        removable: true,
      },
    ]);
    await remove(admin, west);
    expect(await auditActions(tenant.districtId)).toEqual(["team.add", "team.add", "team.change", "team.remove"]);
  });

  test("the team's cases are found by a new name and leader at once", async () => {
    const tenant = await makeTenant();
    const leader = await makeMember(tenant, { name: "Quentin Zephyr" });
    const id = await add(tenant.admin, "East");
    await addCase(tenant.districtId, id);
    await change(tenant.admin, id, "Harbor", leader.membershipId);
    const [row] = await asOwner<{ search: string }>(`select search from "case" where team_id = $1`, [id]);
    expect(row?.search).toContain("harbor quentin zephyr");
  });

  test("a leader who was disabled since may stay, and is shown as such", async () => {
    const tenant = await makeTenant();
    const leader = await makeMember(tenant);
    const id = await add(tenant.admin, "East", leader.membershipId);
    await asOwner("update membership set disabled_at = now() where id = $1", [leader.membershipId]);
    await change(tenant.admin, id, "East side", leader.membershipId);
    expect((await list(tenant.admin))[0]?.leader?.active).toBe(false);
  });
});

describe("wrong permission", () => {
  test("all of it is refused", async () => {
    const tenant = await makeTenant();
    const id = await add(tenant.admin, "East");
    const manager = await makeMember(tenant, { permissions: ["manageCases", "manageDocuments", "purge"] });
    for (const attempt of [
      () => add(manager, "X"),
      () => change(manager, id, "X"),
      () => remove(manager, id),
      () => list(manager),
    ])
      await expect(attempt()).rejects.toThrow("forbidden");
  });
});

describe("other district", () => {
  test("its teams aren't there, and its people can't lead", async () => {
    const [here, there] = [await makeTenant(), await makeTenant()];
    const theirs = await add(there.admin, "East");
    await expect(change(here.admin, theirs, "Mine")).rejects.toThrow("not-there");
    await expect(remove(here.admin, theirs)).rejects.toThrow("not-there");
    await expect(add(here.admin, "West", there.admin.membershipId)).rejects.toMatchObject({
      kind: "bad-value",
      data: { field: "leaderId" },
    });
  });
});

describe("wrong state", () => {
  test("one with a case can't be removed; a disabled user can't be made leader; a name is used once", async () => {
    const tenant = await makeTenant();
    const id = await add(tenant.admin, "East");
    await addCase(tenant.districtId, id);
    await expect(remove(tenant.admin, id)).rejects.toThrow("in-use");
    const gone = await makeMember(tenant);
    await asOwner("update membership set disabled_at = now() where id = $1", [gone.membershipId]);
    await expect(change(tenant.admin, id, "East", gone.membershipId)).rejects.toThrow("bad-value");
    await expect(add(tenant.admin, "EAST")).rejects.toThrow("name-taken");
  });
});

describe("bad input", () => {
  test("an id that nothing has", async () => {
    const { admin } = await makeTenant();
    await expect(change(admin, nobodysId(), "X")).rejects.toThrow("not-there");
    await expect(remove(admin, nobodysId())).rejects.toThrow("not-there");
    await expect(add(admin, "X", nobodysId())).rejects.toThrow("bad-value");
  });
});

describe("two at once", () => {
  test("the same name added ten times is one team", async () => {
    const { admin } = await makeTenant();
    const outcomes = await Promise.allSettled(Array.from({ length: 10 }, () => add(admin, "East")));
    expect(outcomes.filter((one) => one.status === "fulfilled")).toHaveLength(1);
  });

  test("removed and given a case at the same moment: never a case without its team", async () => {
    for (let round = 0; round < 10; round++) {
      const { admin, districtId } = await makeTenant();
      const id = await add(admin, "East");
      const [given, removed] = await Promise.allSettled([addCase(districtId, id), remove(admin, id)]);
      expect([given.status, removed.status].sort()).toEqual(["fulfilled", "rejected"]);
    }
  });
});
