import { describe, expect, it } from "vitest";
import { getSetup, hideSetup } from "@/lib/districts/get-setup";
import { asOwner, auditActions, makeMember, makeTenant } from "../../support/make-tenant";

describe("succeeds", () => {
  it("says what a new district lacks, and nothing once it lacks nothing", async () => {
    const tenant = await makeTenant({ switchOn: false });
    const { doors, actor } = tenant.admin;
    const setup = () => doors.district((tx) => getSetup(tx, actor));
    expect(await setup()).toEqual({
      coordinator: false,
      buildings: false,
      teams: false,
      roster: false,
      users: false,
      switches: false,
    });
    const id = [tenant.districtId];
    await asOwner("update district_settings set coordinator_name = 'Maria' where district_id = $1", id);
    await asOwner("insert into building (district_id, name) values ($1, 'North')", id);
    await asOwner("insert into team (district_id, name) values ($1, 'Care')", id);
    await asOwner(
      "insert into student (district_id, sis_id, given_name, family_name, source) values ($1, '1', 'A', 'B', 'manual')",
      id,
    );
    await makeMember(tenant);
    expect(await setup()).toEqual({
      coordinator: true,
      buildings: true,
      teams: true,
      roster: false,
      users: true,
      switches: false,
    });
    await asOwner("update student set source = 'roster' where district_id = $1", id);
    await asOwner("update district set case_transfers_on = true where id = $1", id);
    expect(await setup()).toBeNull();
  });

  it("is put away once, for everybody", async () => {
    const tenant = await makeTenant();
    const { doors, actor } = tenant.admin;
    for (let i = 0; i < 2; i++) await doors.district((tx) => hideSetup(tx, actor));
    expect(await doors.district((tx) => getSetup(tx, actor))).toBeNull();
    expect(await auditActions(tenant.districtId)).toEqual(["district.hide-setup"]);
  });
});

describe("wrong permission", () => {
  it("refuses who doesn't manage the district", async () => {
    const member = await makeMember(await makeTenant(), { permissions: ["manageCases"] });
    for (const verb of [getSetup, hideSetup])
      await expect(member.doors.district((tx) => verb(tx, member.actor) as Promise<unknown>)).rejects.toMatchObject({
        kind: "forbidden",
      });
  });
});
