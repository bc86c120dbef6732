import { describe, expect, it } from "vitest";
import { dismissStaffProposal, findStaffProposal, listStaffProposals } from "@/lib/roster/staff-proposals";
import { asOwner, makeMember, makeTenant, nobodysId, type Tenant } from "../../support/make-tenant";
import { applied, bundleFiles, type Person, zipOf } from "./bundles";

const staff: Person[] = [
  { id: "t1", role: "teacher", given: "Barry", family: "Tanner", email: "barry@north.example", username: "btanner" },
  { id: "t2", role: "administrator", given: "Lois", family: "Quinn" },
  { id: "g1", role: "guardian", given: "Somebody’s", family: "Mother" },
];
const student: Person = { id: "s1" };

async function withStaff(): Promise<Tenant> {
  const tenant = await makeTenant();
  await applied(tenant, zipOf(bundleFiles([student, ...staff])));
  return tenant;
}
const listed = async ({ admin }: Tenant, q = "") =>
  admin.doors.district((tx) => listStaffProposals(tx, admin.actor, { q }));

describe("succeeds", () => {
  it("proposes staff, by name, and makes nobody a user", async () => {
    const tenant = await withStaff();
    const members = await asOwner("select 1 from membership where district_id = $1", [tenant.districtId]);
    expect(members).toHaveLength(1);
    const found = await listed(tenant);
    expect(found.proposals).toMatchObject([
      { familyName: "Quinn", email: null, role: "administrator" },
      { familyName: "Tanner", email: "barry@north.example", username: "btanner", building: "North High" },
    ]);
    expect((await listed(tenant, "north barry")).total).toBe(1);
  });

  it("stops proposing who became a user, was put away, or left", async () => {
    const tenant = await withStaff();
    await makeMember(tenant, { email: "barry@north.example" });
    const [quinn, ...others] = (await listed(tenant)).proposals;
    expect(others).toEqual([]);
    const { doors, actor } = tenant.admin;
    await doors.district((tx) => dismissStaffProposal(tx, actor, { id: quinn?.id ?? "" }));
    expect((await listed(tenant)).total).toBe(0);
    await asOwner("update staff_proposal set dismissed_at = null where district_id = $1", [tenant.districtId]);
    await applied(tenant, zipOf(bundleFiles([student])));
    expect((await listed(tenant)).total).toBe(0);
    await applied(tenant, zipOf(bundleFiles([student, ...staff])));
    expect((await listed(tenant)).total).toBe(1);
  });
});

describe("wrong permission", () => {
  it("refuses who doesn't manage the district", async () => {
    const tenant = await withStaff();
    const manager = await makeMember(tenant, { permissions: ["manageCases"] });
    const [one] = (await listed(tenant)).proposals;
    const id = one?.id ?? "";
    const refused = { kind: "forbidden" };
    await expect(manager.doors.district((tx) => listStaffProposals(tx, manager.actor, {}))).rejects.toMatchObject(
      refused,
    );
    await expect(manager.doors.district((tx) => findStaffProposal(tx, manager.actor, id))).rejects.toMatchObject(
      refused,
    );
    await expect(manager.doors.district((tx) => dismissStaffProposal(tx, manager.actor, { id }))).rejects.toMatchObject(
      refused,
    );
  });
});

describe("other district", () => {
  it("has nobody of ours", async () => {
    const tenant = await withStaff();
    const other = await makeTenant();
    const [one] = (await listed(tenant)).proposals;
    const { doors, actor } = other.admin;
    expect((await listed(other)).total).toBe(0);
    expect(await doors.district((tx) => findStaffProposal(tx, actor, one?.id ?? nobodysId()))).toBeNull();
    await expect(doors.district((tx) => dismissStaffProposal(tx, actor, { id: one?.id ?? "" }))).rejects.toMatchObject({
      kind: "not-there",
    });
  });
});
