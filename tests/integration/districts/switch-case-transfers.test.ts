import { describe, expect, test } from "vitest";
import { getSettings } from "@/lib/districts/get-settings";
import { switchCaseTransfers } from "@/lib/districts/switch-case-transfers";
import { asOwner, auditActions, type Member, makeMember, makeTenant, type Tenant } from "../../support/make-tenant";

const turn = (by: Member, on: boolean) => by.doors.district((tx) => switchCaseTransfers(tx, by.actor, { on }));
const isOn = async (tenant: Tenant) =>
  (
    await asOwner<{ case_transfers_on: boolean }>("select case_transfers_on from district where id = $1", [
      tenant.districtId,
    ])
  )[0]?.case_transfers_on;

/** A transfer in a state, without what is in it: the switch looks at the shared row alone. */
async function makeTransfer(from: Tenant, to: Tenant, status: string): Promise<void> {
  const [dispatch] = await asOwner<{ id: string }>(
    "insert into dispatch (district_id, created_by) values ($1, $2) returning id",
    [from.districtId, from.admin.membershipId],
  );
  const [transfer] = await asOwner<{ id: string }>(
    `insert into transfer (reference, dispatch_id, sending_district_id, receiving_district_id, item_count, sent_by, sent_by_user)
     values ('T-' || gen_random_uuid(), $1, $2, $3, 1, $4, $5) returning id`,
    [dispatch?.id, from.districtId, to.districtId, from.admin.membershipId, from.admin.userId],
  );
  const path =
    { preparing: [], pending: ["pending"], unlocked: ["pending", "unlocked"], cancelled: ["pending", "cancelled"] }[
      status
    ] ?? [];
  for (const one of path) await asOwner("update transfer set status = $2 where id = $1", [transfer?.id, one]);
}

describe("succeeds", () => {
  test("off and on; who and when stand in the settings and in the log", async () => {
    const tenant = await makeTenant();
    expect(await turn(tenant.admin, false)).toEqual({ waiting: 0, changed: true });
    expect(await isOn(tenant)).toBe(false);
    expect(await turn(tenant.admin, true)).toEqual({ waiting: 0, changed: true });
    const settings = await tenant.admin.doors.district((tx) => getSettings(tx, tenant.admin.actor));
    expect(settings.switchChanged?.by).toBe(tenant.admin.actor.name);
    expect(await auditActions(tenant.districtId)).toEqual(["district.switch-off", "district.switch-on"]);
  });

  test("switching off says how many pending transfers will wait, of both directions", async () => {
    const [here, there, elsewhere] = [await makeTenant(), await makeTenant(), await makeTenant()];
    for (const status of ["preparing", "pending", "unlocked", "cancelled"]) await makeTransfer(here, there, status);
    for (const status of ["preparing", "pending", "pending", "unlocked"]) await makeTransfer(there, here, status);
    await makeTransfer(there, elsewhere, "pending");
    expect(await turn(here.admin, false)).toEqual({ waiting: 3, changed: true });
  });
});

describe("wrong permission", () => {
  test("is refused without Manage Cases, with everything else", async () => {
    const tenant = await makeTenant();
    const clerk = await makeMember(tenant, { permissions: ["manageDocuments", "manageDistrict", "purge"] });
    await expect(turn(clerk, false)).rejects.toThrow("forbidden");
    expect(await isOn(tenant)).toBe(true);
  });
});

describe("other district", () => {
  test("its switch stays", async () => {
    const [here, there] = [await makeTenant(), await makeTenant()];
    await turn(here.admin, false);
    expect(await isOn(there)).toBe(true);
    await here.admin.doors.district((tx) =>
      tx.district.updateMany({ where: { id: there.districtId }, data: { caseTransfersOn: false } }),
    );
    expect(await isOn(there)).toBe(true);
  });
});

describe("wrong state", () => {
  test("where it stands already nothing is written", async () => {
    const tenant = await makeTenant({ switchOn: false });
    expect(await turn(tenant.admin, false)).toEqual({ waiting: 0, changed: false });
    expect(await auditActions(tenant.districtId)).toEqual([]);
  });
});

describe("bad input", () => {
  test("a district's name, state and NCES ID can't be changed through the same door", async () => {
    const tenant = await makeTenant();
    await expect(
      tenant.admin.doors.district((tx) =>
        tx.district.updateMany({ where: { id: tenant.districtId }, data: { name: "Another" } }),
      ),
    ).rejects.toThrow();
  });
});

describe("two at once", () => {
  test("ten clicks on the same side are one change", async () => {
    const tenant = await makeTenant();
    const outcomes = await Promise.all(Array.from({ length: 10 }, () => turn(tenant.admin, false)));
    expect(outcomes.filter((one) => one.changed)).toHaveLength(1);
    expect(await auditActions(tenant.districtId)).toEqual(["district.switch-off"]);
  });
});
