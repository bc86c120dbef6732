import { audit } from "@/lib/audit";
import type { DistrictTx, Doors } from "@/lib/db/types";
import { type BasisStatement, demandStatement, nothingStated, stateBasis } from "@/lib/disclosures/state-basis";
import { DomainError } from "@/lib/errors";
import { log } from "@/lib/log";
import { outboxAll } from "@/lib/outbox";
import { type Actor, demand } from "@/lib/policy";
import { noteAnswer } from "@/lib/requests/note-answer";
import { demandSendable } from "@/lib/transfers/demand-sendable";
import { mostBytes, sealAtOnceBytes } from "@/lib/transfers/limits";
import { sealTransfer } from "@/lib/transfers/seal-transfer";
import { sealForm } from "@/lib/transfers/sealed-form";
import type { LegalBasis } from "@/lib/transfers/send-cases";

export type TransferInput = {
  dispatchId: string;
  receiverId: string;
  /** The student's ID in the receiving district. */
  sisId: string;
  /** E-mail or username of the new owner there. */
  owner: string;
  /** At most 10,000 characters; they travel sealed. */
  notes?: string;
  legalBasis: LegalBasis;
  /** What stands behind it: threat, consent, parent notice. */
  statement?: BasisStatement;
  /** Of the chosen documents those that travel; all where it isn't said. */
  documentIds?: readonly string[];
};

type Claimed = { transferId: string; totalBytes: number };

/**
 * **Transfer Document**: sends a drafted dispatch of documents. They're claimed in one transaction; sealing comes after it, at once for
 * small packages; the receiving district's worker delivers or holds. Called again for the same dispatch it does nothing twice.
 * Throws `forbidden`, `not-there`, `bad-value`, `no-district`, `no-documents`, `threat-missing`, `too-large`, `too-many-checks`, `files-blocked`, `own-documents-off`,
 * `other-documents-off`, `not-on-baton`, `transfer-moved`.
 */
export async function transferDocuments(doors: Doors, input: TransferInput): Promise<{ transferId: string }> {
  demand(doors.actor, "manageDocuments");
  const form = { sisId: input.sisId.trim(), owner: input.owner.trim(), notes: input.notes ?? "" };
  if (!input.receiverId) throw new DomainError("no-district");
  if (!form.sisId) throw new DomainError("bad-value", { field: "sisId" });
  if (!form.owner) throw new DomainError("bad-value", { field: "owner" });
  demandStatement(input.legalBasis, input.statement ?? nothingStated);
  const { transferId, totalBytes } = await doors.district((tx) => claim(tx, doors.actor, input, form));
  if (totalBytes <= sealAtOnceBytes) {
    try {
      await sealTransfer(doors, { transferId });
    } catch (error) {
      // The documents are claimed and the transfer is there: the worker tries again, and fails it where a file can't be read.
      log.error({ err: error, transferId }, "sealing");
    }
  }
  return { transferId };
}

async function claim(
  tx: DistrictTx,
  actor: Actor,
  input: TransferInput,
  form: { sisId: string; owner: string; notes: string },
): Promise<Claimed> {
  const { dispatchId, receiverId } = input;
  // Before the draft, as whoever purges takes them: they are waited for, and what is then left travels.
  await tx.$queryRaw`
    select 1 from document d where d.district_id = ${actor.districtId}::uuid and d.id in (
      select x.document_id from dispatch_document x where x.district_id = ${actor.districtId}::uuid and x.dispatch_id = ${dispatchId}::uuid) order by d.id for key share`;
  const [draft] = await tx.$queryRaw<{ sent: boolean; student_id: string }[]>`
    select d.sent_at is not null sent, d.student_id from dispatch d
    where d.id = ${dispatchId}::uuid and d.created_by = ${actor.membershipId}::uuid and d.student_id is not null for update`;
  if (!draft) throw new DomainError("not-there");
  if (!draft.sent) {
    if (input.documentIds)
      await tx.$executeRaw`
        delete from dispatch_document where dispatch_id = ${dispatchId}::uuid and document_id <> all (${[...input.documentIds]}::uuid[])`;
    const [files] = await tx.$queryRaw<[{ infected: number; unscanned: number; failed: number }]>`
      select count(*) filter (where f.scan = 'infected')::int infected, count(*) filter (where f.scan = 'none')::int unscanned, count(*) filter (where f.scan = 'failed')::int failed
      from dispatch_document x join document d on d.district_id = x.district_id and d.id = x.document_id and d.deleted_at is null
      join stored_file f on f.district_id = d.district_id and f.id = d.file_id where x.dispatch_id = ${dispatchId}::uuid`;
    demandSendable(files);
    await tx.dispatch.updateMany({
      where: { id: dispatchId },
      data: { formSealed: sealForm(actor.districtId, dispatchId, form) },
    });
  }
  const [row] = await tx.$queryRaw<{ o_transfer: string | null; o_problem: string | null; name: string | null }[]>`
    select x.*, d.name from exchange_claim_documents(${dispatchId}::uuid, ${receiverId}::uuid, ${input.legalBasis}) x left join district d on d.id = ${receiverId}::uuid`;
  if (!row?.o_transfer) throw refusal(row);
  const transfer = await tx.transfer.findUniqueOrThrow({
    where: { id: row.o_transfer },
    select: { id: true, totalBytes: true, requestId: true },
  });
  const claimed = { transferId: transfer.id, totalBytes: Number(transfer.totalBytes) };
  if (draft.sent) return claimed;
  if (claimed.totalBytes > mostBytes) throw new DomainError("too-large", { limitBytes: mostBytes });
  await stateBasis(tx, actor, [transfer.id], input.statement ?? nothingStated);
  audit(tx, {
    action: "transfer.send",
    subject: "transfer",
    subjectId: transfer.id,
    detail: { student: draft.student_id },
  });
  const sent = await tx.transferDocument.findMany({
    where: { transferId: transfer.id },
    select: { documentId: true },
  });
  for (const { documentId } of sent)
    if (documentId)
      audit(tx, {
        action: "document.send",
        subject: "document",
        subjectId: documentId,
        detail: { transfer: transfer.id },
      });
  if (transfer.requestId)
    await noteAnswer(tx, {
      requestId: transfer.requestId,
      transferId: transfer.id,
      askingDistrictId: receiverId,
    });
  // The worker starts at once with what is too much to wait for, and after a minute with what this process didn't live to seal.
  await outboxAll(tx, "seal", [
    {
      job: { districtId: actor.districtId, transferId: transfer.id },
      startAfterSeconds: claimed.totalBytes <= sealAtOnceBytes ? 60 : 0,
    },
  ]);
  return claimed;
}

function refusal(row: { o_problem: string | null; name: string | null } | undefined): DomainError {
  const district = row?.name ?? "That district";
  switch (row?.o_problem) {
    case "off_here":
      return new DomainError("own-documents-off");
    case "off_there":
      return new DomainError("other-documents-off", { district });
    case "unknown":
      return new DomainError("not-on-baton", { district });
    case "nothing":
      return new DomainError("no-documents");
    case "too_many":
      return new DomainError("too-many-checks");
    case "redo_gone":
      return new DomainError("transfer-moved");
    default:
      return new DomainError("not-there");
  }
}
