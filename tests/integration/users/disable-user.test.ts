import { describe, expect, test } from "vitest";
import { systemSignIn } from "@/lib/db/system";
import { disableUser } from "@/lib/users/disable-user";
import { findInvitation } from "@/lib/users/find-invitation";
import { issueInvitation } from "@/lib/users/issue-invitation";
import { findSession } from "@/lib/users/session";
import { signIn } from "@/lib/users/sign-in";
import {
  asOwner,
  auditActions,
  type Member,
  makeMember,
  makeTenant,
  nobodysId,
  testPassword,
} from "../../support/make-tenant";
import { sessionOf } from "../../support/session-of";

const disable = (by: Member, id: string) => by.doors.district((tx) => disableUser(tx, by.actor, { id }));
const activeAdmins = (districtId: string) =>
  asOwner(
    "select from membership where district_id = $1 and 'manageDistrict' = any (permissions) and disabled_at is null",
    [districtId],
  );

describe("succeeds", () => {
  test("ends the place here, and links that are out", async () => {
    const tenant = await makeTenant();
    const member = await makeMember(tenant, { joined: false });
    const { token } = await tenant.admin.doors.district((tx) =>
      issueInvitation(tx, tenant.admin.actor, member.membershipId),
    );
    // Whoever hasn't joined has no session that this district may end.
    expect(await disable(tenant.admin, member.membershipId)).toEqual({ endSessionsOf: null });
    expect(await systemSignIn((tx) => findInvitation(tx, token))).toBeNull();
    expect(await auditActions(tenant.districtId)).toEqual(["user.disable"]);
  });

  test("a running session has lost the district at its next request", async () => {
    const [here, there] = [await makeTenant(), await makeTenant()];
    const member = await makeMember(here);
    await makeMember(there, { email: member.email });
    const token = await signIn(systemSignIn, {
      identifier: member.email,
      password: testPassword,
      ip: null,
      agent: null,
    });
    await disable(here.admin, member.membershipId);
    const session = await systemSignIn((tx) => findSession(tx, sessionOf(token)));
    expect(session?.memberships.map((one) => one.districtId)).toEqual([there.districtId]);
  });

  test("twice is once", async () => {
    const tenant = await makeTenant();
    const member = await makeMember(tenant);
    await disable(tenant.admin, member.membershipId);
    expect(await disable(tenant.admin, member.membershipId)).toEqual({ endSessionsOf: null });
    expect(await auditActions(tenant.districtId)).toEqual(["user.disable"]);
  });
});

describe("wrong permission", () => {
  test("is refused", async () => {
    const tenant = await makeTenant();
    const manager = await makeMember(tenant, { permissions: ["manageCases"] });
    await expect(disable(manager, tenant.admin.membershipId)).rejects.toThrow("forbidden");
  });
});

describe("other district", () => {
  test("its users aren't there, and a person's place there stays", async () => {
    const [here, there] = [await makeTenant(), await makeTenant()];
    const member = await makeMember(here);
    const elsewhere = await makeMember(there, { email: member.email });
    await expect(disable(here.admin, elsewhere.membershipId)).rejects.toThrow("not-there");
    await disable(here.admin, member.membershipId);
    expect(
      await asOwner("select from membership where id = $1 and disabled_at is null", [elsewhere.membershipId]),
    ).toHaveLength(1);
  });
});

describe("wrong state", () => {
  test("the last admin stays", async () => {
    const tenant = await makeTenant();
    await makeMember(tenant, { permissions: ["manageDistrict"], joined: false });
    await expect(disable(tenant.admin, tenant.admin.membershipId)).rejects.toThrow("last-admin");
  });
});

describe("bad input", () => {
  test("an id that nobody has", async () => {
    const tenant = await makeTenant();
    await expect(disable(tenant.admin, nobodysId())).rejects.toThrow("not-there");
  });
});

describe("two at once", () => {
  test("two admins disabling each other: one wins, every time", async () => {
    for (let round = 0; round < 20; round++) {
      const tenant = await makeTenant();
      const second = await makeMember(tenant, { permissions: ["manageDistrict"] });
      const outcomes = await Promise.allSettled([
        disable(tenant.admin, second.membershipId),
        disable(second, tenant.admin.membershipId),
      ]);
      expect(outcomes.filter((one) => one.status === "fulfilled")).toHaveLength(1);
      expect(await activeAdmins(tenant.districtId)).toHaveLength(1);
    }
  });

  test("of five admins who disable one another in a ring one at least stays", async () => {
    const tenant = await makeTenant();
    const admins = [tenant.admin];
    for (let i = 0; i < 4; i++) admins.push(await makeMember(tenant, { permissions: ["manageDistrict"] }));
    await Promise.allSettled(
      admins.map((admin, i) => disable(admin, admins[(i + 1) % admins.length]?.membershipId ?? "")),
    );
    expect((await activeAdmins(tenant.districtId)).length).toBeGreaterThan(0);
  });
});
