import type { DistrictTx } from "@/lib/db/types";
import type { DocumentType } from "@/lib/documents/document-types";
import { closeQuarantine, openQuarantine } from "@/lib/documents/quarantine";
import type { Actor } from "@/lib/policy";
import { openForm } from "@/lib/transfers/sealed-form";
import { getCourse, receivedNotes, type TransferCourse } from "@/lib/transfers/transfer-course";

/** A document of a transfer, of the own district's: the sender's original, or what the receiver got. */
export type TransferredDocument = {
  n: number;
  /** Null where it's gone for good. */
  id: string | null;
  /** Null where it's gone, or in quarantine. */
  title: string | null;
  type: DocumentType;
  datedOn: string | null;
  bytes: number | null;
  /** In the bin. */
  deleted: boolean;
};
export type DocumentTransfer = TransferCourse & {
  student: { id: string; given: string; family: string; sisId: string } | null;
  /** Empty for the receiver before it's delivered. */
  documents: TransferredDocument[];
  /** How many of the receiver's are in quarantine, and so are listed without their titles. */
  quarantined: number;
  /** What the sender typed, for the sender. */
  form: { sisId: string; owner: string } | null;
  /** Who owns them now, for the receiver. */
  owner: string | null;
  notes: string | null;
  /** The transfer that this one does again, and the one that does this again. */
  redoOf: { id: string; reference: string } | null;
  redoneBy: { id: string; reference: string } | null;
  /** The record request that it answers. */
  request: { id: string; reference: string } | null;
};

/** A document transfer of the actor's district with its timeline, as far as that side may see it. The reading is written down. Throws `forbidden`, `not-there`. */
export async function getDocumentTransfer(
  tx: DistrictTx,
  actor: Actor,
  input: { transferId: string },
): Promise<DocumentTransfer> {
  const { transferId } = input;
  const course = await getCourse(tx, actor, "documents", transferId);
  const outgoing = course.side === "outgoing";
  const [more] = await tx.$queryRaw<
    [
      {
        dispatch_id: string | null;
        student_id: string | null;
        form_sealed: Uint8Array | null;
        redo_of: DocumentTransfer["redoOf"];
        redone_by: DocumentTransfer["redoneBy"];
        request: DocumentTransfer["request"];
      },
    ]
  >`
    select p.id dispatch_id, p.student_id, p.form_sealed,
      (select json_build_object('id', o.id, 'reference', o.reference) from transfer o where o.id = t.redo_of) redo_of,
      (select json_build_object('id', o.id, 'reference', o.reference) from transfer o where o.redo_of = t.id) redone_by,
      (select json_build_object('id', r.id, 'reference', r.reference) from record_request r where r.id = t.request_id) request
    from transfer t left join dispatch p on p.district_id = t.sending_district_id and p.id = t.dispatch_id where t.id = ${transferId}::uuid`;
  const form =
    more.dispatch_id && more.form_sealed ? openForm(actor.districtId, more.dispatch_id, more.form_sealed) : null;
  const notes = outgoing ? form?.notes || null : await receivedNotes(tx, actor, transferId);
  const listed = outgoing ? await originals(tx, transferId) : await received(tx, transferId);
  const studentId = outgoing ? more.student_id : listed.studentId;
  const student = studentId
    ? await tx.student.findFirst({
        where: { id: studentId },
        select: { id: true, givenName: true, familyName: true, sisId: true },
      })
    : null;
  return {
    ...course,
    student: student && {
      id: student.id,
      given: student.givenName,
      family: student.familyName,
      sisId: student.sisId,
    },
    documents: listed.documents,
    quarantined: listed.quarantined,
    form: form && { sisId: form.sisId, owner: form.owner },
    owner: listed.owner,
    notes,
    redoOf: more.redo_of,
    redoneBy: more.redone_by,
    request: more.request,
  };
}

type Listed = {
  documents: TransferredDocument[];
  studentId: string | null;
  owner: string | null;
  quarantined: number;
};

async function originals(tx: DistrictTx, transferId: string): Promise<Listed> {
  const documents = await tx.$queryRaw<TransferredDocument[]>`
    select x.n, d.id, d.title, x.type, d.dated_on::text "datedOn", f.size::int bytes, d.deleted_at is not null deleted
    from transfer_document x left join document d on d.district_id = x.district_id and d.id = x.document_id
    left join stored_file f on f.district_id = d.district_id and f.id = d.file_id
    where x.transfer_id = ${transferId}::uuid order by x.n`;
  return { documents, studentId: null, owner: null, quarantined: 0 };
}

async function received(tx: DistrictTx, transferId: string): Promise<Listed> {
  await openQuarantine(tx);
  const rows = await tx.$queryRaw<
    (TransferredDocument & { student_id: string; owner: string | null; quarantined: boolean })[]
  >`
    select row_number() over (order by d.dated_on desc nulls last, d.title, d.id)::int n, d.id, case when d.quarantined_at is null then d.title end title, d.type, d.dated_on::text "datedOn",
      f.size::int bytes, d.deleted_at is not null deleted, d.student_id, m.name owner, d.quarantined_at is not null quarantined
    from document d join stored_file f on f.district_id = d.district_id and f.id = d.file_id
    left join membership m on m.district_id = d.district_id and m.id = d.owner_id
    where d.origin_transfer_id = ${transferId}::uuid order by 1`;
  await closeQuarantine(tx);
  return {
    documents: rows.map(({ student_id: _, owner: __, quarantined: ___, ...one }) => one),
    studentId: rows[0]?.student_id ?? null,
    owner: rows[0]?.owner ?? null,
    quarantined: rows.filter((row) => row.quarantined).length,
  };
}
