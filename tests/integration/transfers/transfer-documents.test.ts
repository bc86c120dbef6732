import { createHash, randomUUID } from "node:crypto";
import { afterEach, describe, expect, test } from "vitest";
import { documentTypes } from "@/lib/documents/document-types";
import { handOver } from "@/lib/jobs/hand-over";
import { unwrapAddress } from "@/lib/storage/file-address";
import { readFile } from "@/lib/storage/files";
import { objectStore } from "@/lib/storage/open-store";
import { getDocumentTransfer } from "@/lib/transfers/get-document-transfer";
import { type TransferInput, transferDocuments } from "@/lib/transfers/transfer-documents";
import { doors, makeWorld, outcome, type Someone, textFile } from "../../support/world";
import { docxEntries, makeZip } from "../../support/zip";
import {
  addDocument,
  addMover,
  addStudent,
  documentInput,
  draftDocuments,
  handedOver,
  heldDocuments,
  sealedDocuments,
} from "./document-hand-over";
import { auditOf, eventsOf, mailsOf, remainsOf, statusOf } from "./hand-over";

const world = await makeWorld();
const { lakeview, riverbend, maple, sql } = world;
const png =
  "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c626001000000ffff03000006000557bfabd40000000049454e44ae426082";
const send = (dispatchId: string, sisId: string, own: Partial<TransferInput> = {}, by: Someone = lakeview.clerk) =>
  transferDocuments(doors(by), documentInput(dispatchId, riverbend, sisId, own));
const disable = (id: string, off: boolean) => sql("update district set documents_off = $2 where id = $1", [id, off]);
afterEach(() => sql("update district set documents_off = false"));

async function drafted(count = 1, by: Someone = lakeview.clerk) {
  const { here, there } = await addMover(world);
  const ids = await Promise.all(Array.from({ length: count }, () => addDocument(world, lakeview, here.id)));
  return { here, there, ids, dispatchId: await draftDocuments(by, here.id, ids) };
}

describe("succeeds", () => {
  test("delivers to the right student and owner; keys and package are gone; both sides have it in writing", async () => {
    const sent = await handedOver(world, { documents: [{}, { type: "bip" }, {}], input: { notes: "Call me" } });
    expect(await statusOf(world, sent.id)).toBe("delivered");
    expect(await eventsOf(world, sent.id)).toEqual(["seal", "deliver"]);
    expect(
      await sql(
        "select count(*)::int n, count(*) filter (where student_id = $2 and owner_id = $3 and origin_district_id = $4)::int right_ones from document where origin_transfer_id = $1 and district_id = $5",
        [sent.id, sent.there.id, riverbend.clerk.membershipId, lakeview.id, riverbend.id],
      ),
    ).toEqual([{ n: 3, right_ones: 3 }]);
    expect(await remainsOf(world, sent.id)).toEqual({ items: 0, files: 0, keys: 0 });
    expect(await sql("select 1 from package_key where transfer_id = $1", [sent.id])).toEqual([]);
    expect(await sql("select 1 from doomed_object")).toEqual([]);
    expect(await mailsOf(world, sent.id)).toEqual([
      "documents-delivered → Lakeview",
      "documents-delivered → Riverbend",
    ]);
    expect(await auditOf(world, lakeview, sent.id)).toEqual([
      "transfer.send",
      "transfer.seal",
      "identity.check",
      "transfer.deliver",
    ]);
    expect(await auditOf(world, riverbend, sent.id)).toEqual(["transfer.seal", "identity.check", "transfer.deliver"]);
    expect(
      await sql("select district_id, student_id, category, legal_basis from disclosure where transfer_id = $1", [
        sent.id,
      ]),
    ).toEqual([
      {
        district_id: lakeview.id,
        student_id: sent.here.id,
        category: "Documents: bip, iep (2)",
        legal_basis: "enrollment",
      },
    ]);
    const shown = await doors(riverbend.clerk).district((tx) =>
      getDocumentTransfer(tx, riverbend.clerk, { transferId: sent.id }),
    );
    expect(shown).toMatchObject({ notes: "Call me", owner: riverbend.clerk.name, student: { id: sent.there.id } });
  });

  test("finds the owner by e-mail as well, whatever the case", async () => {
    const sent = await handedOver(world, { input: { owner: ` STAFF@${riverbend.slug}.example ` } });
    expect(await sql("select owner_id from document where origin_transfer_id = $1", [sent.id])).toEqual([
      { owner_id: riverbend.staff.membershipId },
    ]);
  });

  test("sends the documents that are ticked, and no others", async () => {
    const { there, ids, dispatchId } = await drafted(3);
    const [first] = ids as [string];
    const { transferId } = await send(dispatchId, there.sisId, { documentIds: [first] });
    expect(await sql("select document_id from transfer_document where transfer_id = $1", [transferId])).toEqual([
      { document_id: first },
    ]);
  });

  test("every type, every kind of file, byte for byte, under a key of its own", async () => {
    const files = [
      textFile("ä.txt", 70_001),
      {
        name: "a.pdf",
        bytes: Buffer.from("%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n", "latin1"),
      },
      { name: "a.docx", bytes: makeZip(docxEntries()) },
      { name: "a.png", bytes: Buffer.from(png, "hex") },
      { name: "a.jpg", bytes: Buffer.from("ffd8ffe000104a46494600010100000100010000ffd9", "hex") },
    ];
    const documents = documentTypes.map((type, i) => ({
      type,
      title: `Title “${i}” ñ`,
      datedOn: i % 2 === 0 ? `2024-02-2${i}` : null,
      file: files[i % files.length] as { name: string; bytes: Buffer },
    }));
    const sent = await handedOver(world, { documents });
    const rows = await sql<{
      type: string;
      title: string;
      dated_on: string | null;
      storage_key: string;
      key_wrapped: Buffer;
      sha256: Buffer;
    }>(
      "select d.type, d.title, d.dated_on::text, f.* from document d join stored_file f on f.id = d.file_id where d.origin_transfer_id = $1",
      [sent.id],
    );
    expect(rows).toHaveLength(documentTypes.length);
    for (const one of documents) {
      const row = rows.find((other) => other.type === one.type);
      expect(row).toMatchObject({ title: one.title, dated_on: one.datedOn });
      const address = unwrapAddress(riverbend.id, {
        storageKey: row?.storage_key as string,
        keyWrapped: row?.key_wrapped as Buffer,
      });
      const bytes = Buffer.concat(await readFile(address).toArray());
      expect(bytes.equals(one.file.bytes)).toBe(true);
      expect(
        createHash("sha256")
          .update(bytes)
          .digest()
          .equals(row?.sha256 as Buffer),
      ).toBe(true);
    }
    const keys = await sql<{ n: number }>(
      "select count(*)::int n from stored_file a join stored_file b on a.storage_key = b.storage_key and a.district_id <> b.district_id",
    );
    expect(keys).toEqual([{ n: 0 }]);
  });
});

describe("is held", () => {
  const held = async (about: Parameters<typeof handedOver>[1]) => {
    const sent = await handedOver(world, about);
    expect(await eventsOf(world, sent.id)).toEqual(["seal", "hold"]);
    expect(await sql("select 1 from document where origin_transfer_id = $1", [sent.id])).toEqual([]);
    expect(await mailsOf(world, sent.id)).toEqual(["documents-held → Lakeview", "documents-held → Riverbend"]);
    return sent;
  };

  test("where nobody has that number, where it is somebody else's, where there's no such owner", async () => {
    await held({ input: { sisId: "nobody" } });
    const other = await addStudent(world, riverbend);
    await held({ input: { sisId: other.sisId } });
    await held({ input: { owner: "nobody" } });
    expect(await sql("select 1 from disclosure where category like 'Identity%'")).toEqual([]);
  });

  test("where the student has left, the owner was disabled or never came, or the receiver has disabled it meanwhile", async () => {
    const gone = await addStudent(world, riverbend, { active: false });
    await held({
      person: { given: gone.given, family: gone.family, birthDate: gone.birthDate },
      input: { sisId: gone.sisId },
    });
    const sent = await sealedDocuments(world);
    await disable(riverbend.id, true);
    await handOver({ districtId: riverbend.id, transferId: sent.id }, 0);
    expect(await statusOf(world, sent.id)).toBe("held");
  });

  test("the sender's side can't tell the reasons apart", async () => {
    const views = [];
    for (const input of [{ sisId: "nobody" }, { owner: "nobody" }]) {
      const sent = await heldDocuments(world, { input });
      const view = await doors(lakeview.clerk).district((tx) =>
        getDocumentTransfer(tx, lakeview.clerk, { transferId: sent.id }),
      );
      views.push({
        events: view.events.map(({ verb, actor, detail }) => ({ verb, actor, detail })),
        reason: view.reason,
        status: view.status,
        mails: view.mails.length,
      });
      expect(
        await sql("select detail from audit where subject_id = $1 and district_id = $2 and action = 'identity.check'", [
          sent.id,
          lakeview.id,
        ]),
      ).toEqual([{ detail: {} }]);
    }
    expect(views[0]).toEqual(views[1]);
  });
});

describe("wrong permission", () => {
  test.each(["manager", "staff"] as const)("refuses a %s", async (role) => {
    const { there, dispatchId } = await drafted();
    expect(await outcome(send(dispatchId, there.sisId, {}, lakeview[role]))).toBe("forbidden");
    expect(await outcome(draftDocuments(lakeview[role], there.id, []))).toBe("forbidden");
  });
});

describe("other district", () => {
  test("neither its drafts nor its documents are there", async () => {
    const { here, there, ids, dispatchId } = await drafted();
    expect(await outcome(send(dispatchId, there.sisId, {}, maple.clerk))).toBe("not-there");
    expect(await outcome(send(dispatchId, there.sisId, {}, lakeview.admin))).toBe("not-there");
    expect(await outcome(draftDocuments(maple.clerk, here.id, ids))).toBe("not-there");
    const student = await addStudent(world, maple);
    expect(await outcome(draftDocuments(maple.clerk, student.id, ids))).toBe("no-documents");
    expect(await outcome(send(randomUUID(), there.sisId))).toBe("not-there");
  });

  test("is the worker of none but the receiver", async () => {
    const sent = await sealedDocuments(world);
    for (const districtId of [lakeview.id, maple.id])
      await expect(handOver({ districtId, transferId: sent.id }, 0)).rejects.toMatchObject({ kind: "not-there" });
    expect(await statusOf(world, sent.id)).toBe("preparing");
  });
});

describe("wrong state", () => {
  test("either side has disabled it, or isn't on Baton", async () => {
    const { there, dispatchId } = await drafted();
    await disable(lakeview.id, true);
    expect(await outcome(send(dispatchId, there.sisId))).toBe("own-documents-off");
    await disable(lakeview.id, false);
    await disable(riverbend.id, true);
    expect(await outcome(send(dispatchId, there.sisId))).toBe("other-documents-off");
    await disable(riverbend.id, false);
    expect(await outcome(send(dispatchId, there.sisId, { receiverId: lakeview.id }))).toBe("not-on-baton");
    expect(await outcome(send(dispatchId, there.sisId, { receiverId: randomUUID() }))).toBe("not-on-baton");
    await send(dispatchId, there.sisId);
  });

  test("what is in the bin, in quarantine or another student's doesn't travel", async () => {
    const { here, there, ids, dispatchId } = await drafted(3);
    const other = await addStudent(world, lakeview);
    await sql("update document set deleted_at = now() where id = $1", [ids[0]]);
    await sql("update document set quarantined_at = now(), quarantine = 'recalled' where id = $1", [ids[1]]);
    await sql("update document set student_id = $2 where id = $1", [ids[2], other.id]);
    expect(await outcome(send(dispatchId, there.sisId))).toBe("no-documents");
    expect(await outcome(draftDocuments(lakeview.clerk, here.id, ids))).toBe("no-documents");
  });

  test("a file that is gone leaves it preparing; the worker's third try fails it and tells the sender", async () => {
    const { seal } = await import("@/lib/jobs/seal");
    const { there, ids, dispatchId } = await drafted();
    const [file] = await sql<{ storage_key: string }>(
      "select f.storage_key from document d join stored_file f on f.id = d.file_id where d.id = $1",
      [ids[0]],
    );
    await objectStore().delete(file?.storage_key as string);
    const { transferId } = await send(dispatchId, there.sisId);
    expect(await statusOf(world, transferId)).toBe("preparing");
    await expect(seal({ districtId: lakeview.id, transferId }, 0)).rejects.toThrow();
    await seal({ districtId: lakeview.id, transferId }, 2);
    expect(await statusOf(world, transferId)).toBe("failed");
    expect(await mailsOf(world, transferId)).toEqual(["documents-failed → Lakeview"]);
  });

  test("a package that was changed is given up after three tries", async () => {
    const sent = await sealedDocuments(world);
    await sql("update package_item set sealed = sealed || '\\x00' where transfer_id = $1", [sent.id]);
    await expect(handOver({ districtId: riverbend.id, transferId: sent.id }, 0)).rejects.toThrow();
    await handOver({ districtId: riverbend.id, transferId: sent.id }, 2);
    expect(await statusOf(world, sent.id)).toBe("failed");
  });
});

describe("bad input", () => {
  test("wants a student's ID, an owner, a district; keeps any script", async () => {
    const { there, dispatchId } = await drafted();
    expect(await outcome(send(dispatchId, "  "))).toBe("bad-value");
    expect(await outcome(send(dispatchId, there.sisId, { owner: " " }))).toBe("bad-value");
    expect(await outcome(send(dispatchId, there.sisId, { receiverId: "" }))).toBe("no-district");
    expect(await outcome(send(dispatchId, there.sisId, { documentIds: [randomUUID()] }))).toBe("no-documents");
    const { transferId } = await send(dispatchId, "١٢٣ ‮x", { owner: "'; drop table document; --" });
    await handOver({ districtId: riverbend.id, transferId }, 0);
    expect(await statusOf(world, transferId)).toBe("held");
  });
});

describe("two at once", () => {
  test("a click that is repeated sends once; another input changes nothing", async () => {
    const { there, dispatchId } = await drafted();
    const [one, two] = await Promise.all([send(dispatchId, there.sisId), send(dispatchId, there.sisId)]);
    const three = await send(dispatchId, "other", { receiverId: maple.id });
    expect([two.transferId, three.transferId]).toEqual([one.transferId, one.transferId]);
    expect(await eventsOf(world, one.transferId)).toEqual(["seal"]);
    expect(
      (await auditOf(world, lakeview, one.transferId)).filter((action) => action === "transfer.send"),
    ).toHaveLength(1);
    await handOver({ districtId: riverbend.id, transferId: one.transferId }, 0);
    expect(await statusOf(world, one.transferId)).toBe("delivered");
  });

  test("many workers deliver once", async () => {
    const sent = await sealedDocuments(world, { documents: [{}, {}] });
    await Promise.all(Array.from({ length: 6 }, () => handOver({ districtId: riverbend.id, transferId: sent.id }, 0)));
    expect(await eventsOf(world, sent.id)).toEqual(["seal", "deliver"]);
    expect(
      await sql("select count(*)::int n from document where origin_transfer_id = $1 and district_id = $2", [
        sent.id,
        riverbend.id,
      ]),
    ).toEqual([{ n: 2 }]);
  });
});

describe("checks are limited", () => {
  test("twenty held a day for one destination; elsewhere it goes on", async () => {
    const model = await heldDocuments(world, { to: maple });
    for (let i = 0; i < 19; i++)
      await sql(
        `with p as (insert into dispatch (district_id, created_by, student_id, sent_at) values ($1, $2, $3, now()) returning id)
         insert into transfer (reference, kind, dispatch_id, sending_district_id, receiving_district_id, item_count, sent_by, sent_by_user, held_at)
         select 'L-' || gen_random_uuid(), 'documents', p.id, $1, $4, 1, $2, $5, now() from p`,
        [lakeview.id, lakeview.clerk.membershipId, model.here.id, maple.id, lakeview.clerk.userId],
      );
    const { there, dispatchId } = await drafted();
    expect(await outcome(send(dispatchId, there.sisId, { receiverId: maple.id }))).toBe("too-many-checks");
    expect(await outcome(send(dispatchId, there.sisId))).toBe("done");
    await sql("update transfer set created_at = now() - interval '25 hours' where receiving_district_id = $1", [
      maple.id,
    ]);
    const next = await drafted();
    expect(await outcome(send(next.dispatchId, next.there.sisId, { receiverId: maple.id }))).toBe("done");
  });
});
