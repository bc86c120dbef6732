import { randomUUID } from "node:crypto";
import { describe, expect, test } from "vitest";
import { acceptTransfer } from "@/lib/transfers/accept-transfer";
import { cancelTransfer } from "@/lib/transfers/cancel-transfer";
import { revealCode } from "@/lib/transfers/codes";
import { doors, makeWorld, outcome, type Someone, setSwitch, textFile } from "../../support/world";
import { auditOf, eventsOf, mailsOf, overdue, remainsOf, sent, statusOf, unlocked } from "./hand-over";

const world = await makeWorld();
const { lakeview, riverbend, maple, sql } = world;
const cancel = (transfer: { id: string }, by: Someone = lakeview.manager) =>
  cancelTransfer(doors(by), { transferId: transfer.id });

describe("succeeds", () => {
  test("takes a pending transfer back: package, keys and code are gone, the receiver told", async () => {
    const transfer = await sent(world, { cases: [{ files: [textFile()] }] });
    await cancel(transfer, lakeview.colleague);
    expect(
      await sql("select status, decided_at is not null decided, locked_at from transfer where id = $1", [transfer.id]),
    ).toEqual([{ status: "cancelled", decided: true, locked_at: null }]);
    expect(await remainsOf(world, transfer.id)).toEqual({ items: 0, files: 0, keys: 0 });
    expect(await revealCode(doors(lakeview.manager), { transferId: transfer.id })).toBeNull();
    expect(await mailsOf(world, transfer.id)).toContain("transfer-cancelled → Riverbend");
    expect([
      (await auditOf(world, lakeview, transfer.id)).includes("transfer.cancel"),
      (await auditOf(world, riverbend, transfer.id)).at(-1),
    ]).toEqual([true, "transfer.cancel"]);
    expect(await sql("select open from transfer_case where transfer_id = $1", [transfer.id])).toEqual([
      { open: false },
    ]);
  });

  test("goes on while either side is switched off, and when the time is over but nobody has said so", async () => {
    const [off, late] = await Promise.all([sent(world), sent(world)]);
    await Promise.all([setSwitch(world, lakeview, false), setSwitch(world, riverbend, false)]);
    await cancel(off);
    await Promise.all([setSwitch(world, lakeview, true), setSwitch(world, riverbend, true)]);
    await overdue(world, late.id);
    await cancel(late);
    expect([await statusOf(world, off.id), await statusOf(world, late.id)]).toEqual(["cancelled", "cancelled"]);
  });

  test("gives a second click the same answer", async () => {
    const transfer = await sent(world);
    await cancel(transfer);
    await cancel(transfer);
    expect(await eventsOf(world, transfer.id)).toEqual(["seal", "cancel"]);
    expect((await mailsOf(world, transfer.id)).filter((one) => one.startsWith("transfer-cancelled"))).toHaveLength(1);
  });
});

describe("wrong permission", () => {
  test.each(["clerk", "staff"] as const)("refuses a %s", async (role) => {
    const transfer = await sent(world);
    expect(await outcome(cancel(transfer, lakeview[role]))).toBe("forbidden");
    expect(await statusOf(world, transfer.id)).toBe("pending");
  });
});

describe("other district", () => {
  test("isn't there for a third district, nor the receiver's to cancel", async () => {
    const transfer = await sent(world);
    expect(await outcome(cancel(transfer, maple.manager))).toBe("not-there");
    expect(await outcome(cancel(transfer, riverbend.manager))).toBe("not-there");
    expect(await outcome(cancel({ id: randomUUID() }))).toBe("not-there");
    expect(await statusOf(world, transfer.id)).toBe("pending");
  });
});

describe("wrong state", () => {
  test("can't take back what the receiver has opened, nor what is decided", async () => {
    const opened = await unlocked(world);
    expect(await outcome(cancel(opened))).toBe("not-pending");
    expect(await statusOf(world, opened.id)).toBe("unlocked");
    const cancelled = await sent(world);
    await cancel(cancelled);
    expect(await outcome(cancel(cancelled, lakeview.colleague))).toBe("transfer-decided");
  });
});

describe("bad input", () => {
  test("an id that isn't one is refused by the database, not taken for another", async () => {
    await expect(cancel({ id: "x' or true --" })).rejects.toThrow();
    expect(await sql("select from transfer where status = 'cancelled' and decided_at > now()")).toEqual([]);
  });
});

describe("two at once", () => {
  test("five clicks of one person and one of a colleague: cancelled once", async () => {
    const transfer = await sent(world);
    const outcomes = await Promise.all([
      ...Array.from({ length: 5 }, () => outcome(cancel(transfer))),
      outcome(cancel(transfer, lakeview.colleague)),
    ]);
    for (const one of outcomes) expect(["done", "transfer-decided"]).toContain(one);
    expect(outcomes).toContain("done");
    expect(await eventsOf(world, transfer.id)).toEqual(["seal", "cancel"]);
    expect((await auditOf(world, riverbend, transfer.id)).filter((one) => one === "transfer.cancel")).toHaveLength(1);
  });

  test("cancelling and accepting: one of the two, and the other is told which", async () => {
    for (let i = 0; i < 6; i++) {
      const transfer = await sent(world);
      const [cancelling, accepting] = await Promise.all([
        outcome(cancel(transfer)),
        outcome(acceptTransfer(doors(riverbend.manager), { transferId: transfer.id, code: transfer.code })),
      ]);
      const status = await statusOf(world, transfer.id);
      expect({ cancelling, accepting, status }).toEqual(
        status === "cancelled"
          ? { cancelling: "done", accepting: "transfer-decided", status }
          : { cancelling: "not-pending", accepting: "done", status: "unlocked" },
      );
    }
  });
});
