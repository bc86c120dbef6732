import { describe, expect, test } from "vitest";
import { systemSignIn } from "@/lib/db/system";
import { changePassword } from "@/lib/users/change-password";
import { findInvitation } from "@/lib/users/find-invitation";
import { issueInvitation } from "@/lib/users/issue-invitation";
import { findSession } from "@/lib/users/session";
import { signIn } from "@/lib/users/sign-in";
import {
  auditActions,
  type Member,
  makeMember,
  makeTenant,
  type Tenant,
  testPassword,
} from "../../support/make-tenant";
import { sessionOf } from "../../support/session-of";

const password = "seven green kettles hum";
const enter = async (member: Member, word = testPassword) =>
  sessionOf(await signIn(systemSignIn, { identifier: member.email, password: word, ip: null, agent: null }));
const find = (token: string) => systemSignIn((tx) => findSession(tx, token));
const change = async (member: Member, token: string, over: { currentPassword?: string; password?: string } = {}) =>
  changePassword(systemSignIn, {
    userId: member.userId,
    sessionId: (await find(token))?.id ?? "",
    currentPassword: testPassword,
    password,
    ip: null,
    ...over,
  });

describe("succeeds", () => {
  test("the new one signs in, the old one doesn't, other sessions are over, this one goes on", async () => {
    const tenant = await makeTenant();
    const [here, elsewhere] = [await enter(tenant.admin), await enter(tenant.admin)];
    await change(tenant.admin, here);
    expect(await find(here)).not.toBeNull();
    expect(await find(elsewhere)).toBeNull();
    await expect(enter(tenant.admin)).rejects.toThrow("wrong-password");
    await expect(enter(tenant.admin, password)).resolves.toBeTruthy();
    expect(await auditActions(tenant.districtId)).toContain("user.password");
  });
});

describe("wrong permission", () => {
  test("the present password is asked for, ten times at most", async () => {
    const tenant = await makeTenant();
    const token = await enter(tenant.admin);
    for (let i = 0; i < 10; i++)
      await expect(change(tenant.admin, token, { currentPassword: "wrong" })).rejects.toThrow("own-password-wrong");
    await expect(change(tenant.admin, token)).rejects.toThrow("locked-out");
    await expect(change(tenant.admin, await enter(tenant.admin))).resolves.toBeUndefined();
  });

  test("an outsider's tries at the account don't keep its person from changing it", async () => {
    const tenant = await makeTenant();
    const token = await enter(tenant.admin);
    for (let i = 0; i < 11; i++) await expect(enter(tenant.admin, "wrong")).rejects.toThrow();
    await expect(enter(tenant.admin)).rejects.toThrow("locked-out");
    await change(tenant.admin, token);
  });
});

describe("other district", () => {
  test("a password is a person's: it changes for all their districts, and each writes it down", async () => {
    const [one, two] = [await makeTenant(), await makeTenant()];
    const member = await makeMember(one);
    await makeMember(two, { email: member.email });
    await change(member, await enter(member));
    for (const { districtId } of [one, two]) expect(await auditActions(districtId)).toContain("user.password");
  });
});

describe("wrong state", () => {
  test("links that could set a password die; an invitation elsewhere, which asks for it, stays", async () => {
    const [one, two] = [await makeTenant(), await makeTenant()];
    const member = await makeMember(one);
    const invited = await makeMember(two, { email: member.email, joined: false });
    const link = ({ admin }: Tenant, { membershipId }: Member) =>
      admin.doors.district((tx) => issueInvitation(tx, admin.actor, membershipId));
    const [reset, invitation] = [await link(one, member), await link(two, invited)];
    await change(member, await enter(member));
    const asks = (token: string) => systemSignIn(async (tx) => (await findInvitation(tx, token))?.asks);
    expect([await asks(reset.token), await asks(invitation.token)]).toEqual([undefined, "confirm"]);
  });

  test("a person who is gone can't", async () => {
    const tenant = await makeTenant();
    const token = await enter(tenant.admin);
    await expect(change({ ...tenant.admin, userId: crypto.randomUUID() }, token)).rejects.toThrow("own-password-wrong");
  });
});

describe("bad input", () => {
  test("a weak new password leaves the old one", async () => {
    const tenant = await makeTenant();
    const token = await enter(tenant.admin);
    await expect(change(tenant.admin, token, { password: "too short" })).rejects.toMatchObject({
      kind: "password-weak",
      data: { reason: "short" },
    });
    await expect(enter(tenant.admin)).resolves.toBeTruthy();
  });
});

describe("two at once", () => {
  test("one of five changes takes hold", async () => {
    const tenant = await makeTenant();
    const token = await enter(tenant.admin);
    const words = Array.from({ length: 5 }, (_, i) => `seven green kettles ${i} hum`);
    const outcomes = await Promise.allSettled(words.map((word) => change(tenant.admin, token, { password: word })));
    const won = outcomes.flatMap((one, i) => (one.status === "fulfilled" ? [words[i]] : []));
    expect(won).toHaveLength(1);
    await expect(enter(tenant.admin, won[0])).resolves.toBeTruthy();
  });
});
