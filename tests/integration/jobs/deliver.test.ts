import { randomUUID } from "node:crypto";
import type { PgBoss } from "pg-boss";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { env, setEnv } from "@/lib/env";
import { deliver, MailWaits, messageIdOf } from "@/lib/jobs/deliver";
import { notify } from "@/lib/jobs/notify";
import { openBoss } from "@/lib/jobs/worker";
import type { MailEvent } from "@/lib/outbox";
import { type Received, type Receiver, smtpAnswer, startReceiver } from "./smtp";
import { canaries, type MailRow, mailsOf, makeCase, makeMember, makeWorld, send, sql, type World } from "./world";

let boss: PgBoss;
let world: World;
let transferId: string;
let receiver: Receiver;
let port = 0;
// What the mail server answers; each test sets its own.
let answerRecipient: (address: string) => Error | null;
let answerMail: (mail: Received) => Promise<Error | null>;

const up = async () => {
  receiver = await startReceiver({
    port,
    answerRecipient: (address) => answerRecipient(address),
    answerMail: (mail) => answerMail(mail),
  });
  port = receiver.port;
};

beforeAll(async () => {
  boss = await openBoss().start();
  world = await makeWorld();
  const { caseId } = await makeCase(world.sender);
  transferId = await send(world, [caseId]);
  await up();
  setEnv({ SMTP_URL: `smtp://127.0.0.1:${port}` });
  await receiver.stop();
});
afterAll(() => boss.stop({ graceful: false }));
beforeEach(async () => {
  answerRecipient = () => null;
  answerMail = async () => null;
  await up();
});
afterEach(() => receiver.stop());

/** A fresh mail to the receiving district's manager. */
async function address(event: MailEvent = "transfer-received"): Promise<{ districtId: string; mailId: string }> {
  const { districtId } = world.receiver;
  const key = randomUUID();
  await notify(boss, { event, districtId, transferId, key });
  const [row] = await sql<{ id: string }>("select id from mail where event_key = $1", [key]);
  return { districtId, mailId: row?.id as string };
}
async function look(mailId: string): Promise<MailRow> {
  const [row] = await sql<MailRow>("select * from mail where id = $1", [mailId]);
  return row as MailRow;
}

describe("succeeds", () => {
  it("sends, and marks as sent after the server took it", async () => {
    const job = await address();
    answerMail = async () => {
      expect((await look(job.mailId)).status).toBe("waiting");
      return null;
    };
    await deliver(job);
    expect(await look(job.mailId)).toMatchObject({ status: "sent", tries: 1, last_error: null });
    expect(receiver.mails).toMatchObject([
      { to: [`manager@${world.receiver.slug}.example`], messageId: messageIdOf(job.mailId) },
    ]);
    expect(receiver.mails[0]?.text).toContain(
      `${env().APP_URL}/d/${world.receiver.slug}/admin/requests/case-transfers/${transferId}`,
    );
  });

  it("does nothing for a mail that was sent", async () => {
    const job = await address();
    await deliver(job);
    await deliver(job);
    expect(receiver.mails).toHaveLength(1);
    expect((await look(job.mailId)).tries).toBe(1);
  });

  it("sends no canary, in no mail of all", async () => {
    const events: MailEvent[] = [
      "transfer-sent",
      "transfer-received",
      "transfer-unlocked",
      "transfer-completed",
      "transfer-rejected",
      "transfer-cancelled",
      "transfer-expired",
      "transfer-locked",
      "transfer-new-code",
      "transfer-failed",
      "transfer-reminder",
    ];
    const [before] = await sql<{ reference: string }>(
      "update transfer set reason = 'Canary reason' where id = $1 returning reference",
      [transferId],
    );
    for (const event of events) {
      for (const side of ["sender", "receiver"] as const)
        await notify(boss, { event, districtId: world[side].districtId, transferId, key: `all:${event}` });
    }
    const mails = await sql<MailRow>("select * from mail where event_key like 'all:%'");
    for (const mail of mails) await deliver({ districtId: mail.district_id, mailId: mail.id });
    expect(receiver.mails.length).toBeGreaterThan(2 * events.length);
    const numbers = (await sql<{ number: string }>('select number from "case"')).map((row) => row.number);
    for (const mail of receiver.mails) {
      const whole = [mail.raw, mail.subject, mail.text, mail.html].join("\n").toLowerCase();
      for (const secret of [...canaries, ...numbers]) expect(whole).not.toContain(secret.toLowerCase());
      expect(mail.text).toContain(before?.reference);
    }
    expect(JSON.stringify(await sql("select * from mail"))).not.toMatch(/canary|zuleika/i);
  });

  it("invites with a link whose secret stands nowhere but in the mail", async () => {
    const { districtId, slug } = world.sender;
    const invited = await makeMember(districtId, slug, "newcomer", [], "joined_at = null");
    await notify(boss, {
      event: "invitation",
      districtId,
      membershipId: invited.membershipId as string,
      key: "invitation",
    });
    const [mail] = await sql<{ id: string }>("select id from mail where event = 'invitation'");
    await deliver({ districtId, mailId: mail?.id as string });
    const token = /\/invitation\/([\w-]{43})/.exec(receiver.mails[0]?.text ?? "")?.[1];
    expect(token).toBeDefined();
    const rows = await sql(
      "select to_jsonb(m) from mail m union all select to_jsonb(i) from invitation i union all select to_jsonb(j) from pgboss.job j",
    );
    expect(JSON.stringify(rows)).not.toContain(token);
  });
});

describe("mail server down", () => {
  it("waits, says why, and goes through when the server is up again", async () => {
    const job = await address();
    await receiver.stop();
    await expect(deliver(job)).rejects.toThrow(MailWaits);
    expect(await look(job.mailId)).toMatchObject({
      status: "waiting",
      tries: 1,
      last_error: "The mail server can’t be reached.",
    });
    await up();
    await deliver(job);
    expect(await look(job.mailId)).toMatchObject({ status: "sent", tries: 2, last_error: null });
    expect(receiver.mails).toHaveLength(1);
  });

  it.each([
    ["a recipient put off", () => (answerRecipient = () => smtpAnswer(450))],
    ["a mail put off", () => (answerMail = async () => smtpAnswer(451))],
    // The mail as such, not the address: a filter, a limit. That can be mended at the server.
    ["a mail turned down", () => (answerMail = async () => smtpAnswer(554))],
  ])("waits for %s", async (_what, set) => {
    set();
    const job = await address();
    await expect(deliver(job)).rejects.toThrow(MailWaits);
    expect(await look(job.mailId)).toMatchObject({
      status: "waiting",
      last_error: expect.stringMatching(/^The mail server answered \d{3}\.$/),
    });
  });

  it("gives up after fourteen days, and keeps why", async () => {
    const job = await address();
    await sql(
      "update mail set created_at = now() - interval '15 days', last_error = 'The mail server can’t be reached.' where id = $1",
      [job.mailId],
    );
    await deliver(job);
    expect(receiver.mails).toEqual([]);
    expect(await look(job.mailId)).toMatchObject({
      status: "refused",
      last_error: "The mail server can’t be reached. Given up after 14 days.",
    });
  });
});

describe("refused for good", () => {
  it("notes an address that the server doesn't take, and stops trying", async () => {
    answerRecipient = () => smtpAnswer(550);
    const job = await address();
    await deliver(job);
    await deliver(job);
    expect(await look(job.mailId)).toMatchObject({
      status: "refused",
      tries: 1,
      last_error: "The mail server doesn’t take mail for this address (550).",
    });
  });

  it("doesn't send to a person who was disabled meanwhile", async () => {
    const { districtId, slug } = world.receiver;
    const leaving = await makeMember(districtId, slug, "leaving", ["manageCases"]);
    await notify(boss, { event: "transfer-reminder", districtId, transferId, key: "leaving" });
    await sql("update membership set disabled_at = now() where id = $1", [leaving.membershipId]);
    const [mail] = await sql<{ id: string }>("select id from mail where membership_id = $1", [leaving.membershipId]);
    await deliver({ districtId, mailId: mail?.id as string });
    expect(receiver.mails).toEqual([]);
    expect((await look(mail?.id as string)).status).toBe("refused");
  });
});

describe("other district", () => {
  it("doesn't find a mail of another district", async () => {
    const { mailId } = await address();
    await deliver({ districtId: world.sender.districtId, mailId });
    expect(receiver.mails).toEqual([]);
    expect(await look(mailId)).toMatchObject({ status: "waiting", tries: 0 });
  });
});

describe("two at once", () => {
  it("has one job per mail, whoever enqueues it once more", async () => {
    const { mailId, districtId } = await address();
    for (let i = 0; i < 3; i++) await boss.insert("deliver", [{ data: { districtId, mailId }, singletonKey: mailId }]);
    expect(await sql("select id from pgboss.job where name = 'deliver' and singleton_key = $1", [mailId])).toHaveLength(
      1,
    );
  });

  it("gives a mail that is sent twice one Message-ID", async () => {
    const job = await address();
    await Promise.all([deliver(job), deliver(job)]);
    expect(new Set(receiver.mails.map((mail) => mail.messageId)).size).toBe(1);
    expect(await mailsOf(transferId)).toContainEqual(expect.objectContaining({ id: job.mailId, status: "sent" }));
  });
});
