import { randomBytes, randomUUID } from "node:crypto";
import { Readable } from "node:stream";
import { describe, expect, test, vi } from "vitest";
import { withDistrict } from "@/lib/db/tenant";
import { deleteDocuments } from "@/lib/documents/delete-documents";
import { emptyBin } from "@/lib/documents/empty-bin";
import { findCertificate } from "@/lib/documents/find-certificate";
import { findStudentPage } from "@/lib/documents/find-student-page";
import { openDocument } from "@/lib/documents/open-document";
import { purgeDocuments } from "@/lib/documents/purge-documents";
import { deleteDoomed } from "@/lib/jobs/delete-objects";
import { emptyBins } from "@/lib/jobs/empty-bins";
import { outbox } from "@/lib/outbox";
import { type Actor, workerOf } from "@/lib/policy";
import { objectStore } from "@/lib/storage/open-store";
import { placeHold } from "@/lib/students/place-hold";
import { waitingForLocks } from "../../support/database";
import { audited, packing, putDocument, quarantine } from "../../support/documents";
import { expectPurged, isStored, leftovers, objectsWith } from "../../support/leftovers";
import { hold } from "../../support/retention";
import { addMember, doors, makeWorld, outcome } from "../../support/world";

const world = await makeWorld();
const { lakeview, riverbend } = world;
const all = ["manageDocuments", "purge"] as const;
const purger = await addMember(world, lakeview, "purger", all);
const stranger = await addMember(world, riverbend, "purger", all);
const purge = (actor: Actor, documentIds: string[], of: { reason?: string; transferId?: string } = {}) =>
  purgeDocuments(doors(actor), { documentIds, reason: "Belongs to another student", ...of });
const there = isStored;

describe("succeeds", () => {
  test("rows, keys, file and title are gone from database, storage and jobs; a certificate stays", async () => {
    const canary = `canary${randomBytes(9).toString("hex")}`;
    const { id, fileId, storageKey } = await putDocument(world, lakeview, {
      title: canary,
      bytes: Buffer.from(`Secret of ${canary} `.repeat(50)),
    });
    const sealed = Buffer.concat(await Readable.from(objectStore().get(storageKey)).toArray());
    // A job of the time before, as the queues keep them: they name ids, nothing else.
    await withDistrict(lakeview.clerk, (tx) => outbox(tx, "recheck", { districtId: lakeview.id }));
    expect(await leftovers(world, canary)).toEqual(["public.document"]);
    await withDistrict(purger, (tx) => deleteDocuments(tx, purger, { documentIds: [id] }));
    const { certificates } = await purge(purger, [id]);

    await expectPurged(world, [canary, fileId], storageKey);
    expect(await there(storageKey)).toBe(false);
    expect(await objectsWith(sealed.subarray(-64))).toEqual([]);
    const year = new Date().getUTCFullYear();
    expect(certificates).toHaveLength(1);
    expect(certificates[0]?.number).toMatch(new RegExp(`^P-${year}-\\d{6}$`));
    const studentId = lakeview.students[0]?.id as string;
    const sheet = await withDistrict(purger, (tx) =>
      findCertificate(tx, purger, { studentId, id: certificates[0]?.id as string }),
    );
    expect(sheet).toMatchObject({ purgedBy: purger.name, reason: "Belongs to another student", sisId: "S100" });
    expect(sheet?.items).toMatchObject([
      { documentId: id, type: "iep", sha256: expect.stringMatching(/^[0-9a-f]{64}$/) },
    ]);
    expect(await audited(world, lakeview, id)).toEqual(["document.delete", "document.purge"]);
  });

  test("a certificate per student, numbered one after another", async () => {
    const ids = [];
    for (const student of lakeview.students.slice(1, 3))
      for (let n = 0; n < 2; n++) ids.push((await putDocument(world, lakeview, { studentId: student.id })).id);
    const { certificates } = await purge(purger, ids);
    expect(certificates.map((one) => one.studentId).sort()).toEqual(
      lakeview.students
        .slice(1, 3)
        .map((one) => one.id)
        .sort(),
    );
    const [first = 0, second = 0] = certificates.map((one) => Number(one.number.slice(-6))).sort();
    expect(second - first).toBe(1);
    const page = await withDistrict(purger, (tx) => findStudentPage(tx, purger, lakeview.students[1]?.id as string));
    expect(page?.certificates).toMatchObject([{ kind: "documents", records: 2 }]);
  });

  test("what lies in quarantine too, with the transfer that it came with", async () => {
    const { id, storageKey } = await putDocument(world, lakeview);
    const transferId = randomUUID();
    await world.sql("update document set origin_transfer_id = $2, origin_district_id = $3 where id = $1", [
      id,
      transferId,
      riverbend.id,
    ]);
    await quarantine(world, id);
    const { certificates } = await purge(purger, [id], { transferId });
    expect(await there(storageKey)).toBe(false);
    const [row] = await world.sql("select transfer_id from purge_certificate where id = $1", [certificates[0]?.id]);
    expect(row?.transfer_id).toBe(transferId);
  });

  test("a killed process leaves the object to the worker, never the row", async () => {
    const { id, storageKey } = await putDocument(world, lakeview);
    const broken = { ...doors(purger), actor: purger };
    const real = objectStore();
    const remove = real.delete.bind(real);
    real.delete = () => Promise.reject(new Error("the storage is down"));
    try {
      await purgeDocuments(broken, { documentIds: [id], reason: "x" });
    } finally {
      real.delete = remove;
    }
    expect(await there(storageKey)).toBe(true);
    expect(await world.sql("select 1 from document where id = $1", [id])).toEqual([]);
    await deleteDoomed();
    expect(await there(storageKey)).toBe(false);
    expect(await world.sql("select 1 from doomed_object where storage_key = $1", [storageKey])).toEqual([]);
  });

  test("the worker purges what has lain in the bin for 30 days, with a certificate", async () => {
    const [old, young, packed, live] = [
      await putDocument(world, lakeview, { deletedDaysAgo: 31 }),
      await putDocument(world, lakeview, { deletedDaysAgo: 29 }),
      await putDocument(world, lakeview, { deletedDaysAgo: 31 }),
      await putDocument(world, lakeview),
    ];
    await packing(world, lakeview, riverbend, [packed.id]);
    expect(await emptyBins()).toBe(1);
    expect(await Promise.all([old, young, packed, live].map((one) => there(one.storageKey)))).toEqual([
      false,
      true,
      true,
      true,
    ]);
    const [row] = await world.sql(
      "select purged_by, purged_by_name, reason from purge_certificate where items -> 0 ->> 'documentId' = $1",
      [old.id],
    );
    expect(row).toEqual({
      purged_by: null,
      purged_by_name: "Baton",
      reason: "Deleted, and not restored within 30 days",
    });
    expect(await audited(world, lakeview, old.id)).toEqual(["document.purge"]);
    expect(await emptyBins()).toBe(0);
  });
});

describe("wrong permission", () => {
  test("Purge and Manage Documents, both", async () => {
    const { id, storageKey } = await putDocument(world, lakeview);
    const alone = await addMember(world, lakeview, "alone", ["purge"]);
    for (const actor of [lakeview.clerk, lakeview.admin, lakeview.staff, alone])
      expect(await outcome(purge(actor, [id]))).toBe("forbidden");
    expect(await there(storageKey)).toBe(true);
  });
  test("a certificate is for who manages documents or purges", async () => {
    const { id } = await putDocument(world, lakeview);
    const { certificates } = await purge(purger, [id]);
    const input = { studentId: lakeview.students[0]?.id as string, id: certificates[0]?.id as string };
    const seen = (actor: Actor) => withDistrict(actor, (tx) => findCertificate(tx, actor, input));
    expect(await seen(lakeview.manager)).toBeNull();
    expect(await seen(stranger)).toBeNull();
    expect(await seen(lakeview.clerk)).not.toBeNull();
    // Who may open it finds it on the student's page as well.
    const reader = await addMember(world, lakeview, "reader", ["purge", "manageCases"]);
    const page = await withDistrict(reader, (tx) => findStudentPage(tx, reader, input.studentId));
    expect(await seen(reader)).not.toBeNull();
    expect(page?.certificates.map((one) => one.id)).toContain(input.id);
  });
});

describe("other district", () => {
  test("not there, and then nothing goes", async () => {
    const [mine, theirs] = [await putDocument(world, lakeview), await putDocument(world, riverbend)];
    expect(await outcome(purge(stranger, [mine.id]))).toBe("not-there");
    expect(await outcome(purge(purger, [mine.id, theirs.id]))).toBe("not-there");
    expect([await there(mine.storageKey), await there(theirs.storageKey)]).toEqual([true, true]);
  });
});

describe("wrong state", () => {
  test("not while it's packed; not with a transfer that it didn't come with", async () => {
    const [packed, mine] = [await putDocument(world, lakeview), await putDocument(world, lakeview)];
    await packing(world, lakeview, riverbend, [packed.id]);
    expect(await outcome(purge(purger, [packed.id]))).toBe("being-packed");
    expect(await outcome(purge(purger, [mine.id], { transferId: randomUUID() }))).toBe("not-there");
    expect(await outcome(openDocument(doors(purger), { id: mine.id, purpose: "download" }))).toBe("done");
  });
  test("not while a legal hold stands on its student, by nobody: purge, transfer's purge, bin", async () => {
    const studentId = lakeview.students[3]?.id as string;
    const [mine, binned] = [
      await putDocument(world, lakeview, { studentId }),
      await putDocument(world, lakeview, { studentId, deletedDaysAgo: 31 }),
    ];
    await hold(lakeview.admin, { studentId });
    expect(await outcome(purge(purger, [mine.id]))).toBe("on-hold");
    expect(await outcome(purge(purger, [binned.id]))).toBe("on-hold");
    expect(await emptyBins()).toBe(0);
    // Not by a check that somebody might forget, either.
    await expect(withDistrict(purger, (tx) => tx.document.deleteMany({ where: { id: mine.id } }))).rejects.toThrow();
    expect(await Promise.all([there(mine.storageKey), there(binned.storageKey)])).toEqual([true, true]);
  });
  test("a certificate stays as it was written", async () => {
    const { id } = await putDocument(world, lakeview);
    await purge(purger, [id]);
    for (const statement of ["update purge_certificate set reason = 'x'", "delete from purge_certificate"])
      await expect(world.sql(statement)).rejects.toThrow(/append-only/);
  });
});

describe("bad input", () => {
  test("nothing, no reason, what isn't there", async () => {
    const { id } = await putDocument(world, lakeview);
    expect(await outcome(purge(purger, []))).toBe("nothing-chosen");
    expect(await outcome(purge(purger, [id], { reason: "  " }))).toBe("bad-value");
    expect(await outcome(purge(purger, [randomUUID()]))).toBe("not-there");
  });
});

describe("two at once", () => {
  test("the bin is emptied while a hold is being placed: it waits, looks again and leaves what is held", async () => {
    const [held, free] = [lakeview.students[1]?.id as string, lakeview.students[2]?.id as string];
    const [stays, goes] = [
      await putDocument(world, lakeview, { deletedDaysAgo: 31, studentId: held }),
      await putDocument(world, lakeview, { deletedDaysAgo: 31, studentId: free }),
    ];
    let [placed, commit] = [() => {}, () => {}];
    const standing = new Promise<void>((then) => {
      placed = then;
    });
    const committed = new Promise<void>((then) => {
      commit = then;
    });
    const holding = withDistrict(lakeview.admin, async (tx) => {
      await placeHold(tx, lakeview.admin, { on: { studentId: held }, reason: "A claim" });
      placed();
      await committed;
    });
    await standing;
    const emptied = emptyBin(doors(workerOf(lakeview.id)));
    await vi.waitFor(async () => expect(await world.sql(waitingForLocks)).not.toHaveLength(0), { timeout: 5_000 });
    commit();
    await holding;
    expect(await emptied).toBe(1);
    expect(await Promise.all([there(stays.storageKey), there(goes.storageKey)])).toEqual([true, false]);
  });

  test("one district's bin that can't be emptied doesn't keep the others' from it", async () => {
    const [broken, sound] = [
      await putDocument(world, lakeview, { deletedDaysAgo: 31 }),
      await putDocument(world, riverbend, { deletedDaysAgo: 31 }),
    ];
    await world.sql(
      "create function break_bin() returns trigger language plpgsql as $$ begin raise exception 'broken'; end $$",
    );
    await world.sql(
      `create trigger break_bin before delete on document for each row when (old.id = '${broken.id}') execute function break_bin()`,
    );
    expect(await emptyBins()).toBe(1);
    expect(await Promise.all([there(broken.storageKey), there(sound.storageKey)])).toEqual([true, false]);
    await world.sql("drop function break_bin cascade");
    expect(await emptyBins()).toBe(1);
  });

  test("one purges, the other finds nothing; one certificate", async () => {
    const { id } = await putDocument(world, lakeview);
    const ends = await Promise.all([outcome(purge(purger, [id])), outcome(purge(purger, [id]))]);
    expect(ends.sort()).toEqual(["done", "not-there"]);
    const rows = await world.sql("select 1 from purge_certificate where items -> 0 ->> 'documentId' = $1", [id]);
    expect(rows).toHaveLength(1);
  });
});
