import { describe, expect, test } from "vitest";
import { systemSignIn } from "@/lib/db/system";
import { endSessions, endSessionsAfterChange } from "@/lib/users/end-sessions";
import { listSessions } from "@/lib/users/list-sessions";
import { findSession, startSession } from "@/lib/users/session";
import { asOwner, auditActions, type Member, makeMember, makeTenant } from "../../support/make-tenant";

async function start(member: Member): Promise<{ token: string; id: string }> {
  const token = await systemSignIn((tx) =>
    startSession(tx, { userId: member.userId, ip: "192.0.2.3", agent: "Firefox/140.0 Linux" }),
  );
  const session = await systemSignIn((tx) => findSession(tx, token));
  return { token, id: session?.id ?? "" };
}
const list = (member: Member, currentId: string) =>
  systemSignIn((tx) => listSessions(tx, { userId: member.userId, currentId }));
const end = (member: Member, which: { only: string } | { allBut: string } | { all: true }) =>
  systemSignIn((tx) => endSessions(tx, { userId: member.userId, ip: null, ...which }));

describe("succeeds", () => {
  test("lists one's own, the current one first; ends one, all others, all", async () => {
    const tenant = await makeTenant();
    const sessions = [
      await start(tenant.admin),
      await start(tenant.admin),
      await start(tenant.admin),
      await start(tenant.admin),
    ];
    const [a, b, c, d] = sessions.map((one) => one.id) as [string, string, string, string];
    const found = await list(tenant.admin, b);
    expect(found).toHaveLength(4);
    expect(found[0]).toMatchObject({ id: b, current: true, device: "Firefox on Linux", ip: "192.0.2.3" });
    expect(await end(tenant.admin, { only: a })).toBe(1);
    expect((await list(tenant.admin, b)).map((one) => one.id).sort()).toEqual([b, c, d].sort());
    expect(await end(tenant.admin, { allBut: b })).toBe(2);
    expect(await end(tenant.admin, { all: true })).toBe(1);
    expect(await auditActions(tenant.districtId)).toEqual(["user.sign-out", "user.sign-out", "user.sign-out"]);
  });

  test("a session that is over isn't listed, and goes when somebody signs in", async () => {
    const tenant = await makeTenant();
    const over = await start(tenant.admin);
    await asOwner("update session set last_seen_at = now() - interval '31 minutes' where id = $1", [over.id]);
    expect(await list(tenant.admin, over.id)).toEqual([]);
    await start(tenant.admin);
    expect(await asOwner("select from session where id = $1", [over.id])).toHaveLength(0);
  });

  test("knows each district with its own time zone and state", async () => {
    const [one, two] = [await makeTenant({ name: "A", state: "TX" }), await makeTenant({ name: "B", state: "CA" })];
    const member = await makeMember(one);
    await makeMember(two, { email: member.email });
    await asOwner("update district_settings set time_zone = 'America/Los_Angeles' where district_id = $1", [
      two.districtId,
    ]);
    const { token } = await start(member);
    const session = await systemSignIn((tx) => findSession(tx, token));
    expect(session?.memberships.map(({ districtName, state, timeZone }) => [districtName, state, timeZone])).toEqual([
      ["A", "TX", "America/Chicago"],
      ["B", "CA", "America/Los_Angeles"],
    ]);
  });
});

describe("wrong permission", () => {
  test("somebody else's session can't be ended by its id", async () => {
    const tenant = await makeTenant();
    const member = await makeMember(tenant);
    const session = await start(member);
    expect(await end(tenant.admin, { only: session.id })).toBe(0);
    expect(await systemSignIn((tx) => findSession(tx, session.token))).not.toBeNull();
  });

  test("inside a district's door no session and no password can be seen", async () => {
    const tenant = await makeTenant();
    await start(tenant.admin);
    const seen = await tenant.admin.doors.district(async (tx) => [
      await tx.session.count(),
      await tx.appUser.count(),
      await tx.attempt.count(),
    ]);
    expect(seen).toEqual([0, 0, 0]);
  });
});

describe("bad input", () => {
  test.each(["", "x", "0".repeat(200)])("the token %j is nobody's", async (token) => {
    expect(await systemSignIn((tx) => findSession(tx, token))).toBeNull();
  });
});

describe("two at once", () => {
  test("ending all from two places at once ends each once", async () => {
    const tenant = await makeTenant();
    for (let i = 0; i < 5; i++) await start(tenant.admin);
    const ended = await Promise.all([end(tenant.admin, { all: true }), end(tenant.admin, { all: true })]);
    expect(ended[0] + ended[1]).toBe(5);
  });
});

describe("other district", () => {
  test("a change of a membership signs nobody out who works in another district as well", async () => {
    const [here, there] = [await makeTenant(), await makeTenant()];
    const [local, both, invited] = [await makeMember(here), await makeMember(here), await makeMember(there)];
    await makeMember(there, { email: both.email });
    await makeMember(here, { email: invited.email, joined: false });
    for (const member of [local, both, invited]) {
      const { token } = await start(member);
      await systemSignIn((tx) => endSessionsAfterChange(tx, { userId: member.userId, districtId: here.districtId }));
      const session = await systemSignIn((tx) => findSession(tx, token));
      expect(session !== null, member.email).toBe(member !== local);
    }
  });
});
