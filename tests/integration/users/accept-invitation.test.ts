import { describe, expect, test } from "vitest";
import { systemSignIn } from "@/lib/db/system";
import { acceptInvitation } from "@/lib/users/accept-invitation";
import { findInvitation } from "@/lib/users/find-invitation";
import { issueInvitation } from "@/lib/users/issue-invitation";
import { findSession } from "@/lib/users/session";
import { signIn } from "@/lib/users/sign-in";
import {
  asOwner,
  auditActions,
  type Member,
  makeMember,
  makeTenant,
  type Tenant,
  testPassword,
} from "../../support/make-tenant";
import { enrolled } from "../../support/second-factor";
import { sessionOf } from "../../support/session-of";

const password = "seven green kettles hum";
const from = { ip: "192.0.2.7", agent: null };
const issue = async (tenant: Tenant, member: Member) =>
  (await tenant.admin.doors.district((tx) => issueInvitation(tx, tenant.admin.actor, member.membershipId))).token;
const accept = (token: string, over: { password?: string; signedInAs?: string | null } = {}) =>
  acceptInvitation(systemSignIn, { token, password, signedInAs: null, ...from, ...over });

describe("succeeds", () => {
  test("a new person chooses a password, has joined, and is signed in", async () => {
    const tenant = await makeTenant();
    const member = await makeMember(tenant, { password: false, joined: false });
    const token = await issue(tenant, member);
    expect(await systemSignIn((tx) => findInvitation(tx, token))).toMatchObject({
      asks: "first-password",
      districtName: tenant.name,
      email: member.email,
    });
    const accepted = await accept(token);
    expect(accepted.slug).toBe(tenant.slug);
    const session = await systemSignIn((tx) => findSession(tx, sessionOf(accepted.begun)));
    expect(session?.memberships.map((one) => one.membershipId)).toEqual([member.membershipId]);
    await expect(signIn(systemSignIn, { identifier: member.email, password, ...from })).resolves.toBeTruthy();
    expect(await auditActions(tenant.districtId)).toContain("user.join");
  });

  test("who signs in elsewhere already confirms by their password, and keeps it", async () => {
    const [here, there] = [await makeTenant(), await makeTenant()];
    const person = await makeMember(there);
    const place = await makeMember(here, { email: person.email, joined: false });
    const token = await issue(here, place);
    expect(await systemSignIn((tx) => findInvitation(tx, token))).toMatchObject({ asks: "confirm" });
    await expect(accept(token, { password: "not their password at all" })).rejects.toMatchObject({
      kind: "own-password-wrong",
    });
    expect((await accept(token, { password: testPassword })).begun).toBeTruthy();
    await expect(
      signIn(systemSignIn, { identifier: person.email, password: testPassword, ...from }),
    ).resolves.toBeTruthy();
  });

  test("who is signed in confirms by that", async () => {
    const [here, there] = [await makeTenant(), await makeTenant()];
    const person = await makeMember(there);
    const place = await makeMember(here, { email: person.email, joined: false });
    expect(await accept(await issue(here, place), { password: "", signedInAs: person.userId })).toEqual({
      slug: here.slug,
      begun: null,
    });
    expect(
      await asOwner("select from membership where id = $1 and joined_at is not null", [place.membershipId]),
    ).toHaveLength(1);
  });

  test("who has joined already chooses a new password, which ends their sessions", async () => {
    const tenant = await makeTenant();
    const member = await makeMember(tenant);
    const old = sessionOf(await signIn(systemSignIn, { identifier: member.email, password: testPassword, ...from }));
    const accepted = await accept(await issue(tenant, member));
    expect(await systemSignIn((tx) => findSession(tx, old))).toBeNull();
    expect(await systemSignIn((tx) => findSession(tx, sessionOf(accepted.begun)))).not.toBeNull();
    await expect(signIn(systemSignIn, { identifier: member.email, password: testPassword, ...from })).rejects.toThrow(
      "wrong-password",
    );
    expect(await auditActions(tenant.districtId)).toContain("user.password");
  });
});

describe("wrong permission", () => {
  test("an invitation gives the permissions that it was made with, no more", async () => {
    const tenant = await makeTenant();
    const member = await makeMember(tenant, { password: false, joined: false, permissions: ["manageDocuments"] });
    const { begun } = await accept(await issue(tenant, member));
    const found = await systemSignIn((tx) => findSession(tx, sessionOf(begun)));
    expect(found?.memberships[0]?.permissions).toEqual(["manageDocuments"]);
  });

  test("of who has a second factor neither the password nor a new one is enough: the code is still to come", async () => {
    const [here, there] = [await makeTenant(), await makeTenant()];
    const person = await makeMember(there);
    await enrolled(person);
    const place = await makeMember(here, { email: person.email, joined: false });
    const joined = await accept(await issue(here, place), { password: testPassword });
    const renewed = await accept(await issue(here, place));
    for (const { begun } of [joined, renewed]) expect(begun).toEqual({ half: expect.any(String) });
    expect(await asOwner("select from session where user_id = $1", [person.userId])).toEqual([]);
  });

  test("being signed in as somebody else doesn't confirm", async () => {
    const [here, there] = [await makeTenant(), await makeTenant()];
    const person = await makeMember(there);
    const place = await makeMember(here, { email: person.email, joined: false });
    await expect(accept(await issue(here, place), { signedInAs: here.admin.userId })).rejects.toMatchObject({
      kind: "own-password-wrong",
    });
  });
});

describe("other district", () => {
  test("joining one district joins no other", async () => {
    const [here, there] = [await makeTenant(), await makeTenant()];
    const place = await makeMember(here, { password: false, joined: false });
    const other = await makeMember(there, { email: place.email, password: false, joined: false });
    await accept(await issue(here, place));
    expect(await asOwner("select joined_at from membership where id = $1", [other.membershipId])).toEqual([
      { joined_at: null },
    ]);
    // The second district's link asks for the password that was chosen by now.
    const second = await issue(there, other);
    expect(await systemSignIn((tx) => findInvitation(tx, second))).toMatchObject({ asks: "confirm" });
    await expect(accept(second, { password: "another password entirely" })).rejects.toMatchObject({
      kind: "own-password-wrong",
    });
  });

  test("a district can't issue an invitation for a membership of another", async () => {
    const [here, there] = [await makeTenant(), await makeTenant()];
    const member = await makeMember(there, { joined: false });
    await expect(issue(here, member)).rejects.toThrow("not-there");
  });
});

describe("wrong state", () => {
  test("a link works once, and takes the other links of the same place with it", async () => {
    const tenant = await makeTenant();
    const member = await makeMember(tenant, { password: false, joined: false });
    const [first, second] = [await issue(tenant, member), await issue(tenant, member)];
    await accept(first);
    await expect(accept(first)).rejects.toThrow("invitation-used");
    await expect(accept(second)).rejects.toThrow("invitation-used");
  });

  test("a new password ends the links of the person's other districts as well", async () => {
    const [one, two] = [await makeTenant(), await makeTenant()];
    const member = await makeMember(one);
    const elsewhere = await makeMember(two, { email: member.email });
    const [here, there] = [await issue(one, member), await issue(two, elsewhere)];
    await accept(here);
    await expect(accept(there, { password: "another password entirely" })).rejects.toThrow("invitation-used");
  });

  test("a link runs out after seven days", async () => {
    const tenant = await makeTenant();
    const token = await issue(tenant, await makeMember(tenant, { password: false, joined: false }));
    await asOwner("update invitation set expires_at = now() - interval '1 second' where district_id = $1", [
      tenant.districtId,
    ]);
    expect(await systemSignIn((tx) => findInvitation(tx, token))).toBeNull();
    await expect(accept(token)).rejects.toThrow("invitation-used");
  });

  test("a disabled place can't be taken", async () => {
    const tenant = await makeTenant();
    const member = await makeMember(tenant, { password: false, joined: false });
    const token = await issue(tenant, member);
    await asOwner("update membership set disabled_at = now() where id = $1", [member.membershipId]);
    await expect(accept(token)).rejects.toThrow("invitation-used");
    await expect(issue(tenant, member)).rejects.toThrow("not-there");
  });

  test("a link that went to another address than the person signs in with is good for nothing", async () => {
    const tenant = await makeTenant();
    const member = await makeMember(tenant);
    const token = await issue(tenant, member);
    await asOwner("update membership set email = 'somebody.else@example.com' where id = $1", [member.membershipId]);
    await expect(accept(token)).rejects.toThrow("invitation-used");
  });

  test("looking at it consumes nothing", async () => {
    const tenant = await makeTenant();
    const token = await issue(tenant, await makeMember(tenant, { password: false, joined: false }));
    for (let i = 0; i < 3; i++) expect(await systemSignIn((tx) => findInvitation(tx, token))).not.toBeNull();
    await accept(token);
  });

  test("guessing the password at a link is limited like signing in", async () => {
    const [here, there] = [await makeTenant(), await makeTenant()];
    const person = await makeMember(there);
    const token = await issue(here, await makeMember(here, { email: person.email, joined: false }));
    for (let i = 0; i < 10; i++)
      await expect(accept(token, { password: `wrong ${i}` })).rejects.toThrow("own-password-wrong");
    await expect(accept(token, { password: testPassword })).rejects.toThrow("locked-out");
  });
});

describe("bad input", () => {
  test.each(["", "x", "../../etc", "é".repeat(40)])("token %j", async (token) => {
    await expect(accept(token)).rejects.toThrow("invitation-used");
  });

  test.each([
    "short",
    "fourteen chars",
    "passwordpassword1",
    "aaaaaaaaaaaaaaaaaaaa",
    "abcdefghijklmnopqrst",
    "123456789012345678",
  ])("password %j", async (weak) => {
    const tenant = await makeTenant();
    const token = await issue(tenant, await makeMember(tenant, { password: false, joined: false }));
    await expect(accept(token, { password: weak })).rejects.toThrow("password-weak");
    // It can be tried again with a better one.
    await accept(token);
  });

  test("one's own e-mail and name aren't a password", async () => {
    const tenant = await makeTenant();
    const member = await makeMember(tenant, {
      password: false,
      joined: false,
      name: "Bartholomew Featherstone",
      email: "bart.featherstone@example.com",
    });
    const token = await issue(tenant, member);
    await expect(accept(token, { password: "Bartholomew Featherstone" })).rejects.toThrow("password-weak");
    await expect(accept(token, { password: "bart.featherstone@example.com" })).rejects.toThrow("password-weak");
  });
});

describe("two at once", () => {
  test("links of two districts: one sets the password, the other is used, none fails otherwise", async () => {
    for (let round = 0; round < 5; round++) {
      const [one, two] = [await makeTenant(), await makeTenant()];
      const member = await makeMember(one);
      const tokens = [await issue(one, member), await issue(two, await makeMember(two, { email: member.email }))];
      const outcomes = await Promise.all(tokens.map((token) => accept(token).then(() => "accepted", String)));
      expect(outcomes.sort()).toEqual(["DomainError: invitation-used", "accepted"]);
    }
  });

  test("ten clicks on one link: one gets through, its password is the one", async () => {
    const tenant = await makeTenant();
    const member = await makeMember(tenant, { password: false, joined: false });
    const token = await issue(tenant, member);
    const tries = Array.from({ length: 10 }, (_, i) => `window basket river ${i}`);
    const outcomes = await Promise.allSettled(tries.map((one) => accept(token, { password: one })));
    const won = outcomes.flatMap((one, i) => (one.status === "fulfilled" ? [i] : []));
    expect(won).toHaveLength(1);
    for (const [i, one] of tries.entries()) {
      const signedIn = signIn(systemSignIn, { identifier: member.email, password: one, ip: null, agent: null });
      if (i === won[0]) await expect(signedIn).resolves.toBeTruthy();
      else await expect(signedIn).rejects.toThrow("wrong-password");
    }
  });
});
