import { randomUUID } from "node:crypto";
import { describe, expect, test } from "vitest";
import { cancelTransfer } from "@/lib/transfers/cancel-transfer";
import { decideItem } from "@/lib/transfers/decide-items";
import { rejectTransfer } from "@/lib/transfers/reject-transfer";
import { saveTransfer } from "@/lib/transfers/save-transfer";
import { doors, makeWorld, outcome, type Someone, setSwitch, textFile } from "../../support/world";
import { auditOf, decision, entered, eventsOf, mailsOf, remainsOf, sent, statusOf, unlocked } from "./hand-over";

const world = await makeWorld();
const { lakeview, riverbend, maple, sql } = world;
const reject = (transfer: { id: string }, by: Someone = riverbend.manager, reason = "Not enrolled here") =>
  rejectTransfer(doors(by), { transferId: transfer.id, reason });
const gone = { items: 0, files: 0, keys: 0 };

describe("succeeds", () => {
  test.each([
    ["pending", sent],
    ["unlocked", unlocked],
  ] as const)(
    "refuses a transfer that is %s: package and keys are gone, its objects doomed, the sender told why",
    async (_, make) => {
      const transfer = await make(world, { cases: [{ files: [textFile(), textFile()] }] });
      const packed = (
        await sql<{ storage_key: string }>("select storage_key from package_file where transfer_id = $1", [transfer.id])
      ).map((row) => row.storage_key);
      await reject(transfer);
      expect(
        await sql("select status, reason, decided_at is not null decided from transfer where id = $1", [transfer.id]),
      ).toEqual([{ status: "rejected", reason: "Not enrolled here", decided: true }]);
      expect(await remainsOf(world, transfer.id)).toEqual(gone);
      const doomed = await sql<{ storage_key: string }>(
        "select storage_key from doomed_object where storage_key = any ($1)",
        [packed],
      );
      expect(doomed.map((row) => row.storage_key).sort()).toEqual(packed.sort());
      expect(await mailsOf(world, transfer.id)).toContain("transfer-rejected → Lakeview");
      expect([
        (await auditOf(world, lakeview, transfer.id)).at(-1),
        (await auditOf(world, riverbend, transfer.id)).at(-1),
      ]).toEqual(["transfer.reject", "transfer.reject"]);
    },
  );

  test("frees the cases for another transfer to the same district", async () => {
    const transfer = await sent(world);
    await reject(transfer);
    expect(await sql("select open from transfer_case where transfer_id = $1", [transfer.id])).toEqual([
      { open: false },
    ]);
  });

  test("goes on while either side is switched off, and gives a second click the same answer", async () => {
    const transfer = await sent(world);
    await Promise.all([setSwitch(world, lakeview, false), setSwitch(world, riverbend, false)]);
    await reject(transfer);
    await reject(transfer);
    await Promise.all([setSwitch(world, lakeview, true), setSwitch(world, riverbend, true)]);
    expect(await eventsOf(world, transfer.id)).toEqual(["seal", "reject"]);
    expect((await auditOf(world, lakeview, transfer.id)).filter((one) => one === "transfer.reject")).toHaveLength(1);
  });
});

describe("wrong permission", () => {
  test.each(["clerk", "staff"] as const)("refuses a %s", async (role) => {
    const transfer = await sent(world);
    expect(await outcome(reject(transfer, riverbend[role]))).toBe("forbidden");
    expect(await statusOf(world, transfer.id)).toBe("pending");
  });
});

describe("other district", () => {
  test("isn't there for a third district, nor the sender's to reject", async () => {
    const transfer = await sent(world);
    expect(await outcome(reject(transfer, maple.manager))).toBe("not-there");
    expect(await outcome(reject(transfer, lakeview.manager))).toBe("not-there");
    expect(await outcome(reject({ id: randomUUID() }))).toBe("not-there");
    expect(await statusOf(world, transfer.id)).toBe("pending");
  });
});

describe("wrong state", () => {
  test("comes too late for what is decided", async () => {
    const cancelled = await sent(world);
    await cancelTransfer(doors(lakeview.manager), { transferId: cancelled.id });
    expect(await outcome(reject(cancelled))).toBe("transfer-decided");
    const saved = await entered(world);
    await saveTransfer(doors(riverbend.manager), { transferId: saved.id });
    expect(await outcome(reject(saved))).toBe("transfer-decided");
    const rejected = await sent(world);
    await reject(rejected);
    expect(await outcome(reject(rejected, riverbend.colleague))).toBe("transfer-decided");
    expect(await sql("select reason from transfer where id = $1", [saved.id])).toEqual([{ reason: null }]);
  });
});

describe("bad input", () => {
  test("wants a reason", async () => {
    const transfer = await sent(world);
    for (const reason of ["", "  \n"])
      expect(await outcome(reject(transfer, riverbend.manager, reason))).toBe("bad-value");
    expect(await statusOf(world, transfer.id)).toBe("pending");
  });

  test("keeps a reason in any script as it was typed", async () => {
    const transfer = await sent(world);
    await reject(transfer, riverbend.manager, "O’Brien 'moved' — غير مسجل 🙃");
    expect(await sql("select reason from transfer where id = $1", [transfer.id])).toEqual([
      { reason: "O’Brien 'moved' — غير مسجل 🙃" },
    ]);
  });
});

describe("two at once", () => {
  test("two colleagues: one wins, the other is told; their reasons don't mix", async () => {
    const transfer = await unlocked(world, { cases: [{}] });
    const outcomes = await Promise.all([
      outcome(reject(transfer, riverbend.manager, "One")),
      outcome(reject(transfer, riverbend.colleague, "Two")),
    ]);
    expect([...outcomes].sort()).toEqual(["done", "transfer-decided"]);
    expect(await sql("select reason from transfer where id = $1", [transfer.id])).toEqual([
      { reason: outcomes[0] === "done" ? "One" : "Two" },
    ]);
    expect(await eventsOf(world, transfer.id)).toEqual(["seal", "unlock", "reject"]);
  });

  test("rejecting and cancelling: one of the two", async () => {
    const transfer = await sent(world);
    const outcomes = await Promise.all([
      outcome(reject(transfer)),
      outcome(cancelTransfer(doors(lakeview.manager), { transferId: transfer.id })),
    ]);
    expect([...outcomes].sort()).toEqual(["done", "transfer-decided"]);
    expect(await statusOf(world, transfer.id)).toBe(outcomes[0] === "done" ? "rejected" : "cancelled");
  });

  test("a decision about a case that comes with the rejecting leaves the transfer rejected", async () => {
    const transfer = await unlocked(world);
    const [, deciding] = await Promise.all([
      reject(transfer),
      outcome(decideItem(doors(riverbend.colleague), { ...decision(1), transferId: transfer.id, applyToAll: false })),
    ]);
    expect(["done", "transfer-decided"]).toContain(deciding);
    expect(await statusOf(world, transfer.id)).toBe("rejected");
    expect(await remainsOf(world, transfer.id)).toEqual(gone);
  });
});
