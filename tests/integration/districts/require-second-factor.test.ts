import { describe, expect, test } from "vitest";
import { systemSignIn } from "@/lib/db/system";
import { getSettings } from "@/lib/districts/get-settings";
import { requireSecondFactor } from "@/lib/districts/require-second-factor";
import { findSession } from "@/lib/users/session";
import { auditActions, type Member, makeMember, makeTenant } from "../../support/make-tenant";
import { openSession } from "../../support/second-factor";

const require = ({ doors, actor }: Member, on: boolean) =>
  doors.district((tx) => requireSecondFactor(tx, actor, { on }));
const isRequired = async ({ doors, actor }: Member) =>
  (await doors.district((tx) => getSettings(tx, actor))).secondFactorRequired;

describe("succeeds", () => {
  test("on and off, in the log; a session knows it at its next request", async () => {
    const { districtId, admin } = await makeTenant();
    const { token } = await openSession(admin);
    const seen = async () =>
      (await systemSignIn((tx) => findSession(tx, token)))?.memberships.map((one) => one.secondFactorRequired);
    expect(await seen()).toEqual([false]);
    await require(admin, true);
    expect(await isRequired(admin)).toBe(true);
    expect(await seen()).toEqual([true]);
    await require(admin, false);
    expect(await seen()).toEqual([false]);
    expect(await auditActions(districtId)).toEqual(["district.second-factor", "district.second-factor"]);
  });
});

describe("wrong permission", () => {
  test("without Manage District", async () => {
    const tenant = await makeTenant();
    const member = await makeMember(tenant, { permissions: ["manageCases", "manageDocuments", "purge"] });
    await expect(require(member, true)).rejects.toThrow("forbidden");
  });
});

describe("other district", () => {
  test("one district's rule isn't another's, of the same person either", async () => {
    const [one, two] = [await makeTenant({ name: "A" }), await makeTenant({ name: "B" })];
    const member = await makeMember(one);
    await makeMember(two, { email: member.email });
    await require(one.admin, true);
    expect(await isRequired(two.admin)).toBe(false);
    const { token } = await openSession(member);
    const session = await systemSignIn((tx) => findSession(tx, token));
    expect(session?.memberships.map((place) => [place.slug, place.secondFactorRequired])).toEqual([
      [one.slug, true],
      [two.slug, false],
    ]);
  });
});

describe("wrong state", () => {
  test("what stands already isn't written down again", async () => {
    const { districtId, admin } = await makeTenant();
    await require(admin, false);
    expect(await auditActions(districtId)).toEqual([]);
  });
});

describe("two at once", () => {
  test("is once", async () => {
    const { districtId, admin } = await makeTenant();
    await Promise.all([require(admin, true), require(admin, true), require(admin, true)]);
    expect(await auditActions(districtId)).toEqual(["district.second-factor"]);
  });
});
