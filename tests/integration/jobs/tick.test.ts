import { randomUUID } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, readdir, utimes, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { PgBoss } from "pg-boss";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { doorsFor } from "@/lib/db/exchange";
import { deleteDoomed, deleteOrphans } from "@/lib/jobs/delete-objects";
import { expireDue } from "@/lib/jobs/expire-due";
import { forgetDrafts, forgetSignIns } from "@/lib/jobs/forget";
import { notify } from "@/lib/jobs/notify";
import { redeliver } from "@/lib/jobs/redeliver";
import { remind } from "@/lib/jobs/remind";
import { sealLeftBehind } from "@/lib/jobs/seal-left-behind";
import { makeTick } from "@/lib/jobs/tick";
import { openBoss } from "@/lib/jobs/worker";
import { acceptTransfer } from "@/lib/transfers/accept-transfer";
import { cancelTransfer } from "@/lib/transfers/cancel-transfer";
import { revealCode } from "@/lib/transfers/codes";
import { storageFolder } from "../../support/storage-folder";
import { mailsOf, makeCase, makeWorld, send, sql, type World } from "./world";

let boss: PgBoss;
let world: World;
beforeAll(async () => {
  boss = await openBoss().start();
  world = await makeWorld();
});
afterAll(() => boss.stop({ graceful: false }));

const four = <T>(run: () => Promise<T>) => Promise.all(Array.from({ length: 4 }, run));
const transfer = async (transferId: string) =>
  (
    await sql<{ status: string; reminded_at: Date | null }>("select status, reminded_at from transfer where id = $1", [
      transferId,
    ])
  )[0];
const sendOne = async () => send(world, [(await makeCase(world.sender)).caseId]);
const notices = (transferId: string, event: string) =>
  sql<{ data: Parameters<typeof notify>[1] }>(
    "select data from pgboss.job where name = 'notify' and data ->> 'transferId' = $1 and data ->> 'event' = $2",
    [transferId, event],
  );
const objectsOf = (transferId: string) =>
  sql<{ storage_key: string }>("select storage_key from package_file where transfer_id = $1", [transferId]);
const onDisk = (storageKey: string) => existsSync(join(storageFolder(), storageKey));

async function unlock(transferId: string): Promise<void> {
  const shown = await revealCode(doorsFor(world.sender.manager), { transferId });
  await acceptTransfer(doorsFor(world.receiver.manager), { transferId, code: shown?.code as string });
}

describe("expiry", () => {
  it("ends what is due, tells both sides, and leaves the rest", async () => {
    const [due, waiting] = [await sendOne(), await sendOne()];
    await sql("update transfer set expires_at = now() - interval '1 second' where id = $1", [due]);
    await four(expireDue);
    expect((await transfer(due))?.status).toBe("expired");
    expect((await transfer(waiting))?.status).toBe("pending");
    expect((await notices(due, "transfer-expired")).map((job) => job.data.districtId).sort()).toEqual(
      [world.sender.districtId, world.receiver.districtId].sort(),
    );
    expect(await sql("select id from transfer_event where transfer_id = $1 and verb = 'expire'", [due])).toHaveLength(
      1,
    );
  });
});

describe("sealing that was left behind", () => {
  it("enqueues it once, and only where no job is left", async () => {
    const { caseId, storageKey } = await makeCase(world.sender);
    await sql("update stored_file set storage_key = 'zz/away' where storage_key = $1", [storageKey]);
    await send(world, [caseId]);
    await sql("update stored_file set storage_key = $1 where storage_key = 'zz/away'", [storageKey]);
    const [row] = await sql<{ id: string }>(
      "update transfer set created_at = now() - interval '3 minutes' where id = (select transfer_id from transfer_case where case_id = $1) returning id",
      [caseId],
    );
    // The job that sending left behind will do it.
    expect(await sealLeftBehind(boss)).toBe(0);
    await sql("delete from pgboss.job where name = 'seal'");
    expect(await sealLeftBehind(boss)).toBe(1);
    expect(await sealLeftBehind(boss)).toBe(0);
    expect(await sql("select data from pgboss.job where name = 'seal'")).toEqual([
      { data: { districtId: world.sender.districtId, transferId: row?.id } },
    ]);
  });
});

describe("reminders", () => {
  it("reminds both sides every three days, once each time", async () => {
    const transferId = await sendOne();
    await unlock(transferId);
    await remind();
    expect(await notices(transferId, "transfer-reminder")).toEqual([]);

    await sql("update transfer set unlocked_at = now() - interval '73 hours' where id = $1", [transferId]);
    await four(remind);
    for (const { data } of await notices(transferId, "transfer-reminder")) await notify(boss, data);
    expect((await mailsOf(transferId, "transfer-reminder")).map((mail) => mail.district_id).sort()).toEqual(
      [world.sender.districtId, world.receiver.districtId].sort(),
    );
    expect((await transfer(transferId))?.reminded_at).not.toBeNull();
    await remind();
    expect(await mailsOf(transferId, "transfer-reminder")).toHaveLength(2);

    await sql("update transfer set reminded_at = now() - interval '74 hours' where id = $1", [transferId]);
    await remind();
    for (const { data } of await notices(transferId, "transfer-reminder")) await notify(boss, data);
    expect(await mailsOf(transferId, "transfer-reminder")).toHaveLength(4);
  });
});

describe("objects", () => {
  it("deletes the files of a decided package, and none that a row names", async () => {
    const transferId = await sendOne();
    const [file] = await objectsOf(transferId);
    const [kept] = await sql<{ storage_key: string }>("select storage_key from stored_file limit 1");
    await cancelTransfer(doorsFor(world.sender.manager), { transferId });
    await sql("insert into doomed_object (storage_key) values ($1) on conflict do nothing", [kept?.storage_key]);
    expect(onDisk(file?.storage_key as string)).toBe(true);
    await four(deleteDoomed);
    expect(onDisk(file?.storage_key as string)).toBe(false);
    expect(onDisk(kept?.storage_key as string)).toBe(true);
    expect(await sql("select storage_key from doomed_object")).toEqual([]);
  });

  it("deletes objects older than a day that no row names", async () => {
    const transferId = await sendOne();
    const named = [
      ...(await objectsOf(transferId)),
      ...(await sql<{ storage_key: string }>("select storage_key from stored_file")),
    ].map((row) => row.storage_key);
    const [old, young] = [`zy/00/${randomUUID()}`, `zy/00/${randomUUID()}`];
    const unfinished = join(storageFolder(), ".unfinished", randomUUID());
    for (const path of [join(storageFolder(), old), join(storageFolder(), young), unfinished]) {
      await mkdir(dirname(path), { recursive: true });
      await writeFile(path, "left behind");
    }
    const dayBefore = new Date(Date.now() - 25 * 3_600_000);
    for (const path of [
      join(storageFolder(), old),
      unfinished,
      ...named.filter(onDisk).map((key) => join(storageFolder(), key)),
    ])
      await utimes(path, dayBefore, dayBefore);
    const before = named.filter(onDisk);
    await Promise.all([deleteOrphans(), deleteOrphans()]);
    expect(onDisk(old)).toBe(false);
    expect(onDisk(young)).toBe(true);
    expect(existsSync(unfinished)).toBe(false);
    expect(named.filter(onDisk)).toEqual(before);
    expect(before.length).toBeGreaterThan(0);
    expect(await readdir(join(storageFolder(), ".unfinished"))).toEqual([]);
  });
});

describe("mails without a job", () => {
  it("get one again, once", async () => {
    const transferId = await sendOne();
    await notify(boss, { event: "transfer-received", districtId: world.receiver.districtId, transferId, key: "lost" });
    const [mail] = await sql<{ id: string }>(
      "update mail set created_at = now() - interval '3 minutes' where event_key = 'lost' returning id",
    );
    expect(await redeliver(boss)).toBe(0);
    await sql("delete from pgboss.job where name = 'deliver'");
    await four(() => redeliver(boss));
    expect(await sql("select data from pgboss.job where name = 'deliver'")).toEqual([
      { data: { districtId: world.receiver.districtId, mailId: mail?.id } },
    ]);
    await sql("update mail set status = 'sent' where id = $1", [mail?.id]);
    await sql("delete from pgboss.job where name = 'deliver'");
    expect(await redeliver(boss)).toBe(0);
  });
});

describe("what is forgotten", () => {
  it("forgets ended sessions and old tries, and keeps the others", async () => {
    const user = world.sender.manager.userId;
    await sql(
      `insert into session (token_hash, user_id, created_at, last_seen_at) values ('a', $1, now() - interval '2 hours', now()), ('b', $1, now() - interval '2 hours', now() - interval '31 minutes'), ('c', $1, now() - interval '13 hours', now())`,
      [user],
    );
    await sql(
      "insert into attempt (key, count, since) values ('new', 1, now()), ('old', 1, now() - interval '25 hours')",
    );
    await four(forgetSignIns);
    expect(await sql("select convert_from(token_hash, 'UTF8') token from session")).toEqual([{ token: "a" }]);
    expect(await sql("select key from attempt")).toEqual([{ key: "new" }]);
  });

  it("forgets drafts that weren't sent within a week, in all districts, and no other", async () => {
    const { districtId, manager } = world.sender;
    const { caseId } = await makeCase(world.sender);
    const draft = async (age: string) => {
      const [row] = await sql<{ id: string }>(
        "insert into dispatch (district_id, created_by, created_at) values ($1, $2, now() - $3::interval) returning id",
        [districtId, manager.membershipId, age],
      );
      await sql("insert into dispatch_case (district_id, dispatch_id, case_id) values ($1, $2, $3)", [
        districtId,
        row?.id,
        caseId,
      ]);
      return row?.id;
    };
    const [old, young] = [await draft("8 days"), await draft("6 days")];
    await sql("update dispatch set created_at = now() - interval '30 days' where sent_at is not null");
    const sent = await sql("select id from dispatch where sent_at is not null");
    await forgetDrafts();
    const left = (await sql<{ id: string }>("select id from dispatch where sent_at is null")).map((row) => row.id);
    expect(left).toContain(young);
    expect(left).not.toContain(old);
    expect(await sql("select id from dispatch where sent_at is not null")).toHaveLength(sent.length);
  });
});

describe("a step that fails", () => {
  it("doesn't stop the others", async () => {
    const transferId = await sendOne();
    await sql("update transfer set expires_at = now() - interval '1 second' where id = $1", [transferId]);
    const [lost] = await sql<{ id: string }>(
      "insert into mail (district_id, event, event_key, transfer_id, membership_id, to_address, created_at) select $1, 'transfer-sent', 'broken', $2, $3, 'x@y.example', now() - interval '3 minutes' returning id",
      [world.sender.districtId, transferId, world.sender.manager.membershipId],
    );
    await sql("insert into doomed_object (storage_key) values ('not a key!')");
    const broken = { insert: () => Promise.reject(new Error("the queue is gone")) } as unknown as PgBoss;
    await makeTick(broken)();
    expect((await transfer(transferId))?.status).toBe("expired");
    await makeTick(boss)();
    expect(
      await sql("select id from pgboss.job where name = 'deliver' and singleton_key = $1", [lost?.id]),
    ).toHaveLength(1);
    await sql("delete from doomed_object");
  });
});
