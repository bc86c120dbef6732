import { randomUUID } from "node:crypto";
import { describe, expect, test } from "vitest";
import { isTransferOnHold } from "@/lib/documents/is-transfer-on-hold";
import { objectStore } from "@/lib/storage/open-store";
import { recallDocuments, releaseDocuments, reportDocuments } from "@/lib/transfers/decide-documents";
import { getDocumentTransfer } from "@/lib/transfers/get-document-transfer";
import { purgeTransfer } from "@/lib/transfers/purge-transfer";
import { packing } from "../../support/documents";
import { hold } from "../../support/retention";
import { addMember, doors, makeWorld, outcome, type Someone } from "../../support/world";
import { addStudent, handedOver, heldDocuments, type SentDocuments, type TestDocument } from "./document-hand-over";
import { auditOf, eventsOf, sent as sentCases, statusOf } from "./hand-over";

const world = await makeWorld();
const { lakeview, riverbend, maple, sql } = world;
const all = ["manageDocuments", "purge"] as const;
const purger = await addMember(world, riverbend, "purger", all);
const second = await addMember(world, riverbend, "purger-two", all);

const referenceOf = async (id: string) =>
  (await sql<{ reference: string }>("select reference from transfer where id = $1", [id]))[0]?.reference as string;
const purge = async (id: string, by: Someone = purger, reason = "Never ours", from = doors(by)) =>
  purgeTransfer(from, { transferId: id, reason, confirm: await referenceOf(id) });
const release = (id: string) =>
  releaseDocuments(doors(riverbend.clerk), { transferId: id, reason: "It is her after all" });
const arrived = (id: string) =>
  sql<{ id: string; storage_key: string; file_id: string }>(
    "select d.id, f.storage_key, f.id file_id from document d join stored_file f on f.id = d.file_id where d.origin_transfer_id = $1 order by d.id",
    [id],
  );
const certificates = (id: string) =>
  sql<{ district_id: string; student_id: string; purged_by: string; reason: string; items: object[] }>(
    "select district_id, student_id, purged_by, reason, items from purge_certificate where transfer_id = $1",
    [id],
  );
const stored = (storageKey: string) =>
  objectStore()
    .size(storageKey)
    .then(
      () => true,
      () => false,
    );

async function recalled(documents: TestDocument[] = [{}]): Promise<SentDocuments> {
  const sent = await handedOver(world, { documents });
  await recallDocuments(doors(lakeview.clerk), { transferId: sent.id, reason: "Wrong child" });
  return sent;
}
async function reported(): Promise<SentDocuments> {
  const sent = await handedOver(world);
  await reportDocuments(doors(riverbend.clerk), { transferId: sent.id, reason: "Wrong child" });
  return sent;
}

describe("succeeds", () => {
  test.each([
    ["recalled", () => recalled([{}, { type: "bip" }])],
    ["reported", reported],
  ] as const)("what is %s: rows, keys and bytes are gone here, and there nothing is", async (status, make) => {
    const sent = await make();
    const copies = await arrived(sent.id);
    const originals = await sql<{ storage_key: string }>(
      "select f.storage_key from document d join stored_file f on f.id = d.file_id where d.id = any ($1)",
      [sent.documentIds],
    );
    expect(await Promise.all(copies.map((one) => stored(one.storage_key)))).not.toContain(false);
    await purge(sent.id);
    expect(await arrived(sent.id)).toEqual([]);
    expect(await sql("select 1 from stored_file where id = any ($1)", [copies.map((one) => one.file_id)])).toEqual([]);
    expect(await Promise.all(copies.map((one) => stored(one.storage_key)))).not.toContain(true);
    expect(originals).toHaveLength(sent.documentIds.length);
    expect(await Promise.all(originals.map((one) => stored(one.storage_key)))).not.toContain(false);
    expect(await statusOf(world, sent.id)).toBe(status);
  });

  test("a certificate stays, without titles; both logs and timelines say so, the sender's without the person's name", async () => {
    const sent = await recalled([{ title: "Secret title" }, {}]);
    const copies = await arrived(sent.id);
    await purge(sent.id);
    const [certificate, ...more] = await certificates(sent.id);
    expect(more).toEqual([]);
    expect(certificate).toMatchObject({
      district_id: riverbend.id,
      student_id: sent.there.id,
      purged_by: purger.membershipId,
      reason: "Never ours",
    });
    expect(certificate?.items).toHaveLength(2);
    expect(JSON.stringify(certificate)).not.toContain("Secret");
    expect((await eventsOf(world, sent.id)).at(-1)).toBe("purge");
    for (const district of [lakeview, riverbend]) {
      expect((await auditOf(world, district, sent.id)).at(-1)).toBe("transfer.purge");
      expect(
        await sql("select detail from audit where district_id = $1 and subject_id = $2 and action = 'transfer.purge'", [
          district.id,
          sent.id,
        ]),
      ).toEqual([{ detail: { documents: 2 } }]);
    }
    expect(
      await sql("select district_id from audit where action = 'document.purge' and subject_id = any ($1)", [
        copies.map((one) => one.id),
      ]),
    ).toEqual([{ district_id: riverbend.id }, { district_id: riverbend.id }]);
    const view = await doors(lakeview.clerk).district((tx) =>
      getDocumentTransfer(tx, lakeview.clerk, { transferId: sent.id }),
    );
    expect(view.events.at(-1)).toMatchObject({ verb: "purge", actor: null, own: false });
    expect(JSON.stringify(view)).not.toContain(purger.name);
    const here = await doors(purger).district((tx) => getDocumentTransfer(tx, purger, { transferId: sent.id }));
    expect(here).toMatchObject({ documents: [], quarantined: 0 });
  });

  test("one in the bin goes too, and one that was given to another student gets that student's certificate", async () => {
    const sent = await handedOver(world, { documents: [{}, {}] });
    const [binned, moved] = await arrived(sent.id);
    const other = await addStudent(world, riverbend);
    await sql("update document set deleted_at = now() where id = $1", [binned?.id]);
    await sql("update document set student_id = $2 where id = $1", [moved?.id, other.id]);
    await recallDocuments(doors(lakeview.clerk), { transferId: sent.id, reason: "Wrong child" });
    await purge(sent.id);
    expect(await arrived(sent.id)).toEqual([]);
    expect((await certificates(sent.id)).map((one) => one.student_id).toSorted()).toEqual(
      [sent.there.id, other.id].toSorted(),
    );
  });

  test("takes nothing of another transfer or of the student's own", async () => {
    const [sent, beside] = [await recalled(), await recalled()];
    await sql("update document set student_id = $2 where origin_transfer_id = $1", [beside.id, sent.there.id]);
    await purge(sent.id);
    expect(await arrived(beside.id)).toHaveLength(1);
  });
});

describe("wrong permission", () => {
  test("needs Purge and Manage Documents, both", async () => {
    const sent = await recalled();
    const half = await addMember(world, riverbend, `half-${sent.id.slice(0, 8)}`, ["purge"]);
    for (const by of [riverbend.clerk, riverbend.admin, riverbend.manager, riverbend.staff, half])
      for (const confirm of [await referenceOf(sent.id), "x"])
        expect(await outcome(purgeTransfer(doors(by), { transferId: sent.id, reason: "R", confirm }))).toBe(
          "forbidden",
        );
    expect(await arrived(sent.id)).toHaveLength(1);
    expect(await certificates(sent.id)).toEqual([]);
  });
});

describe("other district", () => {
  test("the sender can't purge what lies there, nor can a third one", async () => {
    const sent = await recalled();
    for (const district of [lakeview, maple]) {
      const by = await addMember(world, district, "purger", all);
      expect(await outcome(purge(sent.id, by))).toBe("not-there");
      // Nor with the reference wrong: it isn't told which one is right.
      expect(await outcome(purgeTransfer(doors(by), { transferId: sent.id, reason: "R", confirm: "x" }))).toBe(
        "not-there",
      );
    }
    expect(await arrived(sent.id)).toHaveLength(1);
  });
});

describe("wrong state", () => {
  test("not while a legal hold stands on the student: the purge says so, before and when it's tried", async () => {
    const sent = await recalled();
    const [copy] = await sql<{ student_id: string }>("select student_id from document where origin_transfer_id = $1", [
      sent.id,
    ]);
    const onHold = () => doors(purger).district((tx) => isTransferOnHold(tx, sent.id));
    expect(await onHold()).toBe(false);
    await hold(riverbend.admin, { studentId: copy?.student_id as string });
    expect(await onHold()).toBe(true);
    expect(await outcome(purge(sent.id))).toBe("on-hold");
    expect(await arrived(sent.id)).toHaveLength(1);
    expect(await eventsOf(world, sent.id)).not.toContain("purge");
  });

  test("only what is in quarantine: not what is delivered or held, nor what was released or purged", async () => {
    const released = await recalled();
    await release(released.id);
    const purged = await recalled();
    await purge(purged.id);
    for (const sent of [await handedOver(world), await heldDocuments(world), released, purged]) {
      const before = [await arrived(sent.id), await eventsOf(world, sent.id)];
      expect(await outcome(purge(sent.id))).toBe("transfer-moved");
      expect([await arrived(sent.id), await eventsOf(world, sent.id)]).toEqual(before);
    }
  });

  test("not what another transfer packs at this moment", async () => {
    const sent = await handedOver(world);
    const ids = (await arrived(sent.id)).map((one) => one.id);
    await packing(world, riverbend, maple, ids);
    await sql("update document set quarantined_at = now(), quarantine = 'recalled' where id = any ($1)", [ids]);
    expect(await outcome(purge(sent.id))).toBe("being-packed");
    expect(await arrived(sent.id)).toHaveLength(1);
    expect(await eventsOf(world, sent.id)).not.toContain("purge");
  });
});

describe("bad input", () => {
  test("wants a reason and the reference, which may be typed in small letters", async () => {
    const sent = await recalled();
    const reference = await referenceOf(sent.id);
    const run = (reason: string, confirm: string) =>
      outcome(purgeTransfer(doors(purger), { transferId: sent.id, reason, confirm }));
    expect(await run(" \n", reference)).toBe("bad-value");
    for (const confirm of ["", "x", reference.slice(0, -1), `${reference}1`, await referenceOf((await reported()).id)])
      expect(await run("R", confirm)).toBe("not-confirmed");
    expect(await arrived(sent.id)).toHaveLength(1);
    expect(await run("R", ` ${reference.toLowerCase()} `)).toBe("done");
  });

  test("an id that nothing has, a transfer of cases", async () => {
    const run = (transferId: string) => purgeTransfer(doors(purger), { transferId, reason: "R", confirm: "x" });
    expect(await outcome(run(randomUUID()))).toBe("not-there");
    expect(await outcome(run((await sentCases(world)).id))).toBe("not-there");
  });
});

describe("two at once", () => {
  test("two people purge it: one does, one is told; one certificate, once on the timeline", async () => {
    const sent = await recalled([{}, {}]);
    const outcomes = await Promise.all([outcome(purge(sent.id)), outcome(purge(sent.id, second))]);
    expect(outcomes.toSorted()).toEqual(["done", "transfer-moved"]);
    expect(await certificates(sent.id)).toHaveLength(1);
    expect((await eventsOf(world, sent.id)).filter((event) => event === "purge")).toHaveLength(1);
    expect((await auditOf(world, lakeview, sent.id)).filter((action) => action === "transfer.purge")).toHaveLength(1);
  });

  test("released between the look and the purge: nothing is destroyed", async () => {
    const sent = await recalled();
    const open = doors(purger);
    let opened = 0;
    const late: typeof open = {
      ...open,
      exchange: async (id, run) => {
        if (++opened === 2) await release(sent.id);
        return open.exchange(id, run);
      },
    };
    expect(await outcome(purge(sent.id, purger, "Never ours", late))).toBe("transfer-moved");
    expect(await arrived(sent.id)).toHaveLength(1);
    expect(await certificates(sent.id)).toEqual([]);
    expect(await eventsOf(world, sent.id)).not.toContain("purge");
  });

  test("released while it's purged: either, never both", async () => {
    for (let i = 0; i < 12; i++) {
      const sent = await recalled();
      const [purged, released] = await Promise.all([outcome(purge(sent.id)), outcome(release(sent.id))]);
      expect([purged, released].toSorted()).toEqual(["done", "transfer-moved"]);
      expect(await arrived(sent.id)).toHaveLength(purged === "done" ? 0 : 1);
      expect((await eventsOf(world, sent.id)).at(-1)).toBe(purged === "done" ? "purge" : "release");
    }
  });

  test("killed before it's committed: nothing is gone, and no timeline says so", async () => {
    const sent = await recalled();
    const open = doors(purger);
    let opened = 0;
    const dying: typeof open = {
      ...open,
      exchange: (id, run) =>
        open.exchange(id, async (tx) => {
          const result = await run(tx);
          if (++opened === 2) throw new Error("killed");
          return result;
        }),
    };
    await expect(purge(sent.id, purger, "Never ours", dying)).rejects.toThrow("killed");
    const [copy] = await arrived(sent.id);
    expect(await stored(copy?.storage_key as string)).toBe(true);
    expect([await certificates(sent.id), (await eventsOf(world, sent.id)).at(-1)]).toEqual([[], "recall"]);
    expect((await auditOf(world, lakeview, sent.id)).at(-1)).toBe("transfer.recall");
  });
});
