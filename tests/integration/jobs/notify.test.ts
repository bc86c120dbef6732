import { randomUUID } from "node:crypto";
import type { PgBoss } from "pg-boss";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { doorsFor } from "@/lib/db/exchange";
import { notify } from "@/lib/jobs/notify";
import { openBoss } from "@/lib/jobs/worker";
import type { MailEvent } from "@/lib/outbox";
import { rejectTransfer } from "@/lib/transfers/reject-transfer";
import { mailsOf, makeCase, makeMember, makeWorld, send, sql, type World } from "./world";

let boss: PgBoss;
let world: World;
let transferId: string;
let caseId: string;

beforeAll(async () => {
  boss = await openBoss().start();
  world = await makeWorld();
  ({ caseId } = await makeCase(world.sender));
  transferId = await send(world, [caseId]);
});
afterAll(() => boss.stop({ graceful: false }));

const job = (event: MailEvent, side: "sender" | "receiver", key = `${transferId}:${event}`) => ({
  event,
  districtId: world[side].districtId,
  transferId,
  key,
});
const addresses = async (event: MailEvent) => (await mailsOf(transferId, event)).map((mail) => mail.to_address);

describe("succeeds", () => {
  it("tells the sender's Manage Cases users, with the way to the transfer, and who is assigned, with the way to the case", async () => {
    await notify(boss, job("transfer-sent", "sender"));
    const { slug } = world.sender;
    expect((await mailsOf(transferId, "transfer-sent")).map((mail) => [mail.to_address, mail.link])).toEqual([
      [`manager@${slug}.example`, `/d/${slug}/admin/requests/case-transfers/${transferId}`],
      [`staff@${slug}.example`, `/d/${slug}/cases/${caseId}`],
    ]);
  });

  it("leads who is assigned to several of its cases to the list, and doesn't count other cases", async () => {
    const [one, two, three] = await Promise.all([1, 2, 3].map(() => makeCase(world.sender)));
    const ids = [one, two, three].map((made) => made?.caseId ?? "");
    const single = await makeMember(world.sender.districtId, world.sender.slug, "single", []);
    for (const assigned of [ids[0], caseId]) {
      await sql("insert into case_assignment (district_id, case_id, membership_id) values ($1, $2, $3)", [
        world.sender.districtId,
        assigned,
        single.membershipId,
      ]);
    }
    const several = await send(world, ids);
    await notify(boss, { ...job("transfer-sent", "sender", `${several}:sent`), transferId: several });
    const { slug } = world.sender;
    expect((await mailsOf(several, "transfer-sent")).map((mail) => [mail.to_address, mail.link])).toEqual([
      [`manager@${slug}.example`, `/d/${slug}/admin/requests/case-transfers/${several}`],
      [`single@${slug}.example`, `/d/${slug}/cases/${ids[0]}`],
      [`staff@${slug}.example`, `/d/${slug}/cases`],
    ]);
    await sql("delete from case_assignment where membership_id = $1", [single.membershipId]);
  });

  it("tells the receiver's Manage Cases users and nobody else there", async () => {
    await notify(boss, job("transfer-received", "receiver"));
    expect(await addresses("transfer-received")).toEqual([`manager@${world.receiver.slug}.example`]);
  });

  it.each(["transfer-completed", "transfer-rejected", "transfer-expired"] as const)(
    "tells who is assigned how it ended: %s",
    async (event) => {
      await notify(boss, job(event, "sender"));
      expect(await addresses(event)).toContain(`staff@${world.sender.slug}.example`);
    },
  );

  it.each(["transfer-unlocked", "transfer-locked", "transfer-failed", "transfer-reminder"] as const)(
    "doesn't trouble who is assigned with %s",
    async (event) => {
      await notify(boss, job(event, "sender"));
      expect(await addresses(event)).toEqual([`manager@${world.sender.slug}.example`]);
    },
  );

  it("enqueues one sending per mail", async () => {
    const mails = await mailsOf(transferId, "transfer-sent");
    const jobs = await sql("select data from pgboss.job where name = 'deliver' and singleton_key = any ($1)", [
      mails.map((mail) => mail.id),
    ]);
    expect(jobs).toHaveLength(mails.length);
  });

  it("invites a person who hasn't joined", async () => {
    const { districtId, slug } = world.sender;
    const invited = await makeMember(districtId, slug, "newcomer", [], "joined_at = null");
    const key = `invitation:${invited.membershipId}`;
    await notify(boss, { event: "invitation", districtId, membershipId: invited.membershipId as string, key });
    expect(await sql("select to_address, link from mail where event_key = $1", [key])).toEqual([
      { to_address: `newcomer@${slug}.example`, link: null },
    ]);
  });
});

describe("wrong recipients", () => {
  it("passes over the disabled and those who never joined", async () => {
    const all = (await mailsOf(transferId)).map((mail) => mail.to_address);
    expect(all.some((address) => /^(gone|invited)@/.test(address))).toBe(false);
  });
});

describe("other district", () => {
  it("tells nobody in a district that takes no part", async () => {
    const other = await makeWorld();
    await notify(boss, { event: "transfer-sent", districtId: other.sender.districtId, transferId, key: "elsewhere" });
    expect(await sql("select id from mail where district_id = $1", [other.sender.districtId])).toEqual([]);
  });

  it("doesn't know a membership of another district", async () => {
    const key = randomUUID();
    await notify(boss, {
      event: "invitation",
      districtId: world.sender.districtId,
      membershipId: world.receiver.manager.membershipId as string,
      key,
    });
    expect(await sql("select id from mail where event_key = $1", [key])).toEqual([]);
  });
});

describe("two at once", () => {
  it("makes one mail per person and event, however often it runs", async () => {
    await Promise.all(Array.from({ length: 8 }, () => notify(boss, job("transfer-sent", "sender"))));
    expect(await mailsOf(transferId, "transfer-sent")).toHaveLength(2);
  });

  it("makes another for another key: the second reminder", async () => {
    await notify(boss, job("transfer-reminder", "receiver", "first"));
    await notify(boss, job("transfer-reminder", "receiver", "second"));
    expect(
      (await mailsOf(transferId, "transfer-reminder")).filter((mail) => mail.district_id === world.receiver.districtId),
    ).toHaveLength(2);
  });
});

describe("the jobs that verbs leave behind", () => {
  it("hold ids and nothing else, and are gone with a rollback", async () => {
    const before = await jobs();
    const doors = doorsFor(world.receiver.manager);
    await expect(
      doors.exchange(transferId, async (tx) => {
        await rejectTransfer({ ...doors, exchange: (_id, run) => run(tx) }, { transferId, reason: "Canary reason" });
        throw new Error("rolled back");
      }),
    ).rejects.toThrow("rolled back");
    expect(await jobs()).toEqual(before);
    expect(JSON.stringify(before)).not.toMatch(/canary|zuleika/i);
  });

  const jobs = () => sql("select data from pgboss.job where name = 'notify' order by id");
});
