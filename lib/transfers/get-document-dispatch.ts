import type { DistrictTx } from "@/lib/db/types";
import { type DirectoryEntry, findDirectoryEntry } from "@/lib/districts/search-directory";
import type { DocumentType } from "@/lib/documents/document-types";
import { DomainError } from "@/lib/errors";
import { type Actor, demand } from "@/lib/policy";
import { getRequestPrefill } from "@/lib/requests/get-request";
import { blockOf, type FileBlock, type ScanState } from "@/lib/storage/scan-state";
import { mostBytes } from "@/lib/transfers/limits";
import { openForm } from "@/lib/transfers/sealed-form";
import type { LegalBasis } from "@/lib/transfers/send-cases";
import type { TransferStatus } from "@/lib/transfers/state";

export type DispatchDocument = {
  id: string;
  title: string;
  type: DocumentType;
  datedOn: string | null;
  bytes: number;
  mediaType: string;
  /** From where it came, where it was received: sending it on is a redisclosure (34 CFR 99.33). */
  receivedFrom: string | null;
  /** Why it can't be sent. */
  block: FileBlock | null;
};
export type DocumentDispatch = {
  id: string;
  student: { id: string; given: string; family: string; sisId: string; grade: string | null };
  documents: DispatchDocument[];
  bytes: number;
  tooLarge: boolean;
  /** Whether the own district has disabled it. */
  off: boolean;
  /** The reported transfer that it does again, and which originals of it are gone: by title where they're in the bin, else by type. */
  redoOf: {
    id: string;
    reference: string;
    reason: string | null;
    gone: { title: string | null; type: DocumentType }[];
  } | null;
  /** The record request that it answers, as long as that is open. */
  request: string | null;
  /** What the form begins with. */
  prefill: {
    district: DirectoryEntry | null;
    sisId: string;
    owner: string;
    notes: string;
    legalBasis: LegalBasis | null;
  };
  /** Once sent: its transfer. */
  sent: string | null;
};

/** A drafted or sent transfer of documents of the actor's own: what will travel, and what the form begins with. Throws `forbidden`, `not-there`. */
export async function getDocumentDispatch(
  tx: DistrictTx,
  actor: Actor,
  input: { dispatchId: string },
): Promise<DocumentDispatch> {
  demand(actor, "manageDocuments");
  const { dispatchId } = input;
  const dispatch = await tx.dispatch.findFirst({
    where: { id: dispatchId, createdBy: actor.membershipId as string, studentId: { not: null } },
    select: { id: true, studentId: true, redoOf: true, requestId: true },
  });
  if (!dispatch?.studentId) throw new DomainError("not-there");
  const student = await tx.student.findFirstOrThrow({
    where: { id: dispatch.studentId },
    select: { id: true, givenName: true, familyName: true, sisId: true, grade: true },
  });
  const rows = await tx.$queryRaw<(Omit<DispatchDocument, "block"> & { scan: ScanState })[]>`
    select d.id, d.title, d.type, d.dated_on::text "datedOn", f.size::int bytes, f.media_type "mediaType", f.scan, o.name "receivedFrom"
    from dispatch_document x join document d on d.district_id = x.district_id and d.id = x.document_id
    join stored_file f on f.district_id = d.district_id and f.id = d.file_id
    left join district o on o.id = d.origin_district_id
    where x.dispatch_id = ${dispatchId}::uuid and d.student_id = ${dispatch.studentId}::uuid and d.deleted_at is null order by d.dated_on desc nulls last, d.title, d.id`;
  const documents = rows.map(({ scan, ...one }) => ({ ...one, block: blockOf(scan) }));
  const sent = await tx.transfer.findFirst({ where: { dispatchId }, select: { id: true } });
  const own = await tx.district.findUniqueOrThrow({
    where: { id: actor.districtId },
    select: { documentsOff: true },
  });
  const redo = dispatch.redoOf ? await readRedo(tx, actor, dispatch.redoOf) : null;
  const request = dispatch.requestId && !sent ? await getRequestPrefill(tx, actor, dispatch.requestId) : null;
  const receiverId = request?.districtId ?? redo?.receiverId ?? null;
  const district = receiverId ? await findDirectoryEntry(tx, actor, { id: receiverId, what: "documents" }) : null;
  const bytes = documents.reduce((sum, one) => sum + one.bytes, 0);
  return {
    id: dispatch.id,
    student: {
      id: student.id,
      given: student.givenName,
      family: student.familyName,
      sisId: student.sisId,
      grade: student.grade,
    },
    documents,
    bytes,
    tooLarge: bytes > mostBytes,
    off: own.documentsOff,
    redoOf: redo && { id: redo.id, reference: redo.reference, reason: redo.reason, gone: redo.gone },
    request: request?.reference ?? null,
    prefill: {
      district,
      sisId: request?.sisId ?? "",
      owner: request?.owner ?? redo?.owner ?? "",
      notes: redo?.notes ?? "",
      legalBasis: request?.legalBasis ?? redo?.legalBasis ?? null,
    },
    sent: sent?.id ?? null,
  };
}

/** What a redo begins with: everything but the SIS Student ID, which was wrong. */
async function readRedo(tx: DistrictTx, actor: Actor, transferId: string) {
  const [row] = await tx.$queryRaw<
    {
      reference: string;
      status: TransferStatus;
      reason: string | null;
      receiver: string;
      legal_basis: LegalBasis;
      dispatch_id: string;
      form_sealed: Uint8Array | null;
      gone: { title: string | null; type: DocumentType }[];
    }[]
  >`
    select t.reference, t.status, t.reason, t.receiving_district_id receiver, t.legal_basis, p.id dispatch_id, p.form_sealed,
      coalesce((select json_agg(json_build_object('title', d.title, 'type', x.type) order by x.n) from transfer_document x
        left join document d on d.district_id = x.district_id and d.id = x.document_id
        where x.district_id = p.district_id and x.transfer_id = t.id and (d.id is null or d.deleted_at is not null)), '[]') gone
    from transfer t join dispatch p on p.district_id = t.sending_district_id and p.id = t.dispatch_id
    where t.id = ${transferId}::uuid and t.sending_district_id = ${actor.districtId}::uuid`;
  if (!row) return null;
  const form = row.form_sealed ? openForm(actor.districtId, row.dispatch_id, row.form_sealed) : null;
  return {
    id: transferId,
    reference: row.reference,
    reason: row.reason,
    receiverId: row.receiver,
    legalBasis: row.legal_basis,
    owner: form?.owner ?? "",
    notes: form?.notes ?? "",
    gone: row.gone,
  };
}
