import type { PgBoss } from "pg-boss";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { systemSignIn } from "@/lib/db/system";
import { setEnv } from "@/lib/env";
import { deliver } from "@/lib/jobs/deliver";
import { notify } from "@/lib/jobs/notify";
import { openBoss } from "@/lib/jobs/worker";
import type { MailEvent } from "@/lib/outbox";
import { findReset } from "@/lib/users/reset-password";
import { type Received, type Receiver, startReceiver } from "./smtp";
import { makeMember, makeWorld, sql, type World } from "./world";

let boss: PgBoss;
let world: World;
let receiver: Receiver;

beforeAll(async () => {
  boss = await openBoss().start();
  world = await makeWorld();
  receiver = await startReceiver();
  setEnv({ SMTP_URL: `smtp://127.0.0.1:${receiver.port}` });
});
afterAll(async () => {
  await boss.stop({ graceful: false });
  await receiver.stop();
});

async function sent(event: MailEvent, membershipId: string, key: string): Promise<Received | undefined> {
  const { districtId } = world.sender;
  await notify(boss, { event, districtId, membershipId, key });
  const [row] = await sql<{ id: string }>("select id from mail where event_key = $1", [key]);
  if (!row) return undefined;
  await deliver({ districtId, mailId: row.id });
  return receiver.mails.at(-1);
}

describe("succeeds", () => {
  it("password-reset: the link comes to be at sending; neither the job nor the mail's row holds it", async () => {
    const { staff } = world.sender;
    const mail = await sent("password-reset", staff.membershipId as string, "reset-1");
    const token = /\/new-password\/([\w-]{43})/.exec(mail?.text ?? "")?.[1] ?? "";
    expect(await systemSignIn((tx) => findReset(tx, token))).toMatchObject({ email: mail?.to[0] });
    const kept = JSON.stringify([await sql("select * from mail"), await sql("select data from pgboss.job")]);
    expect(kept).not.toContain(token);
  });

  it("factor-reset names the district", async () => {
    const mail = await sent("factor-reset", world.sender.staff.membershipId as string, "factor-1");
    expect(mail?.subject).toBe("Your second factor for Baton was reset");
    expect(mail?.text).toContain(`District ${world.sender.slug}`);
  });
});

describe("wrong state", () => {
  it("who was disabled between asking and sending gets no link", async () => {
    const { districtId, slug } = world.sender;
    const member = await makeMember(districtId, slug, "leaving", []);
    await notify(boss, {
      event: "password-reset",
      districtId,
      membershipId: member.membershipId as string,
      key: "reset-2",
    });
    await sql("update membership set disabled_at = now() where id = $1", [member.membershipId]);
    const [row] = await sql<{ id: string }>("select id from mail where event_key = 'reset-2'");
    const before = receiver.mails.length;
    await deliver({ districtId, mailId: row?.id as string });
    expect(receiver.mails).toHaveLength(before);
    expect(await sql("select from password_reset where user_id = $1", [member.userId])).toEqual([]);
  });
});

describe("other district", () => {
  it("a membership of another district is addressed by nobody", async () => {
    expect(await sent("password-reset", world.receiver.staff.membershipId as string, "reset-3")).toBeUndefined();
  });
});
