import { randomUUID } from "node:crypto";
import { describe, expect, test } from "vitest";
import { handOver } from "@/lib/jobs/hand-over";
import { reportDocuments, withdrawDocuments } from "@/lib/transfers/decide-documents";
import { getDocumentDispatch } from "@/lib/transfers/get-document-dispatch";
import { redoTransfer } from "@/lib/transfers/redo-transfer";
import { transferDocuments } from "@/lib/transfers/transfer-documents";
import { doors, makeWorld, outcome, type Someone } from "../../support/world";
import { addStudent, documentInput, handedOver } from "./document-hand-over";
import { eventsOf, statusOf } from "./hand-over";

const world = await makeWorld();
const { lakeview, riverbend, maple, sql } = world;

async function reported(documents = [{}]) {
  const sent = await handedOver(world, {
    documents,
    input: { notes: "Call me", owner: "staff", legalBasis: "consent" },
  });
  await reportDocuments(doors(riverbend.clerk), { transferId: sent.id, reason: "Not him" });
  return sent;
}
const redo = (id: string, by: Someone = lakeview.clerk) =>
  doors(by).district((tx) => redoTransfer(tx, by, { transferId: id }));
const look = (dispatchId: string, by: Someone = lakeview.clerk) =>
  doors(by).district((tx) => getDocumentDispatch(tx, by, { dispatchId }));
const send = (dispatchId: string, sisId: string, by: Someone = lakeview.clerk) =>
  transferDocuments(doors(by), documentInput(dispatchId, riverbend, sisId));

describe("succeeds", () => {
  test("keeps everything but the SIS Student ID, and redoes the reported one when it's sent", async () => {
    const sent = await reported([{}, {}]);
    const right = await addStudent(world, riverbend, { ...sent.here, id: randomUUID(), sisId: "RIGHT" } as object);
    const { dispatchId, studentId } = await redo(sent.id);
    expect(studentId).toBe(sent.here.id);
    expect(await look(dispatchId)).toMatchObject({
      redoOf: { id: sent.id, reason: "Not him", gone: [] },
      prefill: { district: { id: riverbend.id }, sisId: "", owner: "staff", notes: "Call me", legalBasis: "consent" },
    });
    expect(await statusOf(world, sent.id)).toBe("reported");
    const { transferId } = await send(dispatchId, "RIGHT");
    expect(await statusOf(world, sent.id)).toBe("redone");
    await handOver({ districtId: riverbend.id, transferId }, 0);
    expect(
      await sql("select count(*)::int n from document where origin_transfer_id = $1 and student_id = $2", [
        transferId,
        right.id,
      ]),
    ).toEqual([{ n: 2 }]);
    expect(await eventsOf(world, sent.id)).toEqual(["seal", "deliver", "report", "redo"]);
    // What came the first time stays in quarantine.
    expect(await sql("select distinct quarantine from document where origin_transfer_id = $1", [sent.id])).toEqual([
      { quarantine: "reported" },
    ]);
  });

  test("names the originals that are gone, in the bin or for good, and sends the others", async () => {
    const sent = await reported([
      { title: "Kept" },
      { title: "Binned", type: "bip" },
      { title: "Purged", type: "fba" },
    ]);
    const [, binned, purged] = sent.documentIds;
    await sql("update document set deleted_at = now() where id = $1", [binned]);
    await sql("delete from dispatch_document where document_id = $1", [purged]);
    await sql("delete from document where id = $1", [purged]);
    const shown = await look((await redo(sent.id)).dispatchId);
    expect(shown.documents.map((one) => one.title)).toEqual(["Kept"]);
    expect(shown.redoOf?.gone).toEqual(
      expect.arrayContaining([
        { title: "Binned", type: "bip" },
        { title: null, type: "fba" },
      ]),
    );
  });
});

describe("wrong permission", () => {
  test.each(["manager", "staff"] as const)("refuses a %s", async (role) => {
    expect(await outcome(redo((await reported()).id, lakeview[role]))).toBe("forbidden");
  });
});

describe("other district", () => {
  test("is the sender's alone", async () => {
    const sent = await reported();
    for (const by of [riverbend.clerk, maple.clerk]) expect(await outcome(redo(sent.id, by))).toBe("not-there");
    expect(await outcome(redo(randomUUID()))).toBe("not-there");
  });
});

describe("wrong state", () => {
  test("only what is reported is redone; not what was withdrawn since the draft", async () => {
    expect(await outcome(redo((await handedOver(world)).id))).toBe("transfer-moved");
    const sent = await reported();
    const { dispatchId } = await redo(sent.id);
    await withdrawDocuments(doors(lakeview.clerk), { transferId: sent.id, reason: "No" });
    expect(await outcome(send(dispatchId, "x"))).toBe("transfer-moved");
    expect(await statusOf(world, sent.id)).toBe("withdrawn");
  });
});

describe("bad input", () => {
  test("no original is left", async () => {
    const sent = await reported();
    await sql("update document set deleted_at = now() where id = $1", [sent.documentIds[0]]);
    expect(await outcome(redo(sent.id))).toBe("no-documents");
  });
});

describe("two at once", () => {
  test("two colleagues redo it: one transfer, the other is told", async () => {
    const sent = await reported();
    const one = await redo(sent.id);
    const two = await redo(sent.id, lakeview.admin);
    const outcomes = await Promise.all([
      outcome(send(one.dispatchId, "x")),
      outcome(send(two.dispatchId, "y", lakeview.admin)),
    ]);
    expect([...outcomes].sort()).toEqual(["done", "transfer-moved"]);
    expect(await sql("select count(*)::int n from transfer where redo_of = $1", [sent.id])).toEqual([{ n: 1 }]);
  });

  test("redo and withdraw: one of the two", async () => {
    const sent = await reported();
    const { dispatchId } = await redo(sent.id);
    const outcomes = await Promise.all([
      outcome(send(dispatchId, "x")),
      outcome(withdrawDocuments(doors(lakeview.admin), { transferId: sent.id, reason: "No" })),
    ]);
    expect([...outcomes].sort()).toEqual(["done", "transfer-moved"]);
    expect(await statusOf(world, sent.id)).toBe(outcomes[0] === "done" ? "redone" : "withdrawn");
  });
});
