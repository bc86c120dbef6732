import { describe, expect, test } from "vitest";
import { systemSignIn } from "@/lib/db/system";
import { changePassword } from "@/lib/users/change-password";
import { finishSignIn } from "@/lib/users/finish-sign-in";
import { findSession } from "@/lib/users/session";
import { signIn } from "@/lib/users/sign-in";
import { asOwner, auditActions, type Member, makeMember, makeTenant, testPassword } from "../../support/make-tenant";
import { codeOf, type Enrolled, enrolled, forgetSteps, holdClock } from "../../support/second-factor";

holdClock();

const from = { ip: "192.0.2.30" as string | null, agent: null };
const password = (member: Member, word = testPassword, at = from) =>
  signIn(systemSignIn, { identifier: member.email, password: word, ...at });
async function half(member: Member, at = from): Promise<string> {
  const begun = await password(member, testPassword, at);
  if (!("half" in begun)) throw new Error("signed in without a second factor");
  return begun.half;
}
const finish = (token: string, typed: string, at = from) => finishSignIn(systemSignIn, { half: token, typed, ...at });
const find = (token: string) => systemSignIn((tx) => findSession(tx, token));

async function person(): Promise<{ districtId: string; member: Member } & Enrolled> {
  const { districtId, admin: member } = await makeTenant();
  return { districtId, member, ...(await enrolled(member)) };
}

describe("succeeds", () => {
  test("password, then the app's code; each district's log has both", async () => {
    const { districtId, member, secret } = await person();
    const other = await makeTenant();
    await makeMember(other, { email: member.email });
    const token = await finish(await half(member), codeOf(secret));
    expect(await find(token)).toMatchObject({ userId: member.userId, fresh: true });
    expect(await auditActions(districtId)).toEqual(["factor.enrol", "sign-in.factor", "user.sign-in"]);
    expect(await auditActions(other.districtId)).toEqual(["sign-in.factor", "user.sign-in"]);
  });

  test("with the step before and the one after, and with spaces", async () => {
    for (const steps of [-1, 0, 1]) {
      const { member, secret } = await person();
      const code = codeOf(secret, steps);
      await expect(finish(await half(member), ` ${code.slice(0, 3)} ${code.slice(3)} `)).resolves.toBeTruthy();
    }
  });

  test("with a recovery code, typed as people do", async () => {
    const { districtId, member, codes } = await person();
    await finish(await half(member), codes[3]?.toLowerCase().replaceAll("-", " ") ?? "");
    const [row] = await asOwner<{ detail: object }>(
      "select detail from audit where district_id = $1 and action = 'sign-in.factor'",
      [districtId],
    );
    expect(row?.detail).toEqual({ by: "recovery" });
  });

  test("the database holds neither the secret nor a recovery code nor a token", async () => {
    const { member, secret, codes } = await person();
    const token = await half(member);
    const rows = [
      await asOwner("select * from app_user"),
      await asOwner("select * from recovery_code"),
      await asOwner("select * from half_session"),
      await asOwner("select * from session"),
    ];
    const dump = JSON.stringify(rows, (_, value) =>
      value?.type === "Buffer" ? Buffer.from(value.data).toString("latin1") : value,
    );
    for (const canary of [secret, token, ...codes, ...codes.map((code) => code.replaceAll("-", ""))])
      expect(dump).not.toContain(canary);
  });
});

describe("wrong permission", () => {
  test("the password alone opens nothing: a half session's token is no session's", async () => {
    const { member } = await person();
    const token = await half(member);
    expect(await find(token)).toBeNull();
  });

  test("a code isn't enough either: a wrong password gives no half session", async () => {
    const { member } = await person();
    await expect(password(member, "wrong")).rejects.toThrow("wrong-password");
    expect(await asOwner("select from half_session where user_id = $1", [member.userId])).toEqual([]);
  });

  test("inside a district's door none of it can be seen", async () => {
    const { member } = await person();
    await half(member);
    const seen = await member.doors.district(async (tx) => [
      await tx.halfSession.count(),
      await tx.recoveryCode.count(),
      await tx.passwordReset.count(),
    ]);
    expect(seen).toEqual([0, 0, 0]);
  });
});

describe("other district", () => {
  test("somebody else's codes don't open", async () => {
    const [one, two] = [await person(), await person()];
    for (const typed of [codeOf(two.secret), two.codes[0] ?? ""])
      await expect(finish(await half(one.member), typed)).rejects.toThrow("wrong-factor");
    await expect(finish(await half(two.member), two.codes[0] ?? "")).resolves.toBeTruthy();
  });

  test("another person's secret in one's row doesn't open: it's bound", async () => {
    const [one, two] = [await person(), await person()];
    await asOwner("update app_user u set totp_secret = o.totp_secret from app_user o where u.id = $1 and o.id = $2", [
      one.member.userId,
      two.member.userId,
    ]);
    await expect(finish(await half(one.member), codeOf(two.secret))).rejects.toThrow("sealed data");
  });
});

describe("wrong state", () => {
  test("each code and each recovery code is taken once", async () => {
    const { member, secret, codes } = await person();
    for (const typed of [codes[0] ?? "", codeOf(secret)]) {
      await finish(await half(member), typed);
      await expect(finish(await half(member), typed)).rejects.toThrow("wrong-factor");
    }
  });

  test("after a code the ones before it are worth nothing", async () => {
    const { member, secret } = await person();
    await finish(await half(member), codeOf(secret, 1));
    await expect(finish(await half(member), codeOf(secret, 0))).rejects.toThrow("wrong-factor");
  });

  test("codes of two steps ago and from two steps on are refused", async () => {
    const { member, secret } = await person();
    for (const steps of [-2, 2])
      await expect(finish(await half(member), codeOf(secret, steps))).rejects.toThrow("wrong-factor");
  });

  test("a half session makes one session, and lasts ten minutes", async () => {
    const { member, secret, codes } = await person();
    const token = await half(member);
    await finish(token, codeOf(secret));
    await expect(finish(token, codes[0] ?? "")).rejects.toThrow("sign-in-over");
    const late = await half(member);
    await asOwner("update half_session set created_at = now() - interval '11 minutes'");
    await expect(finish(late, codes[0] ?? "")).rejects.toThrow("sign-in-over");
  });

  test("a new password ends what was begun with the old one", async () => {
    const { member, secret, sessionId } = await person();
    const token = await half(member);
    await changePassword(systemSignIn, {
      userId: member.userId,
      sessionId,
      currentPassword: testPassword,
      password: "seven green kettles hum",
      ip: null,
    });
    await expect(finish(token, codeOf(secret))).rejects.toThrow("sign-in-over");
  });

  test("tries of the code count with those of the password, and the right password in between gives none back", async () => {
    const { member, secret } = await person();
    for (let i = 0; i < 5; i++) await expect(finish(await half(member), "000000")).rejects.toThrow("wrong-factor");
    await expect(password(member)).rejects.toMatchObject({ kind: "locked-out", data: { minutes: 15 } });
    // From elsewhere the person gets in.
    const elsewhere = { ip: "192.0.2.31", agent: null };
    await expect(finish(await half(member, elsewhere), codeOf(secret), elsewhere)).resolves.toBeTruthy();
  });

  test("a sign-in that succeeds begins the count anew", async () => {
    const { member, secret } = await person();
    for (let round = 0; round < 3; round++) {
      for (let i = 0; i < 4; i++) await expect(finish(await half(member), "000000")).rejects.toThrow("wrong-factor");
      await finish(await half(member), codeOf(secret));
      await forgetSteps(member);
    }
    expect(await asOwner("select from attempt where key like '%192.0.2.30 ' || $1", [member.userId])).toEqual([]);
  });
});

describe("bad input", () => {
  test.each(["", "abc", "12345", "1234567", "１２３４５６", "0".repeat(64), "OOOO-OOOO-OOOO", "' or 1=1 --"])(
    "%j is refused like any wrong code",
    async (typed) => {
      const { member } = await person();
      await expect(finish(await half(member), typed)).rejects.toThrow("wrong-factor");
    },
  );

  test.each(["", "x", "0".repeat(200)])("the half session %j is nobody's", async (token) => {
    await expect(finish(token, "000000")).rejects.toThrow("sign-in-over");
  });
});

describe("two at once", () => {
  test.each(["code", "recovery"] as const)("one %s at twenty half sessions opens once", async (by) => {
    const { member, secret, codes } = await person();
    const typed = by === "code" ? codeOf(secret) : (codes[0] ?? "");
    const halves: string[] = [];
    for (let i = 0; i < 20; i++) halves.push(await half(member, { ip: `192.0.2.${100 + i}`, agent: null }));
    const answers = await Promise.allSettled(
      halves.map((token, i) => finish(token, typed, { ip: `192.0.2.${100 + i}`, agent: null })),
    );
    expect(answers.filter((one) => one.status === "fulfilled")).toHaveLength(1);
  });

  test("of fifty parallel guesses nine are looked at: the password was the first try", async () => {
    const { member } = await person();
    const token = await half(member);
    const answers = await Promise.all(
      Array.from({ length: 50 }, () => finish(token, "000000").catch((error) => error.kind)),
    );
    expect(answers.filter((one) => one === "wrong-factor")).toHaveLength(9);
    expect(answers.filter((one) => one === "locked-out")).toHaveLength(41);
  });
});
