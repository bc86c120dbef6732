import { randomUUID } from "node:crypto";
import { describe, expect, test } from "vitest";
import { withDistrict } from "@/lib/db/tenant";
import { deleteDocuments } from "@/lib/documents/delete-documents";
import { findStudentPage } from "@/lib/documents/find-student-page";
import { openDocument } from "@/lib/documents/open-document";
import { restoreDocuments } from "@/lib/documents/restore-documents";
import type { Actor } from "@/lib/policy";
import { audited, packing, putDocument, quarantine } from "../../support/documents";
import { doors, makeWorld, outcome } from "../../support/world";

const world = await makeWorld();
const { lakeview, riverbend } = world;
const remove = (actor: Actor, ...documentIds: string[]) =>
  withDistrict(actor, (tx) => deleteDocuments(tx, actor, { documentIds }));
const restore = (actor: Actor, ...documentIds: string[]) =>
  withDistrict(actor, (tx) => restoreDocuments(tx, actor, { documentIds }));
const page = (actor: Actor, id: string) => withDistrict(actor, (tx) => findStudentPage(tx, actor, id));

describe("succeeds", () => {
  test("into the bin and back, audited; in between nobody can open it", async () => {
    const studentId = lakeview.students[3]?.id as string;
    const [one, two] = [
      await putDocument(world, lakeview, { studentId, owner: lakeview.staff }),
      await putDocument(world, lakeview, { studentId }),
    ];
    expect(await remove(lakeview.clerk, one.id, two.id)).toBe(2);
    const seen = await page(lakeview.clerk, studentId);
    expect(seen?.documents).toEqual([]);
    expect(seen?.bin.map((row) => row.deleted?.by)).toEqual([lakeview.clerk.name, lakeview.clerk.name]);
    const days = ((seen?.bin[0]?.deleted?.until.getTime() ?? 0) - Date.now()) / 86_400_000;
    expect(Math.round(days)).toBe(30);
    expect(await outcome(openDocument(doors(lakeview.clerk), { id: one.id, purpose: "download" }))).toBe("not-there");
    expect(await page(lakeview.staff, studentId)).toBeNull();
    expect(await restore(lakeview.clerk, one.id)).toBe(1);
    expect((await page(lakeview.staff, studentId))?.documents.map((row) => row.id)).toEqual([one.id]);
    expect(await audited(world, lakeview, one.id)).toEqual(["document.delete", "document.restore"]);
  });
});

describe("wrong permission", () => {
  test("its owner may read it, no more", async () => {
    const { id } = await putDocument(world, lakeview, { owner: lakeview.staff });
    for (const actor of [lakeview.staff, lakeview.manager]) {
      expect(await outcome(remove(actor, id))).toBe("forbidden");
      expect(await outcome(restore(actor, id))).toBe("forbidden");
    }
  });
});

describe("other district", () => {
  test("not there, and then nothing goes", async () => {
    const [mine, theirs] = [await putDocument(world, lakeview), await putDocument(world, riverbend)];
    expect(await outcome(remove(lakeview.clerk, mine.id, theirs.id))).toBe("not-there");
    expect(await outcome(restore(riverbend.clerk, mine.id))).toBe("not-there");
    expect(await audited(world, lakeview, mine.id)).toEqual([]);
  });
});

describe("wrong state", () => {
  test("not while it's packed, not out of quarantine; what's there already stays", async () => {
    const [packed, hidden, binned, live] = [
      await putDocument(world, lakeview),
      await putDocument(world, lakeview),
      await putDocument(world, lakeview, { deletedDaysAgo: 3 }),
      await putDocument(world, lakeview),
    ];
    await packing(world, lakeview, riverbend, [packed.id]);
    await quarantine(world, hidden.id);
    expect(await outcome(remove(lakeview.clerk, packed.id))).toBe("being-packed");
    expect(await outcome(remove(lakeview.clerk, hidden.id))).toBe("not-there");
    expect(await outcome(restore(lakeview.clerk, hidden.id))).toBe("not-there");
    expect(await remove(lakeview.clerk, binned.id)).toBe(0);
    expect(await restore(lakeview.clerk, live.id)).toBe(0);
    expect(await audited(world, lakeview, binned.id)).toEqual([]);
  });
});

describe("bad input", () => {
  test("nothing, or what isn't there", async () => {
    expect(await outcome(remove(lakeview.clerk))).toBe("nothing-chosen");
    expect(await outcome(remove(lakeview.clerk, "x' or true --"))).toBe("nothing-chosen");
    expect(await outcome(remove(lakeview.clerk, randomUUID()))).toBe("not-there");
    expect(await outcome(restore(lakeview.clerk))).toBe("nothing-chosen");
  });
});

describe("two at once", () => {
  test("one deletes it, the other finds it deleted", async () => {
    const { id } = await putDocument(world, lakeview);
    const counts = await Promise.all([remove(lakeview.clerk, id), remove(lakeview.admin, id)]);
    expect(counts.sort()).toEqual([0, 1]);
    expect(await audited(world, lakeview, id)).toEqual(["document.delete"]);
  });
});
