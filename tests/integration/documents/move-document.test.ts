import { randomUUID } from "node:crypto";
import { describe, expect, test } from "vitest";
import { withDistrict } from "@/lib/db/tenant";
import { moveDocument } from "@/lib/documents/move-document";
import type { Actor } from "@/lib/policy";
import { audited, packing, putDocument, quarantine } from "../../support/documents";
import { makeWorld, outcome } from "../../support/world";

const world = await makeWorld();
const { lakeview, riverbend } = world;
const other = lakeview.students[1]?.id as string;
const move = (actor: Actor, id: string, studentId = other, version = 1) =>
  withDistrict(actor, (tx) => moveDocument(tx, actor, { id, version, studentId }));
const whose = async (id: string) =>
  (await world.sql<{ student_id: string }>("select student_id from document where id = $1", [id]))[0]?.student_id;

describe("succeeds", () => {
  test("to another student of the district, audited", async () => {
    const { id } = await putDocument(world, lakeview);
    await move(lakeview.clerk, id);
    expect(await whose(id)).toBe(other);
    expect(await audited(world, lakeview, id)).toEqual(["document.move"]);
  });
  test("to whom it's about already: nothing happens", async () => {
    const { id } = await putDocument(world, lakeview);
    await move(lakeview.clerk, id, lakeview.students[0]?.id);
    expect(await audited(world, lakeview, id)).toEqual([]);
  });
});

describe("wrong permission", () => {
  test("not its owner, not who manages cases", async () => {
    const { id } = await putDocument(world, lakeview, { owner: lakeview.staff });
    expect(await outcome(move(lakeview.staff, id))).toBe("forbidden");
    expect(await outcome(move(lakeview.manager, id))).toBe("forbidden");
  });
});

describe("other district", () => {
  test("not there, and no student of another district is", async () => {
    const { id } = await putDocument(world, lakeview);
    expect(await outcome(move(riverbend.clerk, id, riverbend.students[0]?.id))).toBe("not-there");
    expect(await outcome(move(lakeview.clerk, id, riverbend.students[0]?.id))).toBe("student-gone");
  });
});

describe("wrong state", () => {
  test("not from the bin, not out of quarantine, not while it's packed", async () => {
    const [binned, hidden, packed] = [
      await putDocument(world, lakeview, { deletedDaysAgo: 1 }),
      await putDocument(world, lakeview),
      await putDocument(world, lakeview),
    ];
    await quarantine(world, hidden.id);
    await packing(world, lakeview, riverbend, [packed.id]);
    expect(await outcome(move(lakeview.clerk, binned.id))).toBe("not-there");
    expect(await outcome(move(lakeview.clerk, hidden.id))).toBe("not-there");
    expect(await outcome(move(lakeview.clerk, packed.id))).toBe("being-packed");
  });
});

describe("bad input", () => {
  test("nobody, nothing", async () => {
    const { id } = await putDocument(world, lakeview);
    expect(await outcome(move(lakeview.clerk, id, randomUUID()))).toBe("student-gone");
    expect(await outcome(move(lakeview.clerk, randomUUID()))).toBe("not-there");
  });
});

describe("two at once", () => {
  test("to two students: one wins, the other is told", async () => {
    const { id } = await putDocument(world, lakeview);
    const third = lakeview.students[2]?.id;
    const ends = await Promise.all([outcome(move(lakeview.clerk, id)), outcome(move(lakeview.admin, id, third))]);
    expect(ends.sort()).toEqual(["changed-meanwhile", "done"]);
    expect([other, third]).toContain(await whose(id));
  });
});
