import { describe, expect, test } from "vitest";
import { getPackage } from "@/lib/transfers/get-package";
import { rejectTransfer } from "@/lib/transfers/reject-transfer";
import { searchRoster } from "@/lib/transfers/search-roster";
import { doors, makeWorld, outcome, type Someone, textFile } from "../../support/world";
import { auditOf, sent, unlocked } from "./hand-over";

const world = await makeWorld();
const { lakeview, riverbend, maple, sql } = world;
const get = (transfer: { id: string }, by: Someone = riverbend.manager) =>
  getPackage(doors(by), { transferId: transfer.id });
const search = (transfer: { id: string }, q: string, n = 1, by: Someone = riverbend.manager) =>
  searchRoster(doors(by), { transferId: transfer.id, n }, q);

describe("succeeds", () => {
  test("lists what came, with the notes, and writes the reading down", async () => {
    const transfer = await unlocked(world, {
      cases: [{ given: "Ana", family: "Torres", files: [textFile()] }],
      notes: "Call 'me' 🙂",
    });
    expect(await get(transfer)).toEqual({
      cover: { notes: "Call 'me' 🙂", sentBy: lakeview.manager.name, sentByEmail: `manager@${lakeview.slug}.example` },
      cases: [{ n: 1, number: transfer.cases[0]?.number, given: "Ana", family: "Torres", attachments: 1 }],
    });
    expect((await auditOf(world, riverbend, transfer.id)).at(-1)).toBe("package.read");
  });

  test("finds students of the own roster for a case, each compared with the person in it", async () => {
    const transfer = await unlocked(world, { cases: [{ given: "Ana", family: "Torres", birthDate: "2012-01-15" }] });
    expect(await search(transfer, "torr")).toMatchObject([
      { id: riverbend.students[0]?.id, comparison: { allAgree: true } },
    ]);
    expect(await search(transfer, "ben")).toMatchObject([
      { id: riverbend.students[1]?.id, comparison: { name: "differs", allAgree: false } },
    ]);
  });
});

describe("wrong permission", () => {
  test.each(["clerk", "staff"] as const)("refuses a %s", async (role) => {
    const transfer = await unlocked(world);
    expect(await outcome(get(transfer, riverbend[role]))).toBe("forbidden");
    expect(await outcome(search(transfer, "ana", 1, riverbend[role]))).toBe("forbidden");
  });
});

describe("other district", () => {
  test("isn't there for a third district, nor for the sender", async () => {
    const transfer = await unlocked(world);
    for (const by of [maple.manager, lakeview.manager]) {
      expect(await outcome(get(transfer, by))).toBe("not-there");
      expect(await outcome(search(transfer, "ana", 1, by))).toBe("not-there");
    }
  });
});

describe("wrong state", () => {
  test("needs the code first, and is over with the decision", async () => {
    const transfer = await sent(world);
    expect([await outcome(get(transfer)), await outcome(search(transfer, "ana"))]).toEqual([
      "code-first",
      "code-first",
    ]);
    const rejected = await unlocked(world);
    await rejectTransfer(doors(riverbend.manager), { transferId: rejected.id, reason: "No" });
    expect([await outcome(get(rejected)), await outcome(search(rejected, "ana"))]).toEqual([
      "transfer-decided",
      "transfer-decided",
    ]);
  });

  test("proposes nobody who has left the roster", async () => {
    await sql("update student set active = false where id = $1", [riverbend.students[3]?.id]);
    expect(await search(await unlocked(world), "rao")).toEqual([]);
  });
});

describe("bad input", () => {
  test("finds nobody for nothing typed, for signs, or for a case that isn't in it", async () => {
    const transfer = await unlocked(world);
    for (const q of ["", "  ", "%", "_", "'"]) expect(await search(transfer, q)).toEqual([]);
    for (const n of [0, 2, -1]) expect(await search(transfer, "ana", n)).toEqual([]);
  });
});

describe("two at once", () => {
  test("read while it's rejected, it's whole or gone", async () => {
    const transfer = await unlocked(world, { cases: [{}, {}] });
    const [reading] = await Promise.allSettled([
      get(transfer),
      rejectTransfer(doors(riverbend.colleague), { transferId: transfer.id, reason: "No" }),
    ]);
    if (reading.status === "fulfilled") expect(reading.value.cases).toHaveLength(2);
    else expect(reading.reason).toMatchObject({ kind: "transfer-decided" });
  });
});
