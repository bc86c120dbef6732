import { describe, expect, test } from "vitest";
import { disableUser } from "@/lib/users/disable-user";
import { enableUser } from "@/lib/users/enable-user";
import { deviceOf, isKnown } from "../../support/device-of";
import { asOwner, auditActions, type Member, makeMember, makeTenant, nobodysId } from "../../support/make-tenant";

const enable = (by: Member, id: string) => by.doors.district((tx) => enableUser(tx, by.actor, { id }));
const disable = (by: Member, id: string) => by.doors.district((tx) => disableUser(tx, by.actor, { id }));

describe("succeeds", () => {
  test("gives the place back, with its permissions", async () => {
    const tenant = await makeTenant();
    const member = await makeMember(tenant, { permissions: ["manageCases"] });
    await disable(tenant.admin, member.membershipId);
    await enable(tenant.admin, member.membershipId);
    expect(
      await asOwner("select permissions, disabled_at from membership where id = $1", [member.membershipId]),
    ).toEqual([{ permissions: ["manageCases"], disabled_at: null }]);
    expect(await auditActions(tenant.districtId)).toEqual(["user.disable", "user.enable"]);
  });

  test("browsers that were known before the disabling stay unknown, those since are known", async () => {
    const tenant = await makeTenant();
    const member = await makeMember(tenant);
    const known = (cookie: string) => isKnown(member.userId, cookie);
    const before = await deviceOf(member.userId);
    expect(await known(before)).toBe(true);
    await disable(tenant.admin, member.membershipId);
    const meanwhile = await deviceOf(member.userId);
    await enable(tenant.admin, member.membershipId);
    expect([await known(before), await known(meanwhile)]).toEqual([false, false]);
    const since = await deviceOf(member.userId);
    expect(await known(since)).toBe(true);
  });
});

describe("wrong permission", () => {
  test("is refused", async () => {
    const tenant = await makeTenant();
    const manager = await makeMember(tenant, { permissions: ["manageCases"] });
    await expect(enable(manager, manager.membershipId)).rejects.toThrow("forbidden");
  });
});

describe("other district", () => {
  test("its users aren't there", async () => {
    const [here, there] = [await makeTenant(), await makeTenant()];
    const stranger = await makeMember(there);
    await asOwner("update membership set disabled_at = now() where id = $1", [stranger.membershipId]);
    await expect(enable(here.admin, stranger.membershipId)).rejects.toThrow("not-there");
    expect(
      await asOwner("select from membership where id = $1 and disabled_at is null", [stranger.membershipId]),
    ).toHaveLength(0);
  });
});

describe("wrong state", () => {
  test("who isn't disabled stays as they are, and nothing is written down", async () => {
    const tenant = await makeTenant();
    const member = await makeMember(tenant);
    await enable(tenant.admin, member.membershipId);
    expect(await auditActions(tenant.districtId)).toEqual([]);
  });
});

describe("bad input", () => {
  test("an id that nobody has", async () => {
    const tenant = await makeTenant();
    await expect(enable(tenant.admin, nobodysId())).rejects.toThrow("not-there");
  });
});

describe("two at once", () => {
  test("five clicks are one", async () => {
    const tenant = await makeTenant();
    const member = await makeMember(tenant);
    await disable(tenant.admin, member.membershipId);
    await Promise.all(Array.from({ length: 5 }, () => enable(tenant.admin, member.membershipId)));
    expect(await auditActions(tenant.districtId)).toEqual(["user.disable", "user.enable"]);
  });
});
