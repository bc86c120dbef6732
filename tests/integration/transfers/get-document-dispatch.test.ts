import { randomUUID } from "node:crypto";
import { afterEach, describe, expect, test } from "vitest";
import { withdrawRequest } from "@/lib/requests/decide-request";
import { reportDocuments } from "@/lib/transfers/decide-documents";
import { getDocumentDispatch } from "@/lib/transfers/get-document-dispatch";
import { transferDocuments } from "@/lib/transfers/transfer-documents";
import { doors, makeWorld, outcome, type Someone, textFile } from "../../support/world";
import { ask, asking, auditOf as requestAudit } from "../requests/fixtures";
import {
  addDocument,
  addMover,
  addStudent,
  documentInput,
  draftDocuments,
  handedOver,
  heldDocuments,
  sealedDocuments,
  type TestDocument,
} from "./document-hand-over";
import { draft } from "./hand-over";

const world = await makeWorld();
const { lakeview, riverbend, maple, sql } = world;
const look = (dispatchId: string, by: Someone = lakeview.clerk) =>
  doors(by).district((tx) => getDocumentDispatch(tx, by, { dispatchId }));
const disable = (id: string, off: boolean) => sql("update district set documents_off = $2 where id = $1", [id, off]);
afterEach(() => sql("update district set documents_off = false"));

async function drafted(documents: TestDocument[] = [{}], more: Parameters<typeof draftDocuments>[3] = {}) {
  const { here, there } = await addMover(world);
  const ids = await Promise.all(documents.map((one) => addDocument(world, lakeview, here.id, one)));
  return { here, there, ids, dispatchId: await draftDocuments(lakeview.clerk, here.id, ids, more) };
}

describe("succeeds", () => {
  test("shows what will travel, the newest first, and whose it is", async () => {
    const { here, ids, dispatchId } = await drafted([
      { title: "Undated", datedOn: null, file: textFile("a.txt", 300) },
      { title: "Old", datedOn: "2024-01-02", type: "fba", file: textFile("b.txt", 700) },
      { title: "New", datedOn: "2026-01-02", file: textFile("c.txt", 11) },
    ]);
    expect(await look(dispatchId)).toEqual({
      id: dispatchId,
      student: { id: here.id, given: here.given, family: here.family, sisId: here.sisId, grade: null },
      documents: [
        {
          id: ids[2],
          title: "New",
          type: "iep",
          datedOn: "2026-01-02",
          bytes: 11,
          mediaType: "text/plain",
          receivedFrom: null,
          block: null,
        },
        {
          id: ids[1],
          title: "Old",
          type: "fba",
          datedOn: "2024-01-02",
          bytes: 700,
          mediaType: "text/plain",
          receivedFrom: null,
          block: null,
        },
        {
          id: ids[0],
          title: "Undated",
          type: "iep",
          datedOn: null,
          bytes: 300,
          mediaType: "text/plain",
          receivedFrom: null,
          block: null,
        },
      ],
      bytes: 1_011,
      tooLarge: false,
      off: false,
      redoOf: null,
      request: null,
      prefill: { district: null, sisId: "", owner: "", notes: "", legalBasis: null },
      sent: null,
    });
  });

  test("names the district from which a document came: sending it on is a redisclosure", async () => {
    const sent = await handedOver(world);
    const [got] = await sql<{ id: string }>("select id from document where origin_transfer_id = $1", [sent.id]);
    const dispatchId = await draftDocuments(riverbend.clerk, sent.there.id, [got?.id as string]);
    expect((await look(dispatchId, riverbend.clerk)).documents.map((one) => one.receivedFrom)).toEqual(["Lakeview"]);
  });

  test("begins with what a record request asks for, and with nothing of it once that is withdrawn", async () => {
    const requestId = await ask(riverbend.clerk, asking(lakeview, { content: { owner: "staff" } }));
    const { dispatchId } = await drafted([{}], { requestId });
    const [request] = await sql<{ reference: string }>("select reference from record_request where id = $1", [
      requestId,
    ]);
    expect(await look(dispatchId)).toMatchObject({
      request: request?.reference,
      prefill: {
        district: { id: riverbend.id },
        sisId: "CANARY-77",
        owner: "staff",
        legalBasis: "enrollment",
        notes: "",
      },
    });
    expect(await requestAudit(world, lakeview, requestId)).toContain("request.read");
    await doors(riverbend.clerk).district((tx) => withdrawRequest(tx, riverbend.clerk, { requestId }));
    expect(await look(dispatchId)).toMatchObject({
      request: null,
      prefill: { district: null, sisId: "", owner: "", legalBasis: null },
    });
  });

  test("once sent, says which transfer it became, and no more than that of what became of it", async () => {
    const views = [];
    for (const make of [heldDocuments, handedOver, sealedDocuments]) {
      const sent = await make(world);
      const shown = await look(sent.dispatchId);
      expect(shown.sent).toBe(sent.id);
      // Nothing of the receiver's side.
      for (const secret of [sent.there.id, sent.there.sisId, riverbend.clerk.membershipId, riverbend.clerk.name])
        expect(JSON.stringify(shown)).not.toContain(secret);
      views.push({ ...shown, id: "", student: null, sent: "", documents: shown.documents.length, bytes: 0 });
    }
    expect(views[1]).toEqual(views[0]);
    expect(views[2]).toEqual(views[0]);
  });
});

describe("wrong permission", () => {
  test.each(["manager", "staff"] as const)("refuses a %s", async (role) => {
    expect(await outcome(look((await drafted()).dispatchId, lakeview[role]))).toBe("forbidden");
  });

  test("a colleague's draft isn't there, though they see all documents", async () => {
    expect(await outcome(look((await drafted()).dispatchId, lakeview.admin))).toBe("not-there");
  });
});

describe("other district", () => {
  test("nobody else's draft is there, before and after it was sent to them", async () => {
    for (const { dispatchId } of [await drafted(), await handedOver(world)])
      for (const by of [riverbend.clerk, riverbend.admin, maple.clerk])
        expect(await outcome(look(dispatchId, by))).toBe("not-there");
  });
});

describe("wrong state", () => {
  test("what was deleted, quarantined or moved since then doesn't travel, and isn't named", async () => {
    const { ids, dispatchId } = await drafted([{ title: "A" }, { title: "B" }, { title: "C" }, { title: "D" }]);
    await sql("update document set deleted_at = now() where id = $1", [ids[0]]);
    await sql("update document set quarantined_at = now(), quarantine = 'recalled' where id = $1", [ids[1]]);
    await sql("update document set student_id = $2 where id = $1", [ids[2], (await addStudent(world, lakeview)).id]);
    expect((await look(dispatchId)).documents.map((one) => one.title)).toEqual(["D"]);
    await sql("update document set deleted_at = now() where id = $1", [ids[3]]);
    expect(await look(dispatchId)).toMatchObject({ documents: [], bytes: 0 });
  });

  test("says when the own district has disabled it; whether the other one has, only its directory entry says", async () => {
    const { dispatchId } = await drafted();
    await disable(lakeview.id, true);
    expect((await look(dispatchId)).off).toBe(true);
    await disable(lakeview.id, false);
    await disable(riverbend.id, true);
    expect((await look(dispatchId)).off).toBe(false);
  });

  test("what is more than a package holds is said before it's sent", async () => {
    const { ids, dispatchId } = await drafted();
    // A row's word for it: nobody writes two gigabytes here.
    await sql("update stored_file set size = 2000000000 where id = (select file_id from document where id = $1)", [
      ids[0],
    ]);
    expect((await look(dispatchId)).tooLarge).toBe(false);
    await sql("update stored_file set size = 2147483647 where id = (select file_id from document where id = $1)", [
      ids[0],
    ]);
    const { here } = await drafted();
    const more = await addDocument(world, lakeview, here.id);
    await sql("update document set student_id = (select student_id from document where id = $2) where id = $1", [
      more,
      ids[0],
    ]);
    await sql("insert into dispatch_document (district_id, dispatch_id, document_id) values ($1, $2, $3)", [
      lakeview.id,
      dispatchId,
      more,
    ]);
    expect((await look(dispatchId)).tooLarge).toBe(true);
  });

  test("a redo shows what was reported; the wrong number isn't filled in again", async () => {
    const sent = await handedOver(world, { input: { notes: "Mind this", owner: "staff" } });
    await reportDocuments(doors(riverbend.clerk), { transferId: sent.id, reason: "Not them" });
    const dispatchId = await draftDocuments(lakeview.clerk, sent.here.id, sent.documentIds, { redoOf: sent.id });
    expect(await look(dispatchId)).toMatchObject({
      redoOf: { id: sent.id, reason: "Not them", gone: [] },
      prefill: { sisId: "", owner: "staff", notes: "Mind this", district: { id: riverbend.id } },
    });
  });
});

describe("bad input", () => {
  test("an id that nothing has, a draft of cases", async () => {
    expect(await outcome(look(randomUUID()))).toBe("not-there");
    expect(await outcome(look(await draft(world, lakeview.admin, []), lakeview.admin))).toBe("not-there");
  });
});

describe("two at once", () => {
  test("looked at while it's sent: a draft or the transfer, with the same documents", async () => {
    const { there, ids, dispatchId } = await drafted([{}, {}]);
    const [shown, { transferId }] = await Promise.all([
      look(dispatchId),
      transferDocuments(doors(lakeview.clerk), documentInput(dispatchId, riverbend, there.sisId)),
    ]);
    expect([null, transferId]).toContain(shown.sent);
    expect(shown.documents.map((one) => one.id).toSorted()).toEqual(ids.toSorted());
    expect((await look(dispatchId)).sent).toBe(transferId);
  });
});
