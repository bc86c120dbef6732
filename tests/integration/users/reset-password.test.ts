import { describe, expect, test } from "vitest";
import { systemSignIn } from "@/lib/db/system";
import { finishSignIn } from "@/lib/users/finish-sign-in";
import { invitationHash, issueInvitation } from "@/lib/users/issue-invitation";
import { issueReset } from "@/lib/users/issue-reset";
import { findReset, resetPassword } from "@/lib/users/reset-password";
import { findSession } from "@/lib/users/session";
import { signIn } from "@/lib/users/sign-in";
import {
  asOwner,
  auditActions,
  type Member,
  makeMember,
  makeTenant,
  nobodysId,
  testPassword,
} from "../../support/make-tenant";
import { codeOf, enrolled, holdClock, openSession } from "../../support/second-factor";

holdClock();

const word = "seven green kettles hum";
const issue = ({ membershipId, actor }: Pick<Member, "membershipId" | "actor">) =>
  systemSignIn((tx) => issueReset(tx, { districtId: actor.districtId, membershipId }));
const reset = (token: string, password = word) => resetPassword(systemSignIn, { token, password, ip: null });
const look = (token: string) => systemSignIn((tx) => findReset(tx, token));
const enter = (member: Member, password = word) =>
  signIn(systemSignIn, { identifier: member.email, password, ip: null, agent: null });

describe("succeeds", () => {
  test("the new password signs in, the old one doesn't, every session is over, each district's log has it", async () => {
    const [one, two] = [await makeTenant(), await makeTenant()];
    const member = await makeMember(one);
    await makeMember(two, { email: member.email });
    const { token: session } = await openSession(member);
    const token = await issue(member);
    expect(await look(token)).toEqual({ name: expect.any(String), email: member.email });
    await reset(token);
    await expect(enter(member, testPassword)).rejects.toThrow("wrong-password");
    expect(await enter(member)).toHaveProperty("session");
    expect(await systemSignIn((tx) => findSession(tx, session))).toBeNull();
    for (const { districtId } of [one, two])
      expect(await auditActions(districtId)).toEqual(["password.reset", "user.sign-in"]);
  });

  test("opens an account that others' tries have locked", async () => {
    const { admin } = await makeTenant();
    for (let i = 0; i < 10; i++) await expect(enter(admin, "wrong")).rejects.toThrow("wrong-password");
    await expect(enter(admin, testPassword)).rejects.toThrow("locked-out");
    await reset(await issue(admin));
    expect(await enter(admin)).toHaveProperty("session");
  });

  test("the database holds no token that could be used", async () => {
    const { admin } = await makeTenant();
    const token = await issue(admin);
    expect(JSON.stringify(await asOwner("select * from password_reset"))).not.toContain(token);
  });
});

describe("wrong permission", () => {
  test("is no way round the second factor", async () => {
    const { admin } = await makeTenant();
    const { secret } = await enrolled(admin);
    const before = await enter(admin, testPassword);
    await reset(await issue(admin));
    const begun = await enter(admin);
    if (!("half" in begun) || !("half" in before)) throw new Error("signed in without a second factor");
    // What was begun with the old password is over.
    const finish = (half: string) => finishSignIn(systemSignIn, { half, typed: codeOf(secret), ip: null, agent: null });
    await expect(finish(before.half)).rejects.toThrow("sign-in-over");
    await expect(finish(begun.half)).resolves.toBeTruthy();
  });
});

describe("other district", () => {
  test("a link is issued for the membership that is there, in its district", async () => {
    const [one, two] = [await makeTenant(), await makeTenant()];
    for (const input of [
      { districtId: one.districtId, membershipId: two.admin.membershipId },
      { districtId: nobodysId(), membershipId: nobodysId() },
    ])
      await expect(systemSignIn((tx) => issueReset(tx, input))).rejects.toThrow("not-there");
  });

  test("a membership with another address than the person signs in with gets none", async () => {
    const tenant = await makeTenant();
    const member = await makeMember(tenant);
    await asOwner("update membership set email = 'elsewhere@example.com' where id = $1", [member.membershipId]);
    await expect(issue(member)).rejects.toThrow("not-there");
  });
});

describe("wrong state", () => {
  test("used, run out, or overtaken by another new password", async () => {
    const { admin } = await makeTenant();
    const [first, second] = [await issue(admin), await issue(admin)];
    await reset(first);
    for (const token of [first, second]) {
      expect(await look(token)).toBeNull();
      await expect(reset(token)).rejects.toThrow("reset-used");
    }
    const late = await issue(admin);
    await asOwner("update password_reset set expires_at = now() - interval '1 second'");
    expect(await look(late)).toBeNull();
    await expect(reset(late)).rejects.toThrow("reset-used");
  });

  test("takes the invitations along that could set a password", async () => {
    const tenant = await makeTenant();
    const { actor, membershipId, doors } = tenant.admin;
    const { token } = await doors.district((tx) => issueInvitation(tx, actor, membershipId));
    await reset(await issue(tenant.admin));
    const rows = await asOwner("select from invitation where token_hash = $1 and used_at is null", [
      invitationHash(token),
    ]);
    expect(rows).toEqual([]);
  });

  test("who is invited, or disabled, is issued none", async () => {
    const tenant = await makeTenant();
    const invited = await makeMember(tenant, { joined: false, password: false });
    const disabled = await makeMember(tenant);
    await asOwner("update membership set disabled_at = now() where id = $1", [disabled.membershipId]);
    for (const member of [invited, disabled]) await expect(issue(member)).rejects.toThrow("not-there");
  });
});

describe("bad input", () => {
  test.each(["short", "passwordpassword1", "aaaaaaaaaaaaaaaaaa"])(
    "%j is too weak, and the link stays good",
    async (weak) => {
      const { admin } = await makeTenant();
      const token = await issue(admin);
      await expect(reset(token, weak)).rejects.toThrow("password-weak");
      await expect(reset(token)).resolves.toBeUndefined();
    },
  );

  test.each(["", "x", "0".repeat(100)])("the token %j is nobody's", async (token) => {
    await expect(reset(token)).rejects.toThrow("reset-used");
  });
});

describe("two at once", () => {
  test("one link is used once, and one password holds", async () => {
    const { admin } = await makeTenant();
    const token = await issue(admin);
    const words = Array.from({ length: 5 }, (_, i) => `${word} ${"abcde"[i]}`);
    const outcomes = await Promise.allSettled(words.map((one) => reset(token, one)));
    const winner = outcomes.findIndex((one) => one.status === "fulfilled");
    expect(outcomes.filter((one) => one.status === "fulfilled")).toHaveLength(1);
    expect(await enter(admin, words[winner])).toHaveProperty("session");
  });
});
