import { describe, expect, test } from "vitest";
import { systemSignIn } from "@/lib/db/system";
import { endSession, findSession, startSession } from "@/lib/users/session";
import { signIn } from "@/lib/users/sign-in";
import { asOwner, auditActions, makeMember, makeTenant, testPassword } from "../../support/make-tenant";

const enter = (identifier: string, password = testPassword, ip: string | null = "192.0.2.10") =>
  signIn(systemSignIn, { identifier, password, ip, agent: "Mozilla/5.0 (Windows NT 10.0) Chrome/140.0" });

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
  test("a username that two districts gave to different people needs the e-mail", async () => {
    const [one, two] = [await makeTenant(), await makeTenant()];
    const member = await makeMember(one, { username: "jlee" });
    await makeMember(two, { username: "jlee" });
    await expect(enter("jlee")).rejects.toThrow("wrong-password");
    await expect(enter(member.email)).resolves.toBeTruthy();
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

  test("ten wrong passwords lock the account, by whichever name; the right one doesn't open it then", async () => {
    const tenant = await makeTenant();
    const { email, username } = tenant.admin;
    for (let i = 0; i < 10; i++)
      await expect(enter(i % 2 ? email : username, "wrong", `198.51.100.${i}`)).rejects.toThrow("wrong-password");
    await expect(enter(email, testPassword, "198.51.100.99")).rejects.toMatchObject({
      kind: "locked-out",
      data: { minutes: 15 },
    });
    await asOwner("update attempt set since = now() - interval '16 minutes'");
    await expect(enter(email)).resolves.toBeTruthy();
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
});
