import { randomUUID } from "node:crypto";
import { describe, expect, test } from "vitest";
import { type Actor, workerOf } from "@/lib/policy";
import { acceptTransfer } from "@/lib/transfers/accept-transfer";
import { cancelTransfer } from "@/lib/transfers/cancel-transfer";
import { expireTransfer } from "@/lib/transfers/expire-transfer";
import { doors, makeWorld, outcome, setSwitch, textFile } from "../../support/world";
import { auditOf, eventsOf, mailsOf, overdue, preparing, remainsOf, sent, statusOf, unlocked } from "./hand-over";

const world = await makeWorld();
const { lakeview, riverbend, maple, sql } = world;
const expire = (transfer: { id: string }, by: Actor = workerOf(lakeview.id)) =>
  expireTransfer(doors(by), { transferId: transfer.id });
const late = async (about: Parameters<typeof sent>[1] = {}) => {
  const transfer = await sent(world, about);
  await overdue(world, transfer.id);
  return transfer;
};

describe("succeeds", () => {
  test("ends a pending transfer whose time is over: package and keys are gone, both sides told, the cases free", async () => {
    const transfer = await late({ cases: [{ files: [textFile()] }] });
    expect(await expire(transfer)).toBe(true);
    expect(await statusOf(world, transfer.id)).toBe("expired");
    expect(await remainsOf(world, transfer.id)).toEqual({ items: 0, files: 0, keys: 0 });
    expect((await mailsOf(world, transfer.id)).filter((one) => one.startsWith("transfer-expired"))).toEqual([
      "transfer-expired → Lakeview",
      "transfer-expired → Riverbend",
    ]);
    expect([
      (await auditOf(world, lakeview, transfer.id)).at(-1),
      (await auditOf(world, riverbend, transfer.id)).at(-1),
    ]).toEqual(["transfer.expire", "transfer.expire"]);
    expect(
      await sql(
        "select verb, side, membership_id from transfer_event where transfer_id = $1 order by at desc limit 1",
        [transfer.id],
      ),
    ).toEqual([{ verb: "expire", side: "time", membership_id: null }]);
    expect(await sql("select open from transfer_case where transfer_id = $1", [transfer.id])).toEqual([
      { open: false },
    ]);
  });

  test("whichever district's worker comes, also while both are switched off", async () => {
    const transfer = await late();
    await Promise.all([setSwitch(world, lakeview, false), setSwitch(world, riverbend, false)]);
    expect(await expire(transfer, workerOf(riverbend.id))).toBe(true);
    await Promise.all([setSwitch(world, lakeview, true), setSwitch(world, riverbend, true)]);
  });
});

describe("wrong permission", () => {
  test("needs none: the clock decides, whoever reads it", async () => {
    expect(await expire(await late(), { ...workerOf(lakeview.id), permissions: new Set() })).toBe(true);
    expect(await expire(await sent(world), lakeview.manager)).toBe(false);
  });
});

describe("other district", () => {
  test("isn't a third district's to end", async () => {
    const transfer = await late();
    expect(await expire(transfer, workerOf(maple.id))).toBe(false);
    expect(await expire({ id: randomUUID() })).toBe(false);
    expect(await statusOf(world, transfer.id)).toBe("pending");
  });
});

describe("wrong state", () => {
  test("does nothing before the time, nor to what is unlocked, being prepared, or decided", async () => {
    const [early, opened, cancelled, unsealed] = [
      await sent(world),
      await unlocked(world),
      await sent(world),
      await preparing(world),
    ];
    await cancelTransfer(doors(lakeview.manager), { transferId: cancelled.id });
    for (const transfer of [opened, cancelled, unsealed]) await overdue(world, transfer.id);
    for (const transfer of [early, opened, cancelled, unsealed]) expect(await expire(transfer)).toBe(false);
    expect(await Promise.all([early, opened, cancelled, unsealed].map((one) => statusOf(world, one.id)))).toEqual([
      "pending",
      "unlocked",
      "cancelled",
      "preparing",
    ]);
    expect(await auditOf(world, lakeview, early.id)).not.toContain("transfer.expire");
  });
});

describe("bad input", () => {
  test("fails on an id that isn't one, and doesn't call it done", async () => {
    await expect(expire({ id: "nonsense" })).rejects.toThrow();
  });
});

describe("two at once", () => {
  test("of several workers one ends it, and it's told once", async () => {
    const transfer = await late();
    const ended = await Promise.all([
      expire(transfer),
      expire(transfer),
      expire(transfer, workerOf(riverbend.id)),
      expire(transfer, workerOf(riverbend.id)),
    ]);
    expect(ended.filter(Boolean)).toHaveLength(1);
    expect(await eventsOf(world, transfer.id)).toEqual(["seal", "expire"]);
  });

  test("expiring and cancelling, or the right code: one of them", async () => {
    const transfer = await late();
    const [ended, cancelling, accepting] = await Promise.all([
      expire(transfer),
      outcome(cancelTransfer(doors(lakeview.manager), { transferId: transfer.id })),
      outcome(acceptTransfer(doors(riverbend.manager), { transferId: transfer.id, code: transfer.code })),
    ]);
    const status = await statusOf(world, transfer.id);
    expect({ status, ended, cancelling }).toEqual(
      ended
        ? { status: "expired", ended, cancelling: "transfer-decided" }
        : { status: "cancelled", ended, cancelling: "done" },
    );
    expect(["transfer-expired", "transfer-decided"]).toContain(accepting);
  });
});
