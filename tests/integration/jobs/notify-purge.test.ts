import type { PgBoss } from "pg-boss";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { setEnv } from "@/lib/env";
import { deliver } from "@/lib/jobs/deliver";
import { notify } from "@/lib/jobs/notify";
import { openBoss } from "@/lib/jobs/worker";
import type { Jobs } from "@/lib/outbox";
import { closedCase, confirm, keepFor, proposalOf, propose, purgers } from "../../support/retention";
import { addMember, makeWorld } from "../../support/world";
import { type Received, startReceiver } from "./smtp";

const world = await makeWorld();
const { lakeview } = world;
const [first, second] = await purgers(world, lakeview);
let boss: PgBoss;
beforeAll(async () => {
  boss = await openBoss().start();
  await keepFor(world, lakeview, "case", 7);
  const gone = await addMember(world, lakeview, "gone", ["purge"]);
  await world.sql("update membership set disabled_at = now() where id = $1", [gone.membershipId]);
  await addMember(world, world.riverbend, "stranger", ["purge"]);
});
afterAll(() => boss.stop({ graceful: false }));

/** Does the proposal's jobs of that event, each twice as after a crash; gives the mails' ids and addresses. */
async function told(event: "purge-proposed" | "purge-confirmed", proposalId: string) {
  const jobs = await world.sql<{ data: Jobs["notify"] }>(
    "select data from pgboss.job where name = 'notify' and data ->> 'event' = $1 and data ->> 'proposalId' = $2",
    [event, proposalId],
  );
  expect(jobs).toHaveLength(1);
  for (const { data } of [...jobs, ...jobs]) await notify(boss, data);
  return world.sql<{ id: string; to: string; link: string }>(
    'select id, to_address as "to", link from mail where event = $1 and proposal_id = $2 order by to_address',
    [event, proposalId],
  );
}
const addressOf = (name: string) => `${name}@${lakeview.slug}.example`;

describe("succeeds", () => {
  test("everybody else with Purge or Manage District hears of a proposal and of its end; without names", async () => {
    const one = await closedCase(world, lakeview, 8, { given: "Zuleika", family: "Canarybird" });
    const { id } = await propose(first, [one.id]);
    const { number } = await proposalOf(second, id);
    const proposed = await told("purge-proposed", id);
    expect(proposed.map((mail) => mail.to)).toEqual([addressOf("admin"), addressOf("second")]);
    await confirm(second, id);
    const confirmed = await told("purge-confirmed", id);
    expect(confirmed.map((mail) => mail.to)).toEqual([addressOf("admin"), addressOf("first")]);

    const link = `/d/${lakeview.slug}/admin/retention/proposals/${id}`;
    const mails = await sent([...proposed, ...confirmed].map((mail) => mail.id));
    expect(mails).toHaveLength(4);
    for (const { text } of mails) {
      for (const fact of [number, link, lakeview.name]) expect(text).toContain(fact);
      expect(text).toMatch(/Records\W+1\b/);
      expect(text).not.toMatch(new RegExp(`Zuleika|Canarybird|${one.number}|${first.name}|${second.name}`));
    }
  });
});

async function sent(ids: string[]): Promise<Received[]> {
  const receiver = await startReceiver({ port: 0, answerRecipient: () => null, answerMail: async () => null });
  setEnv({ SMTP_URL: `smtp://127.0.0.1:${receiver.port}` });
  for (const mailId of ids) await deliver({ districtId: lakeview.id, mailId });
  await receiver.stop();
  return receiver.mails;
}
