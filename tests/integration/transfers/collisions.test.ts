import { describe, expect, test } from "vitest";
import { workerOf } from "@/lib/policy";
import { withConnection } from "@/lib/run/postgres";
import { mapLimit } from "@/lib/storage/map-limit";
import { acceptTransfer } from "@/lib/transfers/accept-transfer";
import { newCode } from "@/lib/transfers/authorization-code";
import { cancelTransfer } from "@/lib/transfers/cancel-transfer";
import { issueNewCode } from "@/lib/transfers/codes";
import { decideItem } from "@/lib/transfers/decide-items";
import { expireTransfer } from "@/lib/transfers/expire-transfer";
import { rejectTransfer } from "@/lib/transfers/reject-transfer";
import { saveTransfer } from "@/lib/transfers/save-transfer";
import { sendCases } from "@/lib/transfers/send-cases";
import { testDatabase, waitingForLocks } from "../../support/database";
import { figure, times } from "../../support/figures";
import { addCase, addMember, doors, makeWorld, outcome, textFile } from "../../support/world";
import { codeOf, decision, draft, entered, eventsOf, overdue, remainsOf, sending, sent, statusOf } from "./hand-over";

const world = await makeWorld();
const { lakeview, riverbend, maple, sql } = world;
const final = ["unlock", "reject", "cancel", "expire"];

/** What has to hold for a transfer whoever did what, and when. */
async function whole(id: string): Promise<void> {
  const [row] = await sql<{ status: string; decided: boolean; open: boolean[]; version: number }>(
    `select t.status, t.decided_at is not null decided, t.code_version version, (select array_agg(distinct c.open) from transfer_case c where c.transfer_id = t.id) open from transfer t where t.id = $1`,
    [id],
  );
  const remains = await remainsOf(world, id);
  const decided = ["rejected", "cancelled", "expired", "completed"].includes(row?.status ?? "");
  expect({ decided: row?.decided, open: row?.open, remains }).toEqual(
    decided
      ? { decided: true, open: [false], remains: { items: 0, files: 0, keys: 0 } }
      : { decided: false, open: [true], remains: { items: 2, files: 1, keys: 1 } },
  );
  const events = (await eventsOf(world, id)).filter((verb) => final.includes(verb));
  expect(events).toHaveLength(row?.status === "pending" ? 0 : 1);
  const [logs] = await sql<{ here: string[]; there: string[] }>(
    `select array(select action from audit where district_id = $2 and subject_id = $1 and action = any ($4) order by seq) here,
            array(select action from audit where district_id = $3 and subject_id = $1 and action = any ($4) order by seq) there`,
    [id, lakeview.id, riverbend.id, final.map((verb) => `transfer.${verb}`)],
  );
  expect([logs?.here, logs?.there]).toEqual([
    events.map((verb) => `transfer.${verb}`),
    events.map((verb) => `transfer.${verb}`),
  ]);
}

/** All of it at once: accepting, cancelling, expiring, rejecting, a new code, and the guess that locks the old one. */
async function collide(round: number): Promise<string> {
  const { id, code } = await sent(world, { cases: [{ files: [textFile()] }] });
  await sql("update transfer_key set tries_used = 4 where transfer_id = $1", [id]);
  // Due in a moment: accepting and a new code may still win.
  if (round % 2 === 1)
    await sql("update transfer set expires_at = now() + $2 * interval '1 ms' where id = $1", [id, (round % 12) * 4]);
  const calls = [
    () => outcome(acceptTransfer(doors(riverbend.manager), { transferId: id, code })),
    () => outcome(cancelTransfer(doors(lakeview.manager), { transferId: id })),
    () => expireTransfer(doors(workerOf(lakeview.id)), { transferId: id }).then(String),
    () => outcome(rejectTransfer(doors(riverbend.colleague), { transferId: id, reason: "No" })),
    () => outcome(issueNewCode(doors(lakeview.colleague), { transferId: id, version: 1 })),
    () => outcome(acceptTransfer(doors(riverbend.admin), { transferId: id, code: newCode() })),
  ];
  // Each round another one begins.
  const first = round % calls.length;
  await Promise.all([...calls.slice(first), ...calls.slice(0, first)].map((call) => call()));
  // What was tried counts against the limits of an hour, and the next rounds are to be tried as well.
  await sql("delete from code_try where transfer_id = $1", [id]);
  return id;
}

test("accepting, cancelling, expiring, rejecting, a new code and a lock at once: one final state, nothing half", {
  timeout: 900_000,
}, async () => {
  const rounds = Array.from({ length: times("BATON_COLLISIONS", 12) }, (_, round) => round);
  // Who is told to wait for a code that's being checked waits a third of a second: other rounds use it.
  const ids = await mapLimit(rounds, 4, collide);
  const rows = await sql<{ status: string; n: number }>(
    `select t.status, (select count(*)::int from transfer_event e where e.transfer_id = t.id and e.verb = any ($2)) n from transfer t where t.id = any ($1)`,
    [ids, final],
  );
  figure(7, { "final states": rows.map((row) => row.n) }, { rounds: rows.length });
  for (const id of ids) await whole(id);
  // Cancelling and rejecting are always there to decide, unless somebody was faster.
  expect(rows.filter((row) => row.status === "pending")).toEqual([]);
});

test("guesses, a new code and the right code at once: five tries per code, never locked and open", async () => {
  for (let round = 0; round < 4; round++) {
    const { id, code } = await sent(world, { cases: [{ files: [textFile()] }] });
    await Promise.all([
      ...Array.from({ length: 7 }, () =>
        outcome(acceptTransfer(doors(riverbend.colleague), { transferId: id, code: newCode() })),
      ),
      outcome(issueNewCode(doors(lakeview.manager), { transferId: id, version: 1 })),
      outcome(acceptTransfer(doors(riverbend.manager), { transferId: id, code })),
    ]);
    const [row] = await sql<{ status: string; locked: boolean; tries: number; version: number }>(
      "select t.status, t.locked_at is not null locked, k.tries_used tries, t.code_version version from transfer t join transfer_key k on k.transfer_id = t.id where t.id = $1",
      [id],
    );
    if (row?.status === "unlocked") expect(row.locked).toBe(false);
    else expect(row?.version).toBe(2);
    if (row?.locked) expect(row.tries).toBe(5);
    const wrong = (await eventsOf(world, id)).filter((verb) => verb === "wrong-code" || verb === "lock");
    expect(wrong.length).toBeLessThanOrEqual(10);
    await whole(id);
  }
});

describe("several hands on one thing", () => {
  test("the same case to two districts at once: two transfers, both are saved, each with its own copy", async () => {
    const { id } = await addCase(world, lakeview, { given: "Two", family: "Ways", files: [textFile("one.txt")] });
    const by = await addMember(world, lakeview, "second", ["manageCases"]);
    const dispatches = [await draft(world, lakeview.manager, [id]), await draft(world, by, [id])] as const;
    const [one, two] = await Promise.all([
      sendCases(doors(lakeview.manager), sending(dispatches[0], [riverbend])),
      sendCases(doors(by), sending(dispatches[1], [maple])),
    ]);
    await Promise.all(
      [
        { to: riverbend, transferId: one.transferIds[0] as string },
        { to: maple, transferId: two.transferIds[0] as string },
      ].map(async ({ to, transferId }) => {
        await acceptTransfer(doors(to.manager), { transferId, code: await codeOf(lakeview.manager, transferId) });
        await decideItem(doors(to.manager), { ...decision(1), transferId, applyToAll: false });
        await saveTransfer(doors(to.manager), { transferId });
      }),
    );
    const rows = await sql<{ district_id: string; storage_key: string }>(
      'select c.district_id, f.storage_key from "case" c join attachment a on a.case_id = c.id join stored_file f on f.id = a.file_id where c.id = $1 or c.origin_case_id = $1',
      [id],
    );
    expect(rows.map((row) => row.district_id).sort()).toEqual([lakeview.id, riverbend.id, maple.id].sort());
    expect(new Set(rows.map((row) => row.storage_key)).size).toBe(3);
  });

  test("one person in both districts hands over to themself, fenced to one district at a time", async () => {
    const there = await addMember(world, riverbend, "center", ["manageCases"], lakeview.manager.userId);
    const { id, code } = await sent(world, { cases: [{ notes: ["Mine"] }] });
    expect(await outcome(acceptTransfer(doors(lakeview.manager), { transferId: id, code }))).toBe("not-there");
    await acceptTransfer(doors(there), { transferId: id, code });
    expect(await outcome(cancelTransfer(doors(there), { transferId: id }))).toBe("not-there");
    await decideItem(doors(there), { ...decision(1), transferId: id, applyToAll: false });
    await saveTransfer(doors(there), { transferId: id });
    const seen = await doors(there).district((tx) => tx.note.findMany({ where: { body: "Mine" } }));
    expect(seen.map((note) => [note.districtId, note.received])).toEqual([[riverbend.id, true]]);
  });

  test("two saves of two transfers with the same people on both sides don't wait for each other for ever", async () => {
    const here = await Promise.all([entered(world), entered(world)]);
    const there = await Promise.all([
      entered(world, { from: riverbend, to: lakeview }),
      entered(world, { from: riverbend, to: lakeview }),
    ]);
    const saves = [
      ...here.map(({ id }) => saveTransfer(doors(riverbend.manager), { transferId: id })),
      ...there.map(({ id }) => saveTransfer(doors(lakeview.manager), { transferId: id })),
    ];
    expect(await Promise.all(saves)).toEqual(Array(4).fill({ cases: 1, leftOut: 0 }));
  });

  test("the last try of a code waits for who has the transfer in hand, and not the other way round", async () => {
    const { id } = await sent(world);
    await sql("update transfer_key set tries_used = 4 where transfer_id = $1", [id]);
    await withConnection(testDatabase().superuserUrl, async (holder) => {
      await holder.query("begin");
      await holder.query("update transfer set reminded_at = now() where id = $1", [id]);
      const guess = outcome(acceptTransfer(doors(riverbend.manager), { transferId: id, code: newCode() }));
      await expect.poll(async () => (await sql(waitingForLocks)).length).toBeGreaterThan(0);
      await holder.query("set local lock_timeout = 500");
      await holder.query("update transfer_key set tries_used = 0 where transfer_id = $1", [id]);
      await holder.query("commit");
      expect(await guess).toBe("wrong-code");
    });
  });

  test("an overdue transfer that a late code and the clock meet: expired, and the code says so", async () => {
    const { id, code } = await sent(world);
    await overdue(world, id);
    const [accepting] = await Promise.all([
      outcome(acceptTransfer(doors(riverbend.manager), { transferId: id, code })),
      expireTransfer(doors(workerOf(riverbend.id)), { transferId: id }),
    ]);
    expect([accepting, await statusOf(world, id)]).toEqual(["transfer-expired", "expired"]);
  });
});
