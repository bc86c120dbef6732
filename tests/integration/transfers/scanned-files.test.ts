import { describe, expect, test } from "vitest";
import { handOver } from "@/lib/jobs/hand-over";
import { scanFiles } from "@/lib/jobs/scan-files";
import { seal } from "@/lib/jobs/seal";
import { acceptTransfer } from "@/lib/transfers/accept-transfer";
import { decideItem } from "@/lib/transfers/decide-items";
import { getDispatch } from "@/lib/transfers/get-dispatch";
import { getDocumentDispatch } from "@/lib/transfers/get-document-dispatch";
import { saveTransfer } from "@/lib/transfers/save-transfer";
import { sealTransfer } from "@/lib/transfers/seal-transfer";
import { sendCases } from "@/lib/transfers/send-cases";
import { transferDocuments } from "@/lib/transfers/transfer-documents";
import { eicar } from "../../support/clamd";
import { putDocument } from "../../support/documents";
import { ownScanner } from "../../support/scanner";
import { addCase, attach, doors, makeWorld, outcome, textFile } from "../../support/world";
import { addMover, documentInput, draftDocuments, sealedDocuments } from "./document-hand-over";
import { codeOf, decision, draft, entered, preparing, sending, statusOf } from "./hand-over";

const world = await makeWorld();
const scanner = await ownScanner();
const { lakeview, riverbend, sql } = world;
const { manager, clerk } = lakeview;
const virus = { name: "plan.txt", bytes: Buffer.from(`x${eicar}`) };

const send = (dispatchId: string) => sendCases(doors(manager), sending(dispatchId, [riverbend]));
const seeDispatch = (dispatchId: string) =>
  doors(manager)
    .district((tx) => getDispatch(tx, manager, { dispatchId }))
    .then(({ cases }) => cases);
const scansWith = async (transferId: string) => {
  const rows = await sql<{ scan: string }>(
    `select f.scan from stored_file f join attachment a on a.file_id = f.id join "case" c on c.id = a.case_id where c.origin_transfer_id = $1
     union all select f.scan from stored_file f join document d on d.file_id = f.id where d.origin_transfer_id = $1`,
    [transferId],
  );
  return rows.map((row) => row.scan);
};

describe("succeeds", () => {
  test("what was scanned with the sender is clean with the receiver, cases and documents", async () => {
    scanner.off();
    const cases = await draftCase([textFile(), textFile()]);
    const { here, there } = await addMover(world);
    const document = await putDocument(world, lakeview, { studentId: here.id });
    scanner.on();
    await scanFiles();
    const [id = ""] = (await send(cases.dispatchId)).transferIds;
    await acceptTransfer(doors(riverbend.manager), { transferId: id, code: await codeOf(manager, id) });
    const item = { ...decision(1), transferId: id, applyToAll: false, sameStudent: true };
    await decideItem(doors(riverbend.manager), item);
    await saveTransfer(doors(riverbend.manager), { transferId: id });
    expect(await scansWith(id)).toEqual(["clean", "clean"]);
    const dispatchId = await draftDocuments(clerk, here.id, [document.id]);
    const { transferId } = await transferDocuments(doors(clerk), documentInput(dispatchId, riverbend, there.sisId));
    await handOver({ districtId: riverbend.id, transferId }, 0);
    expect(await statusOf(world, transferId)).toBe("delivered");
    expect(await scansWith(transferId)).toEqual(["clean"]);
  });

  test("what was sent before there was a scanner waits with the receiver until it's scanned", async () => {
    scanner.off();
    const transfer = await entered(world, { cases: [{ files: [textFile()] }] });
    const sent = await sealedDocuments(world);
    scanner.on();
    await saveTransfer(doors(riverbend.manager), { transferId: transfer.id });
    await handOver({ districtId: riverbend.id, transferId: sent.id }, 0);
    expect([await scansWith(transfer.id), await scansWith(sent.id)]).toEqual([["none"], ["none"]]);
    await scanFiles();
    expect([await scansWith(transfer.id), await scansWith(sent.id)]).toEqual([["clean"], ["clean"]]);
  });
});

describe("wrong state", () => {
  test("cases with files that wait or are infected aren't sent, and the dialog says so before", async () => {
    await scanner.down();
    const { dispatchId, caseId } = await draftCase([textFile()]);
    expect(await seeDispatch(dispatchId)).toMatchObject([{ attachments: 1, waitingFiles: 1, infectedFiles: 0 }]);
    await expect(send(dispatchId)).rejects.toMatchObject({
      kind: "files-blocked",
      data: { waiting: 1, infected: 0 },
    });
    await attach(world, lakeview, caseId, virus);
    await scanner.back();
    await scanFiles();
    expect(await seeDispatch(dispatchId)).toMatchObject([{ attachments: 2, waitingFiles: 0, infectedFiles: 1 }]);
    await expect(send(dispatchId)).rejects.toMatchObject({ kind: "files-blocked", data: { waiting: 0, infected: 1 } });
    await sql("delete from attachment a using stored_file f where f.id = a.file_id and f.scan = 'infected'");
    expect(await outcome(send(dispatchId))).toBe("done");
    // Once more the same click, whatever has been added meanwhile.
    await attach(world, lakeview, caseId, textFile());
    expect(await outcome(send(dispatchId))).toBe("done");
  });

  test("documents that wait or are infected aren't sent; the others are", async () => {
    const { here, there } = await addMover(world);
    const infected = await putDocument(world, lakeview, { studentId: here.id, bytes: virus.bytes });
    const clean = await putDocument(world, lakeview, { studentId: here.id });
    await scanFiles();
    const waits = await putDocument(world, lakeview, { studentId: here.id });
    const dispatchId = await draftDocuments(clerk, here.id, [infected.id, clean.id, waits.id]);
    const { documents } = await doors(clerk).district((tx) => getDocumentDispatch(tx, clerk, { dispatchId }));
    const blocks = new Map(documents.map((one) => [one.id, one.block]));
    expect([infected, clean, waits].map(({ id }) => blocks.get(id))).toEqual(["infected", null, "waiting"]);
    const transfer = (documentIds?: string[]) =>
      transferDocuments(doors(clerk), {
        ...documentInput(dispatchId, riverbend, there.sisId),
        ...(documentIds ? { documentIds } : {}),
      });
    await expect(transfer()).rejects.toMatchObject({ kind: "files-blocked", data: { waiting: 1, infected: 1 } });
    expect(await outcome(transfer([clean.id, waits.id]))).toBe("files-blocked");
    expect(await outcome(transfer([clean.id]))).toBe("done");
  });

  const scanFails = (caseId: string) =>
    sql(
      "update stored_file f set scan = 'failed' from attachment a where a.file_id = f.id and a.district_id = f.district_id and a.case_id = $1",
      [caseId],
    );

  test("what couldn't be scanned isn't sent, and the dialog says so; without a scanner it travels unscanned", async () => {
    const { dispatchId, caseId } = await draftCase([textFile()]);
    await scanFails(caseId);
    expect(await seeDispatch(dispatchId)).toMatchObject([{ failedFiles: 1, waitingFiles: 0, infectedFiles: 0 }]);
    await expect(send(dispatchId)).rejects.toMatchObject({
      kind: "files-blocked",
      data: { waiting: 0, failed: 1, infected: 0 },
    });
    const { here, there } = await addMover(world);
    const { id: documentId } = await putDocument(world, lakeview, { studentId: here.id });
    await sql("update stored_file f set scan = 'failed' from document d where d.file_id = f.id and d.id = $1", [
      documentId,
    ]);
    const draft = await draftDocuments(clerk, here.id, [documentId]);
    const { documents } = await doors(clerk).district((tx) => getDocumentDispatch(tx, clerk, { dispatchId: draft }));
    expect(documents.map((one) => one.block)).toEqual(["failed"]);
    const transfer = transferDocuments(doors(clerk), documentInput(draft, riverbend, there.sisId));
    await expect(transfer).rejects.toMatchObject({ kind: "files-blocked", data: { failed: 1 } });
    scanner.off();
    expect(await seeDispatch(dispatchId)).toMatchObject([{ failedFiles: 0, waitingFiles: 0 }]);
    const [id = ""] = (await send(dispatchId)).transferIds;
    expect(await statusOf(world, id)).toBe("pending");
    expect(await sql("select scan from package_file where transfer_id = $1", [id])).toEqual([{ scan: "none" }]);
  });

  test("a file that can't be scanned, added before the packing, ends the transfer after three tries", async () => {
    const { id, caseIds } = await preparing(world, [{ files: [textFile()] }]);
    await scanFails(caseIds[0] as string);
    const job = { districtId: lakeview.id, transferId: id };
    expect(await outcome(seal(job, 1))).toBe("file-blocked");
    await seal(job, 2);
    expect(await sql("select status, reason from transfer where id = $1", [id])).toEqual([
      { status: "failed", reason: "A file could not be scanned for viruses." },
    ]);
  });

  test("a file added between the click and the packing holds the packing up until it's scanned", async () => {
    scanner.off();
    const { id, caseIds } = await preparing(world, [{ files: [textFile()] }]);
    scanner.on();
    await scanFiles();
    await attach(world, lakeview, caseIds[0] as string, textFile());
    expect(await outcome(sealTransfer(doors(manager), { transferId: id }))).toBe("file-blocked");
    expect(await outcome(seal({ districtId: lakeview.id, transferId: id }, 10))).toBe("file-blocked");
    expect(await statusOf(world, id)).toBe("preparing");
    await scanFiles();
    await seal({ districtId: lakeview.id, transferId: id }, 11);
    expect(await statusOf(world, id)).toBe("pending");
  });

  test("a virus added then ends the transfer at once, with the reason", async () => {
    const { id, caseIds } = await preparing(world, [{}]);
    await attach(world, lakeview, caseIds[0] as string, virus);
    await scanFiles();
    await seal({ districtId: lakeview.id, transferId: id }, 0);
    expect(await sql("select status, reason from transfer where id = $1", [id])).toEqual([
      { status: "failed", reason: "A virus was found in a file." },
    ]);
  });
});

async function draftCase(files: { name: string; bytes: Buffer }[]) {
  const { id: caseId } = await addCase(world, lakeview, { files });
  return { caseId, dispatchId: await draft(world, manager, [caseId]) };
}
