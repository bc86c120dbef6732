import { describe, expect, test } from "vitest";
import { getUser } from "@/lib/users/get-user";
import { issueInvitation } from "@/lib/users/issue-invitation";
import { listUsers, type UserStatus } from "@/lib/users/list-users";
import { asOwner, type Member, makeMember, makeTenant, nobodysId, type Tenant } from "../../support/make-tenant";

const list = (by: Member, input: { q?: string; status?: UserStatus | null; page?: number } = {}) =>
  by.doors.district((tx) => listUsers(tx, by.actor, input));
const names = async (by: Member, input: Parameters<typeof list>[1] = {}) =>
  (await list(by, input)).users.map((user) => user.name);

async function peopled(): Promise<Tenant> {
  const tenant = await makeTenant();
  await asOwner("update membership set name = 'Zoe Admin' where id = $1", [tenant.admin.membershipId]);
  await makeMember(tenant, { name: "Renée O’Brien", permissions: ["manageCases"] });
  await makeMember(tenant, { name: "بسام الأحمد", joined: false });
  const gone = await makeMember(tenant, { name: "Bob Gone" });
  await asOwner("update membership set disabled_at = now() where id = $1", [gone.membershipId]);
  return tenant;
}

describe("succeeds", () => {
  test("by name, with status and preset", async () => {
    const tenant = await peopled();
    const { users, total, pages } = await list(tenant.admin);
    expect({ total, pages }).toEqual({ total: 4, pages: 1 });
    expect(users.map(({ name, status, preset, you }) => ({ name, status, preset, you }))).toEqual([
      { name: "Bob Gone", status: "disabled", preset: "Staff", you: false },
      { name: "Renée O’Brien", status: "active", preset: "Case manager", you: false },
      { name: "Zoe Admin", status: "active", preset: null, you: true },
      { name: "بسام الأحمد", status: "invited", preset: "Staff", you: false },
    ]);
  });

  test.each([
    ["obrien", ["Renée O’Brien"]],
    ["BRIEN renee", ["Renée O’Brien"]],
    ["O'Brien", ["Renée O’Brien"]],
    ["person-", 4],
    ["%", 4],
    ["xyzzy", []],
  ])("search %j", async (q, wanted) => {
    const tenant = await peopled();
    const found = await names(tenant.admin, { q });
    if (typeof wanted === "number") expect(found).toHaveLength(wanted);
    else expect(found).toEqual(wanted);
  });

  test("by status, and page by page", async () => {
    const tenant = await peopled();
    expect(await names(tenant.admin, { status: "invited" })).toEqual(["بسام الأحمد"]);
    expect(await names(tenant.admin, { status: "disabled" })).toEqual(["Bob Gone"]);
    for (let i = 0; i < 55; i++) await makeMember(tenant, { password: false });
    const second = await list(tenant.admin, { page: 2 });
    expect({ shown: second.users.length, total: second.total, pages: second.pages }).toEqual({
      shown: 9,
      total: 59,
      pages: 2,
    });
    expect((await list(tenant.admin, { page: 99 })).page).toBe(1);
  });

  test("until when an invitation can be used", async () => {
    const tenant = await makeTenant();
    const member = await makeMember(tenant, { joined: false });
    const get = () => tenant.admin.doors.district((tx) => getUser(tx, tenant.admin.actor, member.membershipId));
    expect((await get()).invitedUntil).toBeNull();
    await tenant.admin.doors.district((tx) => issueInvitation(tx, tenant.admin.actor, member.membershipId));
    expect((await get()).invitedUntil?.getTime()).toBeGreaterThan(Date.now() + 6.9 * 86_400_000);
  });
});

describe("wrong permission", () => {
  test("is refused", async () => {
    const tenant = await peopled();
    const manager = await makeMember(tenant, { permissions: ["manageCases"] });
    await expect(list(manager)).rejects.toThrow("forbidden");
    await expect(manager.doors.district((tx) => getUser(tx, manager.actor, manager.membershipId))).rejects.toThrow(
      "forbidden",
    );
  });
});

describe("other district", () => {
  test("its users are neither listed, nor counted, nor found, nor there", async () => {
    const [here, there] = [await makeTenant(), await peopled()];
    expect((await list(here.admin)).total).toBe(1);
    expect(await names(here.admin, { q: "obrien" })).toEqual([]);
    await expect(
      here.admin.doors.district((tx) => getUser(tx, here.admin.actor, there.admin.membershipId)),
    ).rejects.toThrow("not-there");
  });
});

describe("bad input", () => {
  test("an id that nobody has, a page before the first", async () => {
    const tenant = await makeTenant();
    await expect(tenant.admin.doors.district((tx) => getUser(tx, tenant.admin.actor, nobodysId()))).rejects.toThrow(
      "not-there",
    );
    expect((await list(tenant.admin, { page: -3 })).page).toBe(1);
  });
});
