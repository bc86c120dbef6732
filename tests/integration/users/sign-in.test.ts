import { verify } from "@node-rs/argon2";
import { describe, expect, test, vi } from "vitest";
import { systemSignIn } from "@/lib/db/system";
import { DomainError } from "@/lib/errors";
import { hashPassword } from "@/lib/users/password";
import { endSession, findSession, startSession } from "@/lib/users/session";
import { signIn } from "@/lib/users/sign-in";
import { deviceOf } from "../../support/device-of";
import { asOwner, auditActions, type Member, makeMember, makeTenant, testPassword } from "../../support/make-tenant";
import { sessionOf } from "../../support/session-of";

const agent = "Mozilla/5.0 (Windows NT 10.0) Chrome/140.0";
const enter = async (identifier: string, password = testPassword, ip: string | null = "192.0.2.10", devices = "") =>
  sessionOf(await signIn(systemSignIn, { identifier, password, ip, agent, devices }));
/** What a try is answered: nothing when it's let in. */
const answer = (identifier: string, password?: string, ip?: string | null, devices?: string) =>
  enter(identifier, password, ip, devices).then(
    () => "in",
    (error: unknown) => (error instanceof DomainError ? error.kind : String(error)),
  );
/** Sets counts as if so many tries had been made before. */
const triedBefore = (count: number, keys: string[]) =>
  asOwner("insert into attempt (key, count, since) select k, $1, now() from unnest($2::text[]) k", [count, keys]);

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

  test("a browser is known for its own person only, and a namesake's sign-ins take nobody's tries", async () => {
    const member = await makeMember(await makeTenant(), { username: "mlee" });
    const namesake = await makeMember(await makeTenant(), { username: "mlee" });
    await giveOwnPassword(namesake, "seven green kettles hum");
    const cookie = await deviceOf(member.userId);
    for (let i = 0; i < 11; i++) await enter("mlee", "seven green kettles hum");
    expect(await answer("mlee")).toBe("in");
    await asOwner("update attempt set count = 100 where key in ('account:' || $1, 'account:' || $2)", [
      member.userId,
      namesake.userId,
    ]);
    expect(await answer("mlee", "seven green kettles hum", "192.0.2.11", cookie)).toBe("wrong-password");
    expect(await answer("mlee", testPassword, "192.0.2.11", cookie)).toBe("in");
  });

  test("a name of several people costs the hashes of a name that is nobody's", async () => {
    const looked = vi.mocked(verify); // Counted by tests/support/counted-hashes.
    const [one, two] = [await makeTenant(), await makeTenant()];
    await makeMember(one, { username: "nlee" });
    await makeMember(two, { username: "nlee" });
    await enter("nobody-at-all", "wrong").catch(() => undefined);
    const counts: number[] = [];
    for (const name of ["nlee", one.admin.username, "nobody-at-all"]) {
      looked.mockClear();
      await enter(name, "wrong").catch(() => undefined);
      counts.push(looked.mock.calls.length);
    }
    expect(new Set(counts)).toEqual(new Set([5]));
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

  test("ten wrong passwords lock the name for that address; elsewhere its person signs in", async () => {
    const { email } = (await makeTenant()).admin;
    for (let i = 0; i < 10; i++) expect(await answer(email, "wrong", "198.51.100.1")).toBe("wrong-password");
    await expect(enter(email, testPassword, "198.51.100.1")).rejects.toMatchObject({
      kind: "locked-out",
      data: { minutes: 15 },
    });
    await expect(enter(email, testPassword, "198.51.100.2")).resolves.toBeTruthy();
    await asOwner("update attempt set since = now() - interval '16 minutes'");
    await expect(enter(email, testPassword, "198.51.100.1")).resolves.toBeTruthy();
  });

  test("e-mail and username give no second ten tries", async () => {
    const { email, username } = (await makeTenant()).admin;
    for (let i = 0; i < 10; i++)
      expect(await answer(i % 2 ? email : username, "wrong", "198.51.100.1")).toBe("wrong-password");
    for (const name of [email, username])
      expect(await answer(name, testPassword, "198.51.100.1")).toBe("wrong-password");
    await expect(enter(email, testPassword, "198.51.100.2")).resolves.toBeTruthy();
  });

  test("what a lock says tells neither whether a name is somebody's nor that two names are one person's", async () => {
    const { email, username } = (await makeTenant()).admin;
    /** Eleven tries by the one name, then some by the other; then a hundred of the one name from everywhere. */
    const answers = async (first: string, second: string) => {
      const heard: string[] = [];
      for (let i = 0; i < 11; i++) heard.push(await answer(first, "wrong", "198.51.100.9"));
      for (let i = 0; i < 11; i++) heard.push(await answer(second, "wrong", "198.51.100.9"));
      await asOwner("update attempt set count = 100 where key in ('name:' || $1, 'account:' || $2)", [
        first,
        (await asOwner<{ id: string }>("select id from app_user where email = $1", [first]))[0]?.id ?? "",
      ]);
      for (const name of [first, second]) heard.push(await answer(name, "wrong", "198.51.100.10"));
      await asOwner("delete from attempt");
      return heard;
    };
    const known = await answers(email, username);
    expect(await answers("nobody@example.com", "nobody")).toEqual(known);
    expect(known.slice(9, 12)).toEqual(["wrong-password", "locked-out", "wrong-password"]);
    expect(known.slice(-2)).toEqual(["locked-out", "wrong-password"]);
  });

  test("a browser that the person signed in with before has its own ten tries, whatever strangers try", async () => {
    const { email, username, userId } = (await makeTenant()).admin;
    const cookie = await deviceOf(userId);
    await triedBefore(100, [`name:${email}`, `name:${username}`, `account:${userId}`, "address:198.51.102.1"]);
    await triedBefore(10, [`name-pair:198.51.102.1 ${email}`, `pair:198.51.102.1 ${userId}`]);
    expect(await answer(email, testPassword, "198.51.102.1")).toBe("locked-out");
    expect(await answer(email, testPassword, "198.51.102.1", cookie)).toBe("in");
    expect(await answer(username, testPassword, "198.51.102.1", cookie)).toBe("in");
    for (let i = 0; i < 10; i++) expect(await answer(email, "wrong", `198.51.102.${i}`, cookie)).toBe("wrong-password");
    for (const ip of ["198.51.102.1", "198.51.102.2"])
      await expect(enter(email, testPassword, ip, cookie)).rejects.toMatchObject({
        kind: "locked-out",
        data: { minutes: 15 },
      });
    // By the other name there are no further tries, and it isn't said.
    expect(await answer(username, testPassword, "198.51.102.1", cookie)).toBe("wrong-password");
    // Another browser of the same person goes on.
    expect(await answer(email, testPassword, "198.51.102.1", await deviceOf(userId))).toBe("in");
  });

  test("all browsers that know a person have a hundred wrong tries an hour, however many were gathered", async () => {
    const { email, userId } = (await makeTenant()).admin;
    const gathered = await Promise.all(Array.from({ length: 3 }, () => deviceOf(userId)));
    await triedBefore(99, [`devices:${userId}`]);
    const heard = [];
    for (const cookie of gathered) heard.push(await answer(email, "wrong", "198.51.102.8", cookie));
    expect(new Set(heard)).toEqual(new Set(["wrong-password"]));
    expect(await answer(email, testPassword, "198.51.102.8", gathered[0])).toBe("wrong-password");
    expect(await answer(email, testPassword, "198.51.102.8")).toBe("in");
  });

  test("a new password, a second factor set up or taken away, and a disabled membership make all browsers unknown", async () => {
    const { email, userId, membershipId } = (await makeTenant()).admin;
    const changes = [
      ["update app_user set password_hash = $2 where id = $1", userId, await hashPassword(testPassword)],
      ["update app_user set totp_secret = '\\x00', totp_enrolled_at = $2 where id = $1", userId, new Date()],
      ["update app_user set totp_secret = null, totp_enrolled_at = $2 where id = $1", userId, null],
      ["update membership set disabled_at = $2 where id = $1", membershipId, new Date()],
    ] as const;
    const ip = "198.51.102.9";
    for (const [statement, ...values] of changes) {
      const cookie = await deviceOf(userId);
      await asOwner(statement, values);
      await triedBefore(10, [`name-pair:${ip} ${email}`]);
      expect(await answer(email, "wrong", ip, cookie)).toBe("locked-out");
      expect(await answer(email, "wrong", ip, await deviceOf(userId))).toBe("wrong-password");
      await asOwner("delete from attempt");
    }
  });

  test("with one's own browser nobody learns whether their username is somebody's elsewhere, too", async () => {
    const alone = await makeMember(await makeTenant(), { username: "plee" });
    const other = await makeMember(await makeTenant(), { username: "qlee" });
    await makeMember(await makeTenant(), { username: "qlee" });
    const heard = async ({ userId, email, username }: Member) => {
      const cookie = await deviceOf(userId);
      const answers: string[] = [];
      const hear = async (name: string, times: number, devices: string) => {
        for (let i = 0; i < times; i++) answers.push(await answer(name, "wrong", "198.51.102.11", devices));
      };
      // The own browser used up by the e-mail, then by the username; then without it; then the other way round.
      await hear(email, 11, cookie);
      await hear(username, 12, cookie);
      await hear(username, 1, "");
      await asOwner("delete from attempt");
      await hear(username, 11, "");
      await hear(email, 11, cookie);
      await hear(username, 1, cookie);
      await asOwner("delete from attempt");
      return answers;
    };
    const known = await heard(alone);
    expect(await heard(other)).toEqual(known);
    expect(known.slice(10, 12)).toEqual(["locked-out", "wrong-password"]);
  });

  test("tries of a known browser lock nobody else", async () => {
    const { email, userId } = (await makeTenant()).admin;
    const cookie = await deviceOf(userId);
    for (let i = 0; i < 12; i++) await answer(email, "wrong", "198.51.102.7", cookie);
    expect(await answer(email, testPassword, "198.51.102.7")).toBe("in");
  });

  test("one address can't lock an account for others, however often it tries", async () => {
    const tenant = await makeTenant();
    const tries = Array.from({ length: 120 }, () => enter(tenant.admin.email, "wrong", "198.51.100.3"));
    await Promise.allSettled(tries);
    await expect(enter(tenant.admin.email, testPassword, "198.51.100.4")).resolves.toBeTruthy();
  });

  test("a hundred tries from many addresses lock the account for an hour", async () => {
    const tenant = await makeTenant();
    await triedBefore(98, [`account:${tenant.admin.userId}`, `name:${tenant.admin.email}`]);
    for (let i = 0; i < 2; i++)
      await expect(enter(tenant.admin.email, "wrong", `198.51.101.${i}`)).rejects.toThrow("wrong-password");
    await expect(enter(tenant.admin.email, testPassword, "198.51.101.100")).rejects.toMatchObject({
      kind: "locked-out",
      data: { minutes: 60 },
    });
    // By the other name it isn't said, and its person isn't let in either.
    expect(await answer(tenant.admin.username, testPassword, "198.51.101.101")).toBe("wrong-password");
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

  test("of fifty parallel guesses from a known browser ten are looked at", async () => {
    const { email, userId } = (await makeTenant()).admin;
    const cookie = await deviceOf(userId);
    const answers = await Promise.all(Array.from({ length: 50 }, () => answer(email, "wrong", null, cookie)));
    expect(answers.filter((one) => one === "wrong-password")).toHaveLength(10);
    expect(answers.filter((one) => one === "locked-out")).toHaveLength(40);
  });

  test("sign-ins of two namesakes by one name at once all get through", async () => {
    const member = await makeMember(await makeTenant(), { username: "olee" });
    const namesake = await makeMember(await makeTenant(), { username: "olee" });
    await asOwner("update app_user set password_hash = $2 where id = $1", [
      namesake.userId,
      await hashPassword("seven green kettles hum"),
    ]);
    expect(member.userId).not.toBe(namesake.userId);
    const answers = await Promise.all(
      Array.from({ length: 10 }, (_, i) => answer("olee", i % 2 ? testPassword : "seven green kettles hum")),
    );
    expect(new Set(answers)).toEqual(new Set(["in"]));
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
