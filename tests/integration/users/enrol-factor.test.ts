import { describe, expect, test } from "vitest";
import { systemSignIn } from "@/lib/db/system";
import { beginSession } from "@/lib/users/begin-session";
import { enrolFactor, findEnrolment } from "@/lib/users/enrol-factor";
import { findSession } from "@/lib/users/session";
import { asOwner, auditActions, type Member, makeMember, makeTenant } from "../../support/make-tenant";
import { codeOf, enrolled, holdClock, openSession } from "../../support/second-factor";

holdClock();

const look = (member: Member, sessionId: string) =>
  systemSignIn((tx) => findEnrolment(tx, { userId: member.userId, sessionId, email: member.email }));
const enrol = (member: Member, sessionId: string, code: string) =>
  enrolFactor(systemSignIn, { userId: member.userId, sessionId, code, ip: null });
const isEnrolled = async (member: Member) =>
  (await asOwner("select from app_user where id = $1 and totp_secret is not null", [member.userId])).length === 1;

describe("succeeds", () => {
  test("the secret stays while the page is loaded again; a code of it sets the factor up, with ten recovery codes", async () => {
    const { districtId, admin } = await makeTenant();
    const { sessionId, token } = await openSession(admin);
    const first = await look(admin, sessionId);
    expect(await look(admin, sessionId)).toEqual(first);
    expect(first?.address).toBe(
      `otpauth://totp/Baton:${encodeURIComponent(admin.email)}?secret=${first?.secret}&issuer=Baton`,
    );
    const codes = await enrol(admin, sessionId, codeOf(first?.secret ?? ""));
    expect(new Set(codes).size).toBe(10);
    for (const code of codes) expect(code).toMatch(/^[0-9A-HJKMNP-TV-Z]{4}(-[0-9A-HJKMNP-TV-Z]{4}){2}$/);
    expect(await systemSignIn((tx) => findSession(tx, token))).toMatchObject({
      secondFactorSince: expect.any(Date),
      fresh: true,
    });
    expect(await auditActions(districtId)).toEqual(["factor.enrol"]);
  });

  test("sessions that came in without it end", async () => {
    const { admin } = await makeTenant();
    const before = await openSession(admin);
    const { token } = await enrolled(admin);
    expect(await systemSignIn((tx) => findSession(tx, before.token))).toBeNull();
    expect(await systemSignIn((tx) => findSession(tx, token))).not.toBeNull();
  });
});

describe("wrong permission", () => {
  test("a code of the secret that another session of the person shows doesn't count here", async () => {
    const { admin } = await makeTenant();
    const [here, there] = [await openSession(admin), await openSession(admin)];
    await look(admin, here.sessionId);
    const other = await look(admin, there.sessionId);
    await expect(enrol(admin, here.sessionId, codeOf(other?.secret ?? ""))).rejects.toThrow("wrong-factor");
    expect(await isEnrolled(admin)).toBe(false);
  });
});

describe("other district", () => {
  test("somebody else's session can't be used", async () => {
    const [one, two] = [await makeTenant(), await makeTenant()];
    const { sessionId } = await openSession(two.admin);
    const theirs = await look(two.admin, sessionId);
    expect(await look(one.admin, sessionId)).toBeNull();
    await expect(enrol(one.admin, sessionId, codeOf(theirs?.secret ?? ""))).rejects.toThrow("factor-enrolled");
  });

  test("a factor is the person's, for all of their districts, and written down in each", async () => {
    const [one, two] = [await makeTenant(), await makeTenant()];
    const member = await makeMember(one);
    await makeMember(two, { email: member.email });
    await enrolled(member);
    for (const { districtId } of [one, two]) expect(await auditActions(districtId)).toEqual(["factor.enrol"]);
  });
});

describe("wrong state", () => {
  test("who has one already is shown no secret, and can't set up a second", async () => {
    const { admin } = await makeTenant();
    const { sessionId, secret } = await enrolled(admin);
    expect(await look(admin, sessionId)).toBeNull();
    await expect(enrol(admin, sessionId, codeOf(secret))).rejects.toThrow("factor-enrolled");
  });

  test("the code that set it up doesn't sign in as well", async () => {
    const { admin } = await makeTenant();
    const { sessionId } = await openSession(admin);
    const enrolment = await look(admin, sessionId);
    await enrol(admin, sessionId, codeOf(enrolment?.secret ?? ""));
    const [row] = await asOwner<{ age: number }>("select $2 - totp_last_step age from app_user where id = $1", [
      admin.userId,
      Math.floor(Date.now() / 30_000),
    ]);
    expect(row?.age).toBe(0);
  });
});

describe("bad input", () => {
  test.each(["", "000000", "abcdef", "12345678"])("the code %j sets nothing up", async (code) => {
    const { admin } = await makeTenant();
    const { sessionId } = await openSession(admin);
    await look(admin, sessionId);
    await expect(enrol(admin, sessionId, code)).rejects.toThrow("wrong-factor");
    expect(await isEnrolled(admin)).toBe(false);
  });

  test("ten wrong codes, and the session waits", async () => {
    const { admin } = await makeTenant();
    const { sessionId } = await openSession(admin);
    const enrolment = await look(admin, sessionId);
    for (let i = 0; i < 10; i++) await expect(enrol(admin, sessionId, "000000")).rejects.toThrow("wrong-factor");
    await expect(enrol(admin, sessionId, codeOf(enrolment?.secret ?? ""))).rejects.toThrow("locked-out");
  });
});

describe("two at once", () => {
  test("from two sessions one sets up, and the other is over", async () => {
    const { admin } = await makeTenant();
    const sessions = [await openSession(admin), await openSession(admin)];
    const outcomes = await Promise.allSettled(
      sessions.map(async ({ sessionId }) =>
        enrol(admin, sessionId, codeOf((await look(admin, sessionId))?.secret ?? "")),
      ),
    );
    expect(outcomes.filter((one) => one.status === "fulfilled")).toHaveLength(1);
    expect(await asOwner("select from recovery_code where user_id = $1", [admin.userId])).toHaveLength(10);
    expect(await asOwner("select from session where user_id = $1", [admin.userId])).toHaveLength(1);
  });

  test("who signs in with the password alone at that moment is left with no session", async () => {
    for (let round = 0; round < 10; round++) {
      const { admin } = await makeTenant();
      const [row] = await asOwner<{ password_hash: string }>("select password_hash from app_user where id = $1", [
        admin.userId,
      ]);
      const { sessionId } = await openSession(admin);
      const enrolment = await look(admin, sessionId);
      const enter = () =>
        systemSignIn((tx) =>
          beginSession(tx, {
            userId: admin.userId,
            passwordHash: row?.password_hash ?? "",
            counted: [],
            ip: null,
            agent: null,
          }),
        );
      await Promise.all([enter(), enter(), enrol(admin, sessionId, codeOf(enrolment?.secret ?? "")), enter(), enter()]);
      const left = await asOwner<{ id: string }>("select id from session where user_id = $1", [admin.userId]);
      expect(left.map((one) => one.id)).toEqual([sessionId]);
    }
  });
});
