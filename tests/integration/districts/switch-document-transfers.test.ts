import { describe, expect, test } from "vitest";
import { countWaitingDocuments, switchDocumentTransfers } from "@/lib/districts/switch-document-transfers";
import { asOwner, auditActions, type Member, makeMember, makeTenant, type Tenant } from "../../support/make-tenant";

const turn = (member: Member, off: boolean) =>
  member.doors.district((tx) => switchDocumentTransfers(tx, member.actor, { off }));
const isOff = async (tenant: Tenant) =>
  (
    await asOwner<{ documents_off: boolean }>("select documents_off from district where id = $1", [tenant.districtId])
  )[0]?.documents_off;
let n = 0;
async function addTransfer(from: Tenant, to: Tenant, status: "preparing" | "held" | "delivered", kind = "documents") {
  const [row] = await asOwner<{ id: string }>(
    `with d as (insert into dispatch (district_id, created_by) values ($1, $3) returning id)
     insert into transfer (reference, kind, dispatch_id, sending_district_id, receiving_district_id, item_count, sent_by, sent_by_user, legal_basis)
     select $4, $5, d.id, $1, $2, 1, $3, $6, 'enrollment' from d returning id`,
    [from.districtId, to.districtId, from.admin.membershipId, `X-${++n}`, kind, from.admin.userId],
  );
  if (status !== "preparing") await asOwner("update transfer set status = $2 where id = $1", [row?.id, status]);
}

describe("succeeds", () => {
  test("a new district isn't disabled; disabling says how many transfers wait, in both directions, and is written down", async () => {
    const [here, there] = [await makeTenant(), await makeTenant()];
    expect(await isOff(here)).toBe(false);
    await addTransfer(here, there, "preparing");
    await addTransfer(here, there, "held");
    await addTransfer(there, here, "held");
    await addTransfer(there, here, "delivered");
    expect(await here.admin.doors.district((tx) => countWaitingDocuments(tx, here.admin.actor))).toBe(3);
    expect(await turn(here.admin, true)).toEqual({ waiting: 3, changed: true });
    expect(await isOff(here)).toBe(true);
    expect(await auditActions(here.districtId)).toEqual(["district.documents-off"]);
  });

  test("enabled again, what was held is looked at anew", async () => {
    const tenant = await makeTenant();
    await turn(tenant.admin, true);
    expect(await turn(tenant.admin, false)).toEqual({ waiting: 0, changed: true });
    expect(await auditActions(tenant.districtId)).toEqual(["district.documents-off", "district.documents-on"]);
    expect(
      await asOwner("select from pgboss.job where name = 'recheck' and data ->> 'districtId' = $1", [
        tenant.districtId,
      ]),
    ).toHaveLength(1);
  });
});

describe("wrong permission", () => {
  test("it's the district's settings: nobody else, whatever they manage", async () => {
    const tenant = await makeTenant();
    const member = await makeMember(tenant, { permissions: ["manageCases", "manageDocuments", "purge"] });
    await expect(turn(member, true)).rejects.toThrow("forbidden");
    expect(await isOff(tenant)).toBe(false);
  });
});

describe("other district", () => {
  test("another district's isn't reached", async () => {
    const [here, there] = [await makeTenant(), await makeTenant()];
    await turn(here.admin, true);
    expect(await isOff(there)).toBe(false);
    await here.admin.doors.district((tx) =>
      tx.district.updateMany({ where: { id: there.districtId }, data: { documentsOff: true } }),
    );
    expect(await isOff(there)).toBe(false);
  });
});

describe("wrong state", () => {
  test("where it stands already nothing is written", async () => {
    const tenant = await makeTenant();
    expect(await turn(tenant.admin, false)).toEqual({ waiting: 0, changed: false });
    expect(await auditActions(tenant.districtId)).toEqual([]);
  });
});

describe("two at once", () => {
  test("ten clicks on the same side are one change", async () => {
    const tenant = await makeTenant();
    const outcomes = await Promise.all(Array.from({ length: 10 }, () => turn(tenant.admin, true)));
    expect(outcomes.filter((one) => one.changed)).toHaveLength(1);
    expect(await auditActions(tenant.districtId)).toEqual(["district.documents-off"]);
  });
});
