import { describe, expect, test } from "vitest";
import { systemSignIn } from "@/lib/db/system";
import { requireSecondFactor } from "@/lib/districts/require-second-factor";
import { removeFactor } from "@/lib/users/remove-factor";
import { renewRecoveryCodes } from "@/lib/users/renew-recovery-codes";
import { signIn } from "@/lib/users/sign-in";
import { deviceOf, isKnown } from "../../support/device-of";
import { asOwner, auditActions, type Member, makeMember, makeTenant, testPassword } from "../../support/make-tenant";
import { enrolled, holdClock } from "../../support/second-factor";

holdClock();

const remove = (member: Member) => removeFactor(systemSignIn, { userId: member.userId, ip: null });
const enter = (member: Member) =>
  signIn(systemSignIn, { identifier: member.email, password: testPassword, ip: null, agent: null });
const codesOf = (member: Member) =>
  asOwner("select from recovery_code where user_id = $1 and used_at is null", [member.userId]);

describe("succeeds", () => {
  test("the password alone signs in again, the recovery codes are gone, the log has it", async () => {
    const { districtId, admin } = await makeTenant();
    await enrolled(admin);
    expect(await enter(admin)).toHaveProperty("half");
    await remove(admin);
    expect(await enter(admin)).toHaveProperty("session");
    expect(await codesOf(admin)).toEqual([]);
    expect(await auditActions(districtId)).toEqual(["factor.enrol", "factor.remove", "user.sign-in"]);
  });

  test("browsers that were known before it was set up, or while it stood, stay unknown", async () => {
    const { admin } = await makeTenant();
    const before = await deviceOf(admin.userId);
    await enrolled(admin);
    const meanwhile = await deviceOf(admin.userId);
    await remove(admin);
    expect([await isKnown(admin.userId, before), await isKnown(admin.userId, meanwhile)]).toEqual([false, false]);
    expect(await isKnown(admin.userId, await deviceOf(admin.userId))).toBe(true);
  });

  test("new recovery codes replace the earlier ones", async () => {
    const { districtId, admin } = await makeTenant();
    const { codes } = await enrolled(admin);
    const renewed = await renewRecoveryCodes(systemSignIn, { userId: admin.userId, ip: null });
    expect(renewed.filter((code) => codes.includes(code))).toEqual([]);
    expect(await codesOf(admin)).toHaveLength(10);
    expect(await auditActions(districtId)).toEqual(["factor.enrol", "factor.recovery-codes"]);
  });
});

describe("wrong permission", () => {
  test("refused while a district of theirs requires one, by its name; one that disabled them doesn't count", async () => {
    const [here, there] = [await makeTenant(), await makeTenant({ name: "Strict ISD" })];
    const member = await makeMember(here);
    const place = await makeMember(there, { email: member.email });
    await enrolled(member);
    await there.admin.doors.district((tx) => requireSecondFactor(tx, there.admin.actor, { on: true }));
    await expect(remove(member)).rejects.toMatchObject({ kind: "factor-required", data: { district: "Strict ISD" } });
    await asOwner("update membership set disabled_at = now() where id = $1", [place.membershipId]);
    await expect(remove(member)).resolves.toBeUndefined();
  });
});

describe("other district", () => {
  test("nobody else's factor goes", async () => {
    const [one, two] = [await makeTenant(), await makeTenant()];
    await enrolled(one.admin);
    await enrolled(two.admin);
    await remove(one.admin);
    expect(await codesOf(two.admin)).toHaveLength(10);
    expect(await enter(two.admin)).toHaveProperty("half");
  });
});

describe("wrong state", () => {
  test("without one there is nothing to turn off, and no codes to renew", async () => {
    const { districtId, admin } = await makeTenant();
    await remove(admin);
    await expect(renewRecoveryCodes(systemSignIn, { userId: admin.userId, ip: null })).rejects.toThrow(
      "factor-missing",
    );
    expect(await auditActions(districtId)).toEqual([]);
  });
});

describe("two at once", () => {
  test("turning off twice is once; renewing twice leaves ten codes", async () => {
    const { districtId, admin } = await makeTenant();
    await enrolled(admin);
    const renew = () => renewRecoveryCodes(systemSignIn, { userId: admin.userId, ip: null });
    await Promise.all([renew(), renew(), renew()]);
    expect(await codesOf(admin)).toHaveLength(10);
    await Promise.all([remove(admin), remove(admin)]);
    expect((await auditActions(districtId)).filter((one) => one === "factor.remove")).toHaveLength(1);
  });
});
