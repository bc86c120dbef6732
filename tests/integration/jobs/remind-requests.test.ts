import { randomUUID } from "node:crypto";
import type { PgBoss } from "pg-boss";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { withDistrict } from "@/lib/db/tenant";
import { notify } from "@/lib/jobs/notify";
import { moveAllDueDays, remindRequests } from "@/lib/jobs/remind-requests";
import { openBoss } from "@/lib/jobs/worker";
import { workerOf } from "@/lib/policy";
import { makeMember, makeWorld, sql, type World } from "./world";

let boss: PgBoss;
/** The sender is who has the records, the receiver who asks. */
let world: World;
beforeAll(async () => {
  boss = await openBoss().start();
  world = await makeWorld();
  const { districtId, slug } = world.sender;
  await makeMember(districtId, slug, "clerk", ["manageDocuments"]);
  await makeMember(districtId, slug, "head", ["manageDistrict"]);
  await makeMember(districtId, slug, "admin", ["manageCases", "manageDocuments", "manageDistrict"]);
  await sql("update district_settings set coordinator_email = $2, coordinator_shown = false where district_id = $1", [
    districtId,
    `coordinator@${slug}.example`,
  ]);
});
afterAll(() => boss.stop({ graceful: false }));

/** As on the day of asking, whenever the tests run: what is overdue doesn't move later. */
const moveAll = () => moveAllDueDays(new Date("2026-11-20T18:00:00Z"));

/** Asked on Friday, Nov 20, 2026, of a district in Texas: due on Monday, Dec 7. */
async function asked(own: { kind?: string; askedAt?: string; status?: string } = {}): Promise<string> {
  const [row] = await sql<{ id: string }>(
    `insert into record_request (reference, requesting_district_id, holding_district_id, kind, content_sealed, requested_by, requested_by_name, requested_at, status, decided_at)
     values ($1, $2, $3, $4, '', $5, 'Staff', $6, $7, case when $7 <> 'open' then now() end) returning id`,
    [
      `R-${randomUUID()}`,
      world.receiver.districtId,
      world.sender.districtId,
      own.kind ?? "documents",
      world.receiver.staff.membershipId,
      own.askedAt ?? "2026-11-20T18:00:00Z",
      own.status ?? "open",
    ],
  );
  await moveAll();
  return row?.id ?? "";
}
const on = (day: string, hour = "15") => remindRequests(new Date(`${day}T${hour}:00:00Z`));
const four = <T>(run: () => Promise<T>) => Promise.all(Array.from({ length: 4 }, run));

/** What was told of a request: does what the worker would, and gives the mails. */
async function told(requestId: string) {
  const jobs = await sql<{ data: Parameters<typeof notify>[1] }>(
    "select data from pgboss.job where name = 'notify' and data ->> 'requestId' = $1",
    [requestId],
  );
  for (const { data } of jobs) await notify(boss, data);
  const mails = await sql<{ event: string; to_address: string; link: string }>(
    "select event, to_address, link from mail where request_id = $1 order by created_at, to_address",
    [requestId],
  );
  return { jobs: jobs.map((job) => job.data.event), mails };
}
const toWhom = (mails: { event: string; to_address: string }[], event: string) =>
  mails.filter((mail) => mail.event === event).map((mail) => mail.to_address.split("@")[0]);

describe("succeeds", () => {
  it("reminds those who answer three working days before and on the day, then tells those above, each once", async () => {
    const id = await asked();
    const [row] = await sql<{ due_on: string }>("select due_on::text from record_request where id = $1", [id]);
    expect(row?.due_on).toBe("2026-12-07");
    await on("2026-12-01");
    expect((await told(id)).jobs).toEqual([]);
    await four(() => on("2026-12-02"));
    await on("2026-12-03");
    expect((await told(id)).jobs).toEqual(["request-due-soon"]);
    await four(() => on("2026-12-07"));
    await four(() => on("2026-12-08"));
    await on("2027-01-15");
    const { jobs, mails } = await told(id);
    expect(jobs.sort()).toEqual(["request-due-soon", "request-due-today", "request-overdue"]);
    expect(toWhom(mails, "request-due-soon")).toEqual(["admin", "clerk"]);
    expect(toWhom(mails, "request-due-today")).toEqual(["admin", "clerk"]);
    expect(toWhom(mails, "request-overdue")).toEqual(["admin", "coordinator", "head"]);
    // Who may not open the request is led to Admin.
    const link = (who: string) =>
      mails.find((mail) => mail.event === "request-overdue" && mail.to_address.startsWith(who))?.link;
    expect(link("admin")).toBe(`/d/${world.sender.slug}/admin/requests/record-requests/${id}`);
    expect(link("head")).toBe(`/d/${world.sender.slug}/admin`);
  });

  it("reminds of cases those who answer cases", async () => {
    const id = await asked({ kind: "cases" });
    await on("2026-12-07");
    expect(toWhom((await told(id)).mails, "request-due-today")).toEqual(["admin", "manager"]);
  });

  it("reminds anew of a due day that has moved later, and not twice of the same day", async () => {
    const id = await asked();
    await on("2026-12-08");
    expect((await told(id)).mails.map((mail) => mail.event)).toContain("request-overdue");
    const rest = (day: string) =>
      sql("update record_request set requested_at = $2 where id = $1", [id, `${day}T18:00:00Z`]);
    // As where the calendar changes: the day moves to December 14, and back.
    await rest("2026-11-30");
    await moveAll();
    expect(await sql("select due_on::text, reminded from record_request where id = $1", [id])).toEqual([
      { due_on: "2026-12-14", reminded: 0 },
    ]);
    await on("2026-12-09");
    await on("2026-12-14");
    await on("2026-12-15");
    expect((await told(id)).jobs.sort()).toEqual([
      "request-due-soon",
      "request-due-today",
      "request-overdue",
      "request-overdue",
    ]);
    const { mails } = await told(id);
    expect(toWhom(mails, "request-overdue").sort()).toEqual([
      "admin",
      "admin",
      "coordinator",
      "coordinator",
      "head",
      "head",
    ]);
    await rest("2026-11-20");
    await moveAll();
    await on("2026-12-16");
    expect((await told(id)).mails).toHaveLength(mails.length);
  });

  it("enqueues the reminders of a district in one statement", async () => {
    for (const run of [
      "create sequence planted_inserts",
      "create function planted_insert() returns trigger language plpgsql security definer as $$ begin perform nextval('public.planted_inserts'); return null; end $$",
      "create trigger planted after insert on pgboss.job for each statement execute function planted_insert()",
      "create trigger planted after insert on pgboss.job_common for each statement execute function planted_insert()",
    ])
      await sql(run);
    const ids = [await asked(), await asked(), await asked()];
    await on("2026-12-07");
    const inserts = await sql<{ n: string }>("select nextval('planted_inserts') - 1 n");
    await sql("drop function planted_insert cascade");
    for (const id of ids) expect((await told(id)).jobs).toEqual(["request-due-today"]);
    expect(Number(inserts[0]?.n)).toBe(1);
  });

  it("notes nothing where the due day has moved since it was read", async () => {
    const id = await asked();
    const note = (day: string) =>
      withDistrict(
        workerOf(world.sender.districtId),
        (tx) => tx.$queryRaw<unknown[]>`
          select exchange_note_reminders(array[${id}]::uuid[], array[3], array[${day}]::date[]) id`,
      );
    expect(await note("2026-12-04")).toEqual([]);
    expect(await note("2026-12-07")).toEqual([{ id }]);
  });

  it("writes down how many due days moved, where some did", async () => {
    const moved = () =>
      sql<{ count: number; actor_name: string }>(
        "select (detail ->> 'count')::int count, actor_name from audit where district_id = $1 and action = 'request.due-moved' order by seq",
        [world.sender.districtId],
      );
    const ids = [await asked(), await asked()];
    const before = await moved();
    await moveAll();
    expect(await moved()).toEqual(before);
    await sql("update record_request set due_on = '2026-12-01' where id = any ($1)", [ids]);
    await moveAll();
    expect((await moved()).slice(before.length)).toEqual([{ count: 2, actor_name: "Baton" }]);
  });

  it("leaves out what was missed while no worker ran", async () => {
    const id = await asked();
    await on("2026-12-14");
    expect((await told(id)).jobs).toEqual(["request-overdue"]);
  });

  it("reminds in the morning of the district's own day", async () => {
    const id = await asked();
    await on("2026-12-07", "12");
    expect((await told(id)).jobs).toEqual([]);
    await on("2026-12-07", "13");
    expect((await told(id)).jobs).toEqual(["request-due-today"]);
  });

  it("gives what was open before there were deadlines its due day", async () => {
    const id = await asked();
    await sql("update record_request set due_on = null, due_days = null, due_kind = null where id = $1", [id]);
    expect(await moveAll()).toBe(1);
    expect(await moveAll()).toBe(0);
  });
});

describe("other district", () => {
  it("tells nobody at the district that asks", async () => {
    const id = await asked();
    await on("2026-12-14");
    const { mails } = await told(id);
    expect(mails.length).toBeGreaterThan(0);
    expect(mails.filter((mail) => mail.to_address.endsWith(`@${world.receiver.slug}.example`))).toEqual([]);
  });
});

describe("wrong state", () => {
  it("reminds of nothing that's decided, nor once it's decided before the mail is made", async () => {
    const declined = await asked({ status: "declined" });
    const answered = await asked();
    await on("2026-12-07");
    await sql("update record_request set status = 'answered', decided_at = now() where id = $1", [answered]);
    expect((await told(declined)).jobs).toEqual([]);
    expect((await told(answered)).mails).toEqual([]);
  });
});

describe("two at once", () => {
  it("a worker killed before its transaction ends leaves neither mark nor mail; the next one does both", async () => {
    const id = await asked();
    await sql(
      "alter table pgboss.job_common add constraint planted check (data ->> 'event' is distinct from 'request-due-today') not valid",
    );
    await expect(on("2026-12-07")).rejects.toThrow();
    expect(await sql("select reminded from record_request where id = $1", [id])).toEqual([{ reminded: 0 }]);
    await sql("alter table pgboss.job_common drop constraint planted");
    await on("2026-12-07");
    expect((await told(id)).jobs).toEqual(["request-due-today"]);
  });
});
