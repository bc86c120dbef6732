import { describe, expect, test } from "vitest";
import { systemSignIn } from "@/lib/db/system";
import { findFactorOf, resetFactor } from "@/lib/users/reset-factor";
import { findSession } from "@/lib/users/session";
import { asOwner, auditActions, makeMember, makeTenant, nobodysId, type Tenant } from "../../support/make-tenant";
import { enrolled, holdClock } from "../../support/second-factor";

holdClock();

const reset = (tenant: Pick<Tenant, "admin">, id: string) => resetFactor(systemSignIn, tenant.admin.actor, { id });
const since = (tenant: Pick<Tenant, "admin">, id: string) =>
  systemSignIn((tx) => findFactorOf(tx, tenant.admin.actor, id));

describe("succeeds", () => {
  test("the factor goes, the sessions end, a mail is on its way, each district of the person knows", async () => {
    const [here, there] = [await makeTenant(), await makeTenant()];
    const member = await makeMember(here);
    const place = await makeMember(there, { email: member.email });
    const { token } = await enrolled(member);
    expect(await since(here, member.membershipId)).toBeInstanceOf(Date);
    await reset(here, member.membershipId);
    expect(await since(here, member.membershipId)).toBeNull();
    expect(await systemSignIn((tx) => findSession(tx, token))).toBeNull();
    const rows = await asOwner(
      "select district_id, actor_id, actor_name, subject_id from audit where action = 'factor.reset' and subject_id = any ($1) order by actor_id nulls last",
      [[member.membershipId, place.membershipId]],
    );
    // The other district learns that it was done, not by whom.
    expect(rows).toEqual([
      {
        district_id: here.districtId,
        actor_id: here.admin.membershipId,
        actor_name: here.admin.actor.name,
        subject_id: member.membershipId,
      },
      { district_id: there.districtId, actor_id: null, actor_name: null, subject_id: place.membershipId },
    ]);
    const jobs = await asOwner<{ data: object }>(
      "select data from pgboss.job where name = 'notify' and data ->> 'membershipId' = $1",
      [member.membershipId],
    );
    expect(jobs.map((job) => job.data)).toMatchObject([{ event: "factor-reset", districtId: here.districtId }]);
  });
});

describe("wrong permission", () => {
  test("without Manage District, or having lost it meanwhile", async () => {
    const tenant = await makeTenant();
    const member = await makeMember(tenant);
    await enrolled(member);
    const clerk = await makeMember(tenant, { permissions: ["manageCases", "manageDocuments", "purge"] });
    await expect(reset({ admin: clerk }, member.membershipId)).rejects.toThrow("forbidden");
    await asOwner("update membership set permissions = '{}' where id = $1", [tenant.admin.membershipId]);
    await expect(reset(tenant, member.membershipId)).rejects.toThrow("not-there");
    expect(await asOwner("select from recovery_code where user_id = $1", [member.userId])).toHaveLength(10);
  });

  test("one's own goes by Your account", async () => {
    const tenant = await makeTenant();
    await enrolled(tenant.admin);
    await expect(reset(tenant, tenant.admin.membershipId)).rejects.toThrow("not-there");
  });
});

describe("other district", () => {
  test("another district's member is not there, nor is what they have", async () => {
    const [here, there] = [await makeTenant(), await makeTenant()];
    const member = await makeMember(there);
    await enrolled(member);
    expect(await since(here, member.membershipId)).toBeNull();
    await expect(reset(here, member.membershipId)).rejects.toThrow("not-there");
    expect(await since(there, member.membershipId)).not.toBeNull();
  });
});

describe("wrong state", () => {
  test("who has none, or is invited or disabled", async () => {
    const tenant = await makeTenant();
    const member = await makeMember(tenant);
    await reset(tenant, member.membershipId);
    const invited = await makeMember(tenant, { joined: false });
    await expect(reset(tenant, invited.membershipId)).rejects.toThrow("not-there");
    expect(await auditActions(tenant.districtId)).toEqual([]);
  });
});

describe("bad input", () => {
  test("nobody's id", async () => {
    await expect(reset(await makeTenant(), nobodysId())).rejects.toThrow("not-there");
  });
});

describe("two at once", () => {
  test("a double click is one reset and one mail", async () => {
    const tenant = await makeTenant();
    const member = await makeMember(tenant);
    await enrolled(member);
    await Promise.all([reset(tenant, member.membershipId), reset(tenant, member.membershipId)]);
    expect((await auditActions(tenant.districtId)).filter((one) => one === "factor.reset")).toHaveLength(1);
  });
});
