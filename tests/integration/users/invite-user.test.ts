import { describe, expect, test } from "vitest";
import { systemSignIn } from "@/lib/db/system";
import { inviteUser } from "@/lib/users/invite-user";
import { asOwner, auditActions, makeMember, makeTenant } from "../../support/make-tenant";

const ana = { name: "Ana Ruiz", email: "ana.ruiz@example.com", username: null, permissions: ["manageCases"] as const };
const invite = (doors: Parameters<typeof inviteUser>[1], over: Partial<Parameters<typeof inviteUser>[2]> = {}) =>
  inviteUser(systemSignIn, doors, { ...ana, ...over });
const jobsFor = (membershipId: string) =>
  asOwner<{ data: object }>("select data from pgboss.job where name = 'notify' and data ->> 'membershipId' = $1", [
    membershipId,
  ]);

describe("succeeds", () => {
  test("makes a place that isn't joined yet, and one mail with ids only", async () => {
    const tenant = await makeTenant();
    const id = await invite(tenant.admin.doors, { email: " Ana.Ruiz@Example.com" });
    const [row] = await asOwner(
      "select username, email, permissions, joined_at, disabled_at from membership where id = $1",
      [id],
    );
    expect(row).toEqual({
      username: "ana.ruiz",
      email: "ana.ruiz@example.com",
      permissions: ["manageCases"],
      joined_at: null,
      disabled_at: null,
    });
    const jobs = await jobsFor(id);
    expect(jobs).toHaveLength(1);
    expect(JSON.stringify(jobs)).not.toContain("ana");
    expect(await auditActions(tenant.districtId)).toEqual(["user.invite"]);
  });

  test("somebody of another district is invited like anybody else", async () => {
    const [here, there] = [await makeTenant(), await makeTenant()];
    const person = await makeMember(there, { email: "known@example.com", name: "Known There" });
    const id = await invite(here.admin.doors, { email: person.email, name: "Known Here" });
    const [row] = await asOwner("select user_id, name, joined_at from membership where id = $1", [id]);
    expect(row).toEqual({ user_id: person.userId, name: "Known Here", joined_at: null });
    expect(await jobsFor(id)).toHaveLength(1);
  });

  test("a username that's taken gets a number", async () => {
    const tenant = await makeTenant();
    await invite(tenant.admin.doors, { email: "kim@one.example" });
    const id = await invite(tenant.admin.doors, { email: "kim@two.example" });
    expect(await asOwner("select username from membership where id = $1", [id])).toEqual([{ username: "kim2" }]);
  });
});

describe("wrong permission", () => {
  test("is refused, and nobody new is known", async () => {
    const tenant = await makeTenant();
    const manager = await makeMember(tenant, { permissions: ["manageCases", "manageDocuments", "purge"] });
    await expect(invite(manager.doors, { email: "never@example.com" })).rejects.toThrow("forbidden");
    expect(await asOwner("select from app_user where email = 'never@example.com'")).toHaveLength(0);
  });
});

describe("other district", () => {
  test("the place is made in the actor's own district only", async () => {
    const [here, there] = [await makeTenant(), await makeTenant()];
    await invite(here.admin.doors, { email: "only-here@example.com" });
    expect(
      await asOwner("select from membership where district_id = $1 and email = 'only-here@example.com'", [
        there.districtId,
      ]),
    ).toHaveLength(0);
  });

  test("a username of another district is free here", async () => {
    const [here, there] = [await makeTenant(), await makeTenant()];
    await makeMember(there, { username: "shared" });
    await expect(invite(here.admin.doors, { username: "shared", email: "s@example.com" })).resolves.toBeTruthy();
  });
});

describe("wrong state", () => {
  test("who is a user here already is said to be", async () => {
    const tenant = await makeTenant();
    const member = await makeMember(tenant);
    await expect(invite(tenant.admin.doors, { email: member.email })).rejects.toMatchObject({
      kind: "already-member",
      data: { disabled: false },
    });
    await asOwner("update membership set disabled_at = now() where id = $1", [member.membershipId]);
    await expect(invite(tenant.admin.doors, { email: member.email })).rejects.toMatchObject({
      kind: "already-member",
      data: { disabled: true },
    });
  });

  test("a username that was typed and is taken is refused", async () => {
    const tenant = await makeTenant();
    const member = await makeMember(tenant);
    await expect(
      invite(tenant.admin.doors, { email: "other@example.com", username: member.username }),
    ).rejects.toMatchObject({
      kind: "name-taken",
      data: { field: "username" },
    });
  });
});

describe("bad input", () => {
  test.each(["a b", "a@b.example", "", "-x", "x".repeat(65), "ünï"])("username %j", async (username) => {
    const tenant = await makeTenant();
    const outcome = invite(tenant.admin.doors, { username, email: `${tenant.slug}@example.com` });
    // Nothing typed is no username of one's own.
    if (username === "") await expect(outcome).resolves.toBeTruthy();
    else await expect(outcome).rejects.toMatchObject({ kind: "bad-value", data: { field: "username" } });
  });

  test("an unknown permission is refused by the database", async () => {
    const tenant = await makeTenant();
    await expect(
      invite(tenant.admin.doors, { permissions: ["manageEverything" as never], email: "x1@example.com" }),
    ).rejects.toThrow();
  });
});

describe("two at once", () => {
  test("the same person invited eight times is one place and one mail", async () => {
    const tenant = await makeTenant();
    const outcomes = await Promise.allSettled(
      Array.from({ length: 8 }, () => invite(tenant.admin.doors, { email: "once@example.com" })),
    );
    expect(outcomes.filter((one) => one.status === "fulfilled")).toHaveLength(1);
    expect(
      outcomes.filter((one) => one.status === "rejected" && /already-member|name-taken/.test(String(one.reason))),
    ).toHaveLength(7);
    expect(
      await asOwner("select from membership where district_id = $1 and email = 'once@example.com'", [
        tenant.districtId,
      ]),
    ).toHaveLength(1);
  });

  test("two districts inviting one new person make one person", async () => {
    const tenants = await Promise.all([makeTenant(), makeTenant(), makeTenant()]);
    await Promise.all(tenants.map((tenant) => invite(tenant.admin.doors, { email: "both@example.com" })));
    expect(await asOwner("select from app_user where email = 'both@example.com'")).toHaveLength(1);
    expect(await asOwner("select from membership where email = 'both@example.com'")).toHaveLength(3);
  });
});
