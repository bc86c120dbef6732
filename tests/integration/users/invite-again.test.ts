import { describe, expect, test } from "vitest";
import { inviteAgain } from "@/lib/users/invite-again";
import { asOwner, auditActions, type Member, makeMember, makeTenant, nobodysId } from "../../support/make-tenant";

const again = (by: Member, id: string) => by.doors.district((tx) => inviteAgain(tx, by.actor, { id }));
const keysFor = async (membershipId: string) =>
  (
    await asOwner<{ key: string }>(
      "select data ->> 'key' key from pgboss.job where name = 'notify' and data ->> 'membershipId' = $1",
      [membershipId],
    )
  ).map((row) => row.key);

describe("succeeds", () => {
  test("enqueues a mail, and says in the log which kind of link it is", async () => {
    const tenant = await makeTenant();
    const [invited, joined] = [await makeMember(tenant, { joined: false }), await makeMember(tenant)];
    await again(tenant.admin, invited.membershipId);
    await again(tenant.admin, joined.membershipId);
    expect(await keysFor(invited.membershipId)).toHaveLength(1);
    expect(await auditActions(tenant.districtId)).toEqual(["user.invite-again", "user.password-link"]);
  });
});

describe("wrong permission", () => {
  test("is refused", async () => {
    const tenant = await makeTenant();
    const staff = await makeMember(tenant);
    await expect(again(staff, staff.membershipId)).rejects.toThrow("forbidden");
  });
});

describe("other district", () => {
  test("its users aren't there", async () => {
    const [here, there] = [await makeTenant(), await makeTenant()];
    await expect(again(here.admin, there.admin.membershipId)).rejects.toThrow("not-there");
    expect(await keysFor(there.admin.membershipId)).toEqual([]);
  });
});

describe("wrong state", () => {
  test("a disabled user gets no mail", async () => {
    const tenant = await makeTenant();
    const member = await makeMember(tenant);
    await asOwner("update membership set disabled_at = now() where id = $1", [member.membershipId]);
    await expect(again(tenant.admin, member.membershipId)).rejects.toThrow("not-there");
  });
});

describe("bad input", () => {
  test("an id that nobody has", async () => {
    const tenant = await makeTenant();
    await expect(again(tenant.admin, nobodysId())).rejects.toThrow("not-there");
  });
});

describe("two at once", () => {
  test("a double click has one key, and so is one mail", async () => {
    const tenant = await makeTenant();
    const member = await makeMember(tenant);
    await Promise.all([again(tenant.admin, member.membershipId), again(tenant.admin, member.membershipId)]);
    // Two where the minute turned between them; the mail's row is unique by key.
    expect(new Set(await keysFor(member.membershipId)).size).toBeLessThanOrEqual(2);
  });
});
