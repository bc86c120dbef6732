import { describe, expect, test } from "vitest";
import { setPermissions } from "@/lib/users/set-permissions";
import { asOwner, auditActions, type Member, makeMember, makeTenant, nobodysId } from "../../support/make-tenant";

const set = (by: Member, id: string, permissions: Parameters<typeof setPermissions>[2]["permissions"]) =>
  by.doors.district((tx) => setPermissions(tx, by.actor, { id, permissions }));
const permissionsOf = async (id: string) =>
  (await asOwner<{ permissions: string[] }>("select permissions from membership where id = $1", [id]))[0]?.permissions;

describe("succeeds", () => {
  test("sets them, writes it down, and says whose sessions are to end", async () => {
    const tenant = await makeTenant();
    const member = await makeMember(tenant);
    expect(await set(tenant.admin, member.membershipId, ["manageCases", "purge"])).toEqual({
      endSessionsOf: member.userId,
    });
    expect(await permissionsOf(member.membershipId)).toEqual(["manageCases", "purge"]);
    expect(await auditActions(tenant.districtId)).toEqual(["user.permissions"]);
  });

  test("the same ones once more change nothing and end no session", async () => {
    const tenant = await makeTenant();
    const member = await makeMember(tenant, { permissions: ["purge", "manageCases"] });
    expect(await set(tenant.admin, member.membershipId, ["manageCases", "purge", "purge"])).toEqual({
      endSessionsOf: null,
    });
    expect(await auditActions(tenant.districtId)).toEqual([]);
  });

  test("an admin may hand the district over", async () => {
    const tenant = await makeTenant();
    const other = await makeMember(tenant);
    await set(tenant.admin, other.membershipId, ["manageDistrict"]);
    await set(tenant.admin, tenant.admin.membershipId, ["manageCases"]);
    expect(await permissionsOf(tenant.admin.membershipId)).toEqual(["manageCases"]);
  });
});

describe("wrong permission", () => {
  test("is refused, to oneself too", async () => {
    const tenant = await makeTenant();
    const manager = await makeMember(tenant, { permissions: ["manageCases", "manageDocuments", "purge"] });
    await expect(set(manager, manager.membershipId, ["manageDistrict"])).rejects.toThrow("forbidden");
  });

  test("who lost the permission since the page was loaded is refused", async () => {
    const tenant = await makeTenant();
    const second = await makeMember(tenant, { permissions: ["manageDistrict"] });
    await asOwner("update membership set permissions = '{}' where id = $1", [second.membershipId]);
    await expect(set(second, tenant.admin.membershipId, [])).rejects.toThrow("forbidden");
  });
});

describe("other district", () => {
  test("its users aren't there", async () => {
    const [here, there] = [await makeTenant(), await makeTenant()];
    const stranger = await makeMember(there, { permissions: ["manageCases"] });
    await expect(set(here.admin, stranger.membershipId, [])).rejects.toThrow("not-there");
    expect(await permissionsOf(stranger.membershipId)).toEqual(["manageCases"]);
  });
});

describe("wrong state", () => {
  test("the last admin keeps Manage District, whoever asks", async () => {
    const tenant = await makeTenant();
    await makeMember(tenant, { permissions: ["manageDistrict"], joined: false });
    const disabled = await makeMember(tenant, { permissions: ["manageDistrict"] });
    await asOwner("update membership set disabled_at = now() where id = $1", [disabled.membershipId]);
    await expect(set(tenant.admin, tenant.admin.membershipId, ["manageCases"])).rejects.toThrow("last-admin");
    expect(await permissionsOf(tenant.admin.membershipId)).toContain("manageDistrict");
  });

  test("a disabled user isn't there", async () => {
    const tenant = await makeTenant();
    const member = await makeMember(tenant);
    await asOwner("update membership set disabled_at = now() where id = $1", [member.membershipId]);
    await expect(set(tenant.admin, member.membershipId, ["manageCases"])).rejects.toThrow("not-there");
  });
});

describe("bad input", () => {
  test("an id that nobody has", async () => {
    const tenant = await makeTenant();
    await expect(set(tenant.admin, nobodysId(), [])).rejects.toThrow("not-there");
  });

  test("a permission that doesn't exist", async () => {
    const tenant = await makeTenant();
    const member = await makeMember(tenant);
    await expect(set(tenant.admin, member.membershipId, ["root" as never])).rejects.toThrow();
    expect(await permissionsOf(member.membershipId)).toEqual([]);
  });
});

describe("two at once", () => {
  test("two admins taking the permission from each other: one wins, every time", async () => {
    for (let round = 0; round < 20; round++) {
      const tenant = await makeTenant();
      const second = await makeMember(tenant, { permissions: ["manageDistrict"] });
      const outcomes = await Promise.allSettled([
        set(tenant.admin, second.membershipId, []),
        set(second, tenant.admin.membershipId, []),
      ]);
      expect(outcomes.filter((one) => one.status === "fulfilled")).toHaveLength(1);
      expect(
        await asOwner("select from membership where district_id = $1 and 'manageDistrict' = any (permissions)", [
          tenant.districtId,
        ]),
      ).toHaveLength(1);
    }
  });

  test("two admins resigning at once: one stays", async () => {
    const tenant = await makeTenant();
    const second = await makeMember(tenant, { permissions: ["manageDistrict"] });
    const outcomes = await Promise.allSettled([
      set(tenant.admin, tenant.admin.membershipId, []),
      set(second, second.membershipId, []),
    ]);
    expect(outcomes.map((one) => one.status).sort()).toEqual(["fulfilled", "rejected"]);
  });
});
