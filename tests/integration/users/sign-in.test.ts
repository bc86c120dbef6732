import { describe, expect, test } from "vitest";
import { systemSignIn } from "@/lib/db/system";
import { hashPassword } from "@/lib/users/password";
import { endSession, findSession, startSession } from "@/lib/users/session";
import { signIn } from "@/lib/users/sign-in";
import { asOwner, auditActions, type Member, makeMember, makeTenant, testPassword } from "../../support/make-tenant";
import { sessionOf } from "../../support/session-of";

const enter = async (identifier: string, password = testPassword, ip: string | null = "192.0.2.10") =>
  sessionOf(
    await signIn(systemSignIn, { identifier, password, ip, agent: "Mozilla/5.0 (Windows NT 10.0) Chrome/140.0" }),
  );

describe("succeeds", () => {
  test("by e-mail in any capitals, by username, and writes it into each district's log", async () => {
    const [one, two] = [await makeTenant(), await makeTenant()];
    const member = await makeMember(one, { permissions: ["manageCases"] });
    await makeMember(two, { email: member.email });
    const token = await enter(` ${member.email.toUpperCase()} `);
    const session = await systemSignIn((tx) => findSession(tx, token));
    expect(session).toMatchObject({ userId: member.userId, email: member.email });
    expect(session?.memberships).toHaveLength(2);
    await enter(member.username);
    expect(await auditActions(one.districtId)).toEqual(["user.sign-in", "user.sign-in"]);
    expect(await auditActions(two.districtId)).toEqual(["user.sign-in", "user.sign-in"]);
  });

  test("the database holds no token that could be used", async () => {
    const tenant = await makeTenant();
    const token = await enter(tenant.admin.email);
    const rows = await asOwner("select * from session");
    expect(JSON.stringify(rows)).not.toContain(token);
  });

  test("a school behind one address: over a hundred people sign in within minutes", async () => {
    const tenant = await makeTenant();
    for (let i = 0; i < 110; i++) await enter(tenant.admin.email, testPassword, "203.0.113.5");
  });
});

describe("wrong permission", () => {
  test("a wrong password, an unknown person and one without a password get the same answer", async () => {
    const tenant = await makeTenant();
    const invited = await makeMember(tenant, { password: false, joined: false });
    const answers = await Promise.all(
      [enter(tenant.admin.email, "wrong"), enter("nobody@example.com"), enter(invited.email), enter("")].map((one) =>
        one.catch(String),
      ),
    );
    expect(new Set(answers)).toEqual(new Set(["DomainError: wrong-password"]));
  });
});

describe("other district", () => {
  const whose = async (token: string) => (await systemSignIn((tx) => findSession(tx, token)))?.userId;
  const giveOwnPassword = async (member: Member, password: string) =>
    asOwner("update app_user set password_hash = $2 where id = $1", [member.userId, await hashPassword(password)]);

  test("of people who have one username in different districts, the password tells who it is", async () => {
    const [one, two] = [await makeTenant(), await makeTenant()];
    const member = await makeMember(one, { username: "jlee" });
    const namesake = await makeMember(two, { username: "jlee" });
    // With the same password as well, only the e-mail tells.
    await expect(enter("jlee")).rejects.toThrow("wrong-password");
    expect(await whose(await enter(member.email))).toBe(member.userId);
    await giveOwnPassword(namesake, "seven green kettles hum");
    expect(await whose(await enter("jlee"))).toBe(member.userId);
    expect(await whose(await enter("jlee", "seven green kettles hum"))).toBe(namesake.userId);
  });

  test("inviting somebody, or having disabled them, takes no one's username", async () => {
    const [one, two] = [await makeTenant(), await makeTenant()];
    const member = await makeMember(one, { username: "klee" });
    await makeMember(two, { username: "klee", joined: false });
    const gone = await makeMember(await makeTenant(), { username: "klee" });
    await asOwner("update membership set disabled_at = now() where id = $1", [gone.membershipId]);
    expect(await whose(await enter("klee"))).toBe(member.userId);
  });
});

describe("wrong state", () => {
  test("a session ends with sign-out, after half an idle hour, and after twelve hours", async () => {
    const tenant = await makeTenant();
    const find = (token: string) => systemSignIn((tx) => findSession(tx, token));
    const out = await enter(tenant.admin.email);
    await systemSignIn((tx) => endSession(tx, out));
    expect(await find(out)).toBeNull();
    const idle = await enter(tenant.admin.email);
    await asOwner("update session set last_seen_at = now() - interval '31 minutes'");
    expect(await find(idle)).toBeNull();
    const long = await enter(tenant.admin.email);
    await asOwner("update session set created_at = now() - interval '12 hours 1 minute'");
    expect(await find(long)).toBeNull();
  });

  test("a request keeps a session, a look at it doesn't", async () => {
    const tenant = await makeTenant();
    const token = await enter(tenant.admin.email);
    await asOwner("update session set last_seen_at = now() - interval '20 minutes'");
    const age = async () =>
      (await asOwner<{ s: number }>("select extract(epoch from now() - last_seen_at)::int s from session"))[0]?.s ?? 0;
    await systemSignIn((tx) => findSession(tx, token, true));
    expect(await age()).toBeGreaterThan(1000);
    await systemSignIn((tx) => findSession(tx, token));
    expect(await age()).toBeLessThan(60);
  });

  test("a disabled membership isn't in the session", async () => {
    const tenant = await makeTenant();
    const member = await makeMember(tenant);
    await asOwner("update membership set disabled_at = now() where id = $1", [member.membershipId]);
    const session = await systemSignIn(async (tx) =>
      findSession(tx, await startSession(tx, { userId: member.userId, ip: null, agent: null })),
    );
    expect(session?.memberships).toEqual([]);
  });

  test("ten wrong passwords lock the account for that address, by whichever name; elsewhere its person signs in", async () => {
    const tenant = await makeTenant();
    const { email, username } = tenant.admin;
    for (let i = 0; i < 10; i++)
      await expect(enter(i % 2 ? email : username, "wrong", "198.51.100.1")).rejects.toThrow("wrong-password");
    await expect(enter(email, testPassword, "198.51.100.1")).rejects.toMatchObject({
      kind: "locked-out",
      data: { minutes: 15 },
    });
    await expect(enter(email, testPassword, "198.51.100.2")).resolves.toBeTruthy();
    await asOwner("update attempt set since = now() - interval '16 minutes'");
    await expect(enter(email, testPassword, "198.51.100.1")).resolves.toBeTruthy();
  });

  test("one address can't lock an account for others, however often it tries", async () => {
    const tenant = await makeTenant();
    const tries = Array.from({ length: 120 }, () => enter(tenant.admin.email, "wrong", "198.51.100.3"));
    await Promise.allSettled(tries);
    await expect(enter(tenant.admin.email, testPassword, "198.51.100.4")).resolves.toBeTruthy();
  });

  test("a hundred tries from many addresses lock the account for an hour", async () => {
    const tenant = await makeTenant();
    await asOwner("insert into attempt (key, count, since) values ('account:' || $1, 98, now())", [
      tenant.admin.userId,
    ]);
    for (let i = 0; i < 2; i++)
      await expect(enter(tenant.admin.email, "wrong", `198.51.101.${i}`)).rejects.toThrow("wrong-password");
    await expect(enter(tenant.admin.email, testPassword, "198.51.101.100")).rejects.toMatchObject({
      kind: "locked-out",
      data: { minutes: 60 },
    });
  });

  test("of IPv6 the network counts", async () => {
    const tenant = await makeTenant();
    for (let i = 0; i < 10; i++)
      await expect(enter(tenant.admin.email, "wrong", `2001:db8:0:7::${i}`)).rejects.toThrow("wrong-password");
    await expect(enter(tenant.admin.email, testPassword, "2001:db8::7:1:2:3:4")).rejects.toThrow("locked-out");
    await expect(enter(tenant.admin.email, testPassword, "2001:db8:0:8::1")).resolves.toBeTruthy();
  });

  test("a right password begins the count anew", async () => {
    const tenant = await makeTenant();
    for (let round = 0; round < 3; round++) {
      for (let i = 0; i < 9; i++)
        await expect(enter(tenant.admin.email, "wrong", null)).rejects.toThrow("wrong-password");
      await enter(tenant.admin.email, testPassword, null);
    }
  });

  test("a hundred wrong ones from one address lock the address, not the accounts", async () => {
    const tenant = await makeTenant();
    await asOwner("insert into attempt (key, count, since) values ('address:203.0.113.77', 100, now())");
    await expect(enter(tenant.admin.email, testPassword, "203.0.113.77")).rejects.toThrow("locked-out");
    await expect(enter(tenant.admin.email, testPassword, "203.0.113.78")).resolves.toBeTruthy();
  });
});

describe("bad input", () => {
  test.each(["' or 1=1 --", "x".repeat(10_000), "\u0000", "ünï@example.com"])("identifier %j", async (identifier) => {
    await expect(enter(identifier.replaceAll("\u0000", ""), "x", null)).rejects.toThrow("wrong-password");
  });
});

describe("two at once", () => {
  test("of fifty parallel guesses ten are looked at", async () => {
    const tenant = await makeTenant();
    const answers = await Promise.all(
      Array.from({ length: 50 }, () => enter(tenant.admin.email, "wrong", null).catch((error) => error.kind)),
    );
    expect(answers.filter((one) => one === "wrong-password")).toHaveLength(10);
    expect(answers.filter((one) => one === "locked-out")).toHaveLength(40);
  });

  test("twenty sign-ins of two people from one address all get through", async () => {
    const tenant = await makeTenant();
    const people = [tenant.admin, await makeMember(tenant)];
    // Each at most ten at once: more would be over the limit before the first is known to be right.
    const answers = await Promise.allSettled(
      Array.from({ length: 20 }, (_, i) => enter(people[i % 2]?.email ?? "", testPassword, "192.0.2.20")),
    );
    expect(answers.filter((one) => one.status === "rejected")).toEqual([]);
    expect(await asOwner("select from attempt where key like '%192.0.2.20%' and count > 0")).toEqual([]);
  });
});
