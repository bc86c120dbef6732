import { describe, expect, test } from "vitest";
import { type Actor, workerOf } from "@/lib/policy";
import { failTransfer } from "@/lib/transfers/fail-transfer";
import { sealTransfer } from "@/lib/transfers/seal-transfer";
import { sendCases } from "@/lib/transfers/send-cases";
import { doors, makeWorld } from "../../support/world";
import {
  auditOf,
  draft,
  eventsOf,
  mailsOf,
  preparing,
  remainsOf,
  sending,
  sent,
  statusOf,
  unlocked,
} from "./hand-over";

const world = await makeWorld();
const { lakeview, riverbend, maple, sql } = world;
const fail = (
  transfer: { id: string },
  by: Actor = workerOf(lakeview.id),
  reason = "An attachment could not be read.",
) => failTransfer(doors(by), { transferId: transfer.id, reason });

describe("succeeds", () => {
  test("gives up a transfer that can't be sealed: the sender is told why, the receiver never hears of it", async () => {
    const transfer = await preparing(world);
    expect(await fail(transfer)).toBe(true);
    expect(
      await sql("select status, reason, decided_at is not null decided from transfer where id = $1", [transfer.id]),
    ).toEqual([{ status: "failed", reason: "An attachment could not be read.", decided: true }]);
    expect(await mailsOf(world, transfer.id)).toEqual(["transfer-failed → Lakeview"]);
    expect(await doors(riverbend.manager).district((tx) => tx.transfer.count({ where: { id: transfer.id } }))).toBe(0);
    expect(await sql("select from disclosure where transfer_id = $1", [transfer.id])).toEqual([]);
  });

  test("frees the cases: they can be sent again", async () => {
    const transfer = await preparing(world);
    await fail(transfer);
    const again = await sendCases(
      doors(lakeview.manager),
      sending(await draft(world, lakeview.manager, transfer.caseIds), [riverbend]),
    );
    expect(await statusOf(world, again.transferIds[0] as string)).toBe("pending");
  });
});

describe("wrong permission", () => {
  test("needs none: it's the worker's, after sealing was tried", async () => {
    expect(await fail(await preparing(world), { ...workerOf(lakeview.id), permissions: new Set() })).toBe(true);
  });
});

describe("other district", () => {
  test("isn't the receiver's nor a third district's to give up", async () => {
    const transfer = await preparing(world);
    expect(await fail(transfer, workerOf(riverbend.id))).toBe(false);
    expect(await fail(transfer, workerOf(maple.id))).toBe(false);
    expect(await statusOf(world, transfer.id)).toBe("preparing");
  });
});

describe("wrong state", () => {
  test("does nothing to what is sealed, opened or given up already", async () => {
    const [pending, opened, failed] = [await sent(world), await unlocked(world), await preparing(world)];
    await fail(failed);
    expect([await fail(pending), await fail(opened)]).toEqual([false, false]);
    await fail(failed, workerOf(lakeview.id), "another reason");
    expect(await Promise.all([pending, opened].map((one) => statusOf(world, one.id)))).toEqual(["pending", "unlocked"]);
    expect(await sql("select reason from transfer where id = $1", [failed.id])).toEqual([
      { reason: "An attachment could not be read." },
    ]);
    expect(await eventsOf(world, failed.id)).toEqual(["fail"]);
  });
});

describe("bad input", () => {
  test("fails on an id that isn't one, and doesn't call it done", async () => {
    await expect(fail({ id: "nonsense" })).rejects.toThrow();
  });
});

describe("two at once", () => {
  test("sealing and giving up: one of the two, whole", async () => {
    for (let i = 0; i < 4; i++) {
      const transfer = await preparing(world);
      const [sealing, failed] = await Promise.allSettled([
        sealTransfer(doors(workerOf(lakeview.id)), { transferId: transfer.id }),
        fail(transfer),
      ]);
      const status = await statusOf(world, transfer.id);
      expect({
        status,
        failed: failed.status === "fulfilled" && failed.value,
        remains: await remainsOf(world, transfer.id),
        events: await eventsOf(world, transfer.id),
      }).toEqual(
        status === "failed"
          ? { status, failed: true, remains: { items: 0, files: 0, keys: 0 }, events: ["fail"] }
          : { status: "pending", failed: false, remains: { items: 2, files: 0, keys: 1 }, events: ["seal"] },
      );
      if (status === "pending") expect(sealing.status).toBe("fulfilled");
      expect(
        (await auditOf(world, lakeview, transfer.id)).filter(
          (one) => one === "transfer.fail" || one === "transfer.seal",
        ),
      ).toHaveLength(1);
    }
  });
});
