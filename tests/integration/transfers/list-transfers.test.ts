import { describe, expect, test } from "vitest";
import { countWaiting } from "@/lib/districts/count-waiting";
import { cancelTransfer } from "@/lib/transfers/cancel-transfer";
import { getDocumentTransfer } from "@/lib/transfers/get-document-transfer";
import { getTransfer } from "@/lib/transfers/get-transfer";
import { listTransfers, type TransferFilter, transferSorts } from "@/lib/transfers/list-transfers";
import { rejectTransfer } from "@/lib/transfers/reject-transfer";
import { doors, makeWorld, outcome, type Someone, setSwitch } from "../../support/world";
import { handedOver, heldDocuments, sealedDocuments } from "./document-hand-over";
import { entered, preparing, sent, unlocked } from "./hand-over";

const world = await makeWorld();
const { lakeview, riverbend, maple, sql } = world;
const plain: TransferFilter = {
  kind: "cases",
  side: "incoming",
  q: "",
  status: null,
  sort: "sent",
  descending: true,
  page: 1,
};
const list = (by: Someone, filter: Partial<TransferFilter> = {}) =>
  doors(by).district((tx) => listTransfers(tx, by, { ...plain, ...filter }));
const ids = async (by: Someone, filter: Partial<TransferFilter> = {}) =>
  (await list(by, filter)).rows.map((row) => row.id);

const pending = await sent(world, { cases: [{ given: "Secretname", notes: ["Secretnote"] }, {}] });
const opened = await entered(world);
const rejected = await sent(world);
await rejectTransfer(doors(riverbend.manager), { transferId: rejected.id, reason: "Not ours" });
const cancelled = await sent(world, { from: maple });
await cancelTransfer(doors(maple.manager), { transferId: cancelled.id });
const unsealed = await preparing(world);
const elsewhere = await sent(world, { to: maple });

describe("succeeds", () => {
  test("lists what comes in, newest first, and nothing in it names a person", async () => {
    const { rows, total, all, waiting } = await list(riverbend.manager);
    expect(rows.map((row) => row.id)).toEqual([cancelled.id, rejected.id, opened.id, pending.id]);
    expect([total, all, waiting]).toEqual([4, 4, 2]);
    expect(rows.at(-1)).toMatchObject({
      side: "incoming",
      otherDistrict: "Lakeview",
      otherState: "Texas",
      items: 2,
      status: "pending",
      locked: false,
      waitsFor: null,
    });
    expect(rows[2]).toMatchObject({ status: "unlocked", entered: 1, ownActor: riverbend.manager.name });
    expect(JSON.stringify(rows)).not.toMatch(/Secret/);
  });

  test("lists what goes out, that is being prepared too", async () => {
    expect(await ids(lakeview.manager, { side: "outgoing" })).toEqual([
      elsewhere.id,
      unsealed.id,
      rejected.id,
      opened.id,
      pending.id,
    ]);
    expect(await ids(lakeview.manager, { side: "outgoing", status: "waiting" })).toEqual([
      elsewhere.id,
      unsealed.id,
      opened.id,
      pending.id,
    ]);
  });

  test("filters by status and finds by reference and district, in any case", async () => {
    expect(await ids(riverbend.manager, { status: "pending" })).toEqual([pending.id]);
    expect(await ids(riverbend.manager, { status: "waiting" })).toEqual([opened.id, pending.id]);
    expect(await ids(riverbend.manager, { q: "MAPLE gro" })).toEqual([cancelled.id]);
    const [row] = (await list(riverbend.manager, { status: "pending" })).rows;
    expect(await ids(riverbend.manager, { q: row?.reference.toLowerCase() ?? "" })).toEqual([pending.id]);
    expect(await ids(riverbend.manager, { q: row?.reference.slice(-6) ?? "" })).toEqual([pending.id]);
    await sql("update transfer set locked_at = now() where id = $1", [pending.id]);
    expect(await ids(riverbend.manager, { status: "locked" })).toEqual([pending.id]);
    await sql("update transfer set locked_at = null where id = $1", [pending.id]);
  });

  test("sorts every way without losing a row, and pages", async () => {
    for (const sort of transferSorts) {
      for (const descending of [true, false]) {
        expect(new Set(await ids(riverbend.manager, { sort, descending }))).toEqual(
          new Set([pending.id, opened.id, rejected.id, cancelled.id]),
        );
      }
    }
    expect(await list(riverbend.manager, { page: 2 })).toMatchObject({ rows: [], total: 4 });
  });

  test("says for whom a pending transfer waits", async () => {
    await setSwitch(world, lakeview, false);
    const waits = async (by: Someone, side: TransferFilter["side"]) =>
      (await list(by, { side, status: "pending" })).rows.map((row) => row.waitsFor);
    expect([await waits(riverbend.manager, "incoming"), await waits(lakeview.manager, "outgoing")]).toEqual([
      ["them"],
      ["us", "us"],
    ]);
    await setSwitch(world, lakeview, true);
  });

  test("counts what waits for somebody", async () => {
    const count = (by: Someone) => doors(by).district(async (tx) => (await countWaiting(tx, by)).caseTransfers);
    expect([await count(riverbend.manager), await count(lakeview.manager), await count(riverbend.staff)]).toEqual([
      2, 0, 0,
    ]);
  });
});

describe("wrong permission", () => {
  test.each(["clerk", "staff"] as const)("refuses a %s", async (role) => {
    expect(await outcome(list(riverbend[role]))).toBe("forbidden");
  });
});

describe("other district", () => {
  test("shows a district its own transfers only", async () => {
    expect(await ids(maple.manager)).toEqual([elsewhere.id]);
    expect(await ids(maple.manager, { side: "outgoing" })).toEqual([cancelled.id]);
    const forged = { ...maple.manager, districtId: riverbend.id };
    const { rows } = await doors(maple.manager).district((tx) => listTransfers(tx, forged, plain));
    expect(rows.map((row) => row.id)).toEqual([cancelled.id]);
  });
});

describe("wrong state", () => {
  test("hides from the receiver what is being prepared or was given up", async () => {
    expect(await ids(riverbend.manager)).not.toContain(unsealed.id);
    await sql("update transfer set status = 'failed' where id = $1", [unsealed.id]);
    expect(await ids(riverbend.manager)).not.toContain(unsealed.id);
    expect(await ids(lakeview.manager, { side: "outgoing", status: "failed" })).toEqual([unsealed.id]);
  });
});

describe("bad input", () => {
  test.each(["%", "_", "\\", "' or true --", "---", "…"])(
    "takes %s for what it is: nothing that's listed",
    async (q) => {
      expect(await ids(riverbend.manager, { q })).toEqual([]);
    },
  );
});

describe("two at once", () => {
  test("a list made while a transfer is decided shows it as it was or as it is", async () => {
    const transfer = await unlocked(world);
    const [rows] = await Promise.all([
      list(riverbend.colleague),
      rejectTransfer(doors(riverbend.manager), { transferId: transfer.id, reason: "No" }),
    ]);
    const row = rows.rows.find((one) => one.id === transfer.id);
    expect([
      { status: "unlocked", reason: null },
      { status: "rejected", reason: "No" },
    ]).toContainEqual({ status: row?.status, reason: row?.reason });
  });
});

describe("kinds", () => {
  test("documents stand in a list of their own, for who manages documents", async () => {
    const held = await heldDocuments(world);
    const delivered = await handedOver(world);
    await sealedDocuments(world);
    const { clerk } = riverbend;
    const of = (by: Someone, filter: Partial<TransferFilter> = {}) => list(by, { kind: "documents", ...filter });
    const all = await of(clerk);
    expect(all.rows.map((row) => row.id)).toEqual([delivered.id, held.id]);
    expect([all.total, all.waiting]).toEqual([2, 1]);
    expect((await of(clerk, { status: "waiting" })).rows.map((row) => row.id)).toEqual([held.id]);
    expect((await of(lakeview.clerk, { side: "outgoing" })).total).toBe(3);
    expect((await of(maple.clerk)).total).toBe(0);
    expect(await outcome(of(riverbend.manager))).toBe("forbidden");
    expect(await outcome(list(clerk))).toBe("forbidden");
    // And never among the cases.
    expect((await ids(riverbend.manager)).some((id) => id === held.id || id === delivered.id)).toBe(false);
    await expect(
      doors(riverbend.admin).district((tx) => getTransfer(tx, riverbend.admin, { transferId: held.id })),
    ).rejects.toMatchObject({ kind: "not-there" });
    await expect(
      doors(riverbend.admin).district((tx) => getDocumentTransfer(tx, riverbend.admin, { transferId: pending.id })),
    ).rejects.toMatchObject({ kind: "not-there" });
  });
});
