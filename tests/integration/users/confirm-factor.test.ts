import { describe, expect, test } from "vitest";
import { systemSignIn } from "@/lib/db/system";
import { confirmFactor } from "@/lib/users/confirm-factor";
import { findSession } from "@/lib/users/session";
import { asOwner, auditActions, type Member, makeTenant, testPassword } from "../../support/make-tenant";
import { codeOf, enrolled, holdClock, openSession } from "../../support/second-factor";

holdClock();

const confirm = (member: Member, sessionId: string, typed: string) =>
  confirmFactor(systemSignIn, { userId: member.userId, sessionId, typed, ip: null });
const isFresh = async (token: string) => (await systemSignIn((tx) => findSession(tx, token)))?.fresh;
const growOld = (sessionId: string) =>
  asOwner("update session set factor_at = now() - interval '11 minutes' where id = $1", [sessionId]);

describe("succeeds", () => {
  test("fresh for ten minutes after signing in, and again after the password of who has no second factor", async () => {
    const { districtId, admin } = await makeTenant();
    const { sessionId, token } = await openSession(admin);
    expect(await isFresh(token)).toBe(true);
    await growOld(sessionId);
    expect(await isFresh(token)).toBe(false);
    await confirm(admin, sessionId, testPassword);
    expect(await isFresh(token)).toBe(true);
    expect(await auditActions(districtId)).toEqual(["sign-in.factor"]);
  });

  test("with a code or a recovery code of who has one", async () => {
    const { admin } = await makeTenant();
    const { sessionId, token, secret, codes } = await enrolled(admin);
    for (const typed of [codeOf(secret), codes[0] ?? ""]) {
      await growOld(sessionId);
      await confirm(admin, sessionId, typed);
      expect(await isFresh(token)).toBe(true);
    }
  });
});

describe("wrong permission", () => {
  test("the password isn't enough for who has a second factor", async () => {
    const { admin } = await makeTenant();
    const { sessionId, token } = await enrolled(admin);
    await growOld(sessionId);
    await expect(confirm(admin, sessionId, testPassword)).rejects.toThrow("wrong-factor");
    expect(await isFresh(token)).toBe(false);
  });
});

describe("other district", () => {
  test("somebody's own factor makes no other person's session fresh", async () => {
    const [one, two] = [await makeTenant(), await makeTenant()];
    const { sessionId, token } = await openSession(two.admin);
    await growOld(sessionId);
    await confirm(one.admin, sessionId, testPassword);
    expect(await isFresh(token)).toBe(false);
  });
});

describe("wrong state", () => {
  test("a code that signed in doesn't confirm as well", async () => {
    const { admin } = await makeTenant();
    const { sessionId, secret } = await enrolled(admin);
    await confirm(admin, sessionId, codeOf(secret));
    await expect(confirm(admin, sessionId, codeOf(secret))).rejects.toThrow("wrong-factor");
  });

  test("ten wrong ones lock the session's tries, not the account", async () => {
    const { admin } = await makeTenant();
    const { sessionId } = await openSession(admin);
    for (let i = 0; i < 10; i++) await expect(confirm(admin, sessionId, "wrong")).rejects.toThrow("own-password-wrong");
    await expect(confirm(admin, sessionId, testPassword)).rejects.toThrow("locked-out");
    await expect(confirm(admin, (await openSession(admin)).sessionId, testPassword)).resolves.toBeUndefined();
  });
});

describe("bad input", () => {
  test.each(["", " ", "\u0000", "x".repeat(300)])("%j isn't the password", async (typed) => {
    const { admin } = await makeTenant();
    const { sessionId } = await openSession(admin);
    await expect(confirm(admin, sessionId, typed)).rejects.toThrow("own-password-wrong");
  });
});

describe("two at once", () => {
  test("one code confirms once", async () => {
    const { admin } = await makeTenant();
    const { sessionId, secret } = await enrolled(admin);
    const outcomes = await Promise.allSettled(
      Array.from({ length: 5 }, () => confirm(admin, sessionId, codeOf(secret))),
    );
    expect(outcomes.filter((one) => one.status === "fulfilled")).toHaveLength(1);
  });
});
