import type { ExchangeTx } from "@/lib/db/types";
import type { ScanState } from "@/lib/storage/scan-state";
import type { PackedFile } from "@/lib/transfers/pack";
import type { DocumentContent, DocumentCover } from "@/lib/transfers/package-content";

export type DocumentSnapshot = {
  cover: Omit<DocumentCover, "sisId" | "owner" | "notes">;
  dispatchId: string;
  formSealed: Uint8Array;
  documents: { n: number; content: DocumentContent }[];
  files: PackedFile[];
};

/** Reads all that a preparing document transfer will carry, as the sender's rows stand in this transaction. Documents and their files have the same numbers. */
export async function readDocumentSnapshot(tx: ExchangeTx, transferId: string): Promise<DocumentSnapshot> {
  const rows = await tx.$queryRaw<
    {
      n: number;
      title: string;
      type: DocumentContent["type"];
      dated_on: string | null;
      storage_key: string;
      key_wrapped: Uint8Array;
      size: bigint;
      sha256: Uint8Array;
      media_type: string;
      scan: ScanState;
    }[]
  >`
    select x.n, d.title, d.type, d.dated_on::text, f.storage_key, f.key_wrapped, f.size, f.sha256, f.media_type, f.scan
    from transfer_document x join document d on d.district_id = x.district_id and d.id = x.document_id
    join stored_file f on f.district_id = d.district_id and f.id = d.file_id
    where x.transfer_id = ${transferId}::uuid order by x.n`;
  const [about] = await tx.$queryRaw<
    {
      dispatch_id: string;
      form_sealed: Uint8Array;
      sent_by: string;
      sent_by_email: string;
      identity: DocumentCover["identity"];
    }[]
  >`
    select d.id dispatch_id, d.form_sealed, m.name sent_by, m.email sent_by_email,
      json_build_object('given', s.given_name, 'middle', s.middle_name, 'family', s.family_name, 'preferred', s.preferred_name, 'birthDate', s.birth_date, 'stateId', s.state_id, 'grade', s.grade,
        'twin', exists (select 1 from student x where x.district_id = s.district_id and x.id <> s.id and x.birth_date = s.birth_date and words_agree(x.family_name, s.family_name) > 0)) identity
    from transfer t join dispatch d on d.district_id = t.sending_district_id and d.id = t.dispatch_id
    join student s on s.district_id = d.district_id and s.id = d.student_id
    join membership m on m.district_id = t.sending_district_id and m.id = t.sent_by
    where t.id = ${transferId}::uuid`;
  if (!about) throw new Error("a document transfer without its draft");
  return {
    cover: { sentBy: about.sent_by, sentByEmail: about.sent_by_email, identity: about.identity },
    dispatchId: about.dispatch_id,
    formSealed: about.form_sealed,
    documents: rows.map(({ n, title, type, dated_on }) => ({
      n,
      content: { title, type, datedOn: dated_on, file: n },
    })),
    files: rows.map((row) => ({
      n: row.n,
      itemN: row.n,
      storageKey: row.storage_key,
      keyWrapped: row.key_wrapped,
      size: row.size,
      sha256: row.sha256,
      mediaType: row.media_type,
      scan: row.scan,
    })),
  };
}
