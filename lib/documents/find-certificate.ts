import type { DistrictTx } from "@/lib/db/types";
import { isId } from "@/lib/documents/document-access";
import type { DocumentType } from "@/lib/documents/document-types";
import { type Actor, may } from "@/lib/policy";

export type CertificateItem = {
  documentId: string;
  type: DocumentType;
  /** YYYY-MM-DD */
  datedOn: string | null;
  /** In bytes. */
  size: number;
  /** Hexadecimal. */
  sha256: string;
};
export type CertificateView = {
  id: string;
  number: string;
  purgedAt: Date;
  purgedBy: string;
  reason: string;
  items: CertificateItem[];
  sisId: string | null;
  transfer: { id: string; reference: string } | null;
};

/** The certificate of a purge of a student's documents, or null: not there, or not for who may neither manage documents nor purge. */
export async function findCertificate(
  tx: DistrictTx,
  actor: Actor,
  input: { studentId: string; id: string },
): Promise<CertificateView | null> {
  if (!isId(input.id) || !isId(input.studentId)) return null;
  if (!may(actor, "manageDocuments") && !may(actor, "purge")) return null;
  const [row] = await tx.$queryRaw<
    (Omit<CertificateView, "transfer"> & { transferId: string | null; reference: string | null })[]
  >`
    select c.id, c.number, c.purged_at as "purgedAt", c.purged_by_name as "purgedBy", c.reason, c.items, s.sis_id as "sisId", t.id as "transferId", t.reference
    from purge_certificate c left join student s on s.district_id = c.district_id and s.id = c.student_id
    left join transfer t on t.id = c.transfer_id
    where c.district_id = current_district() and c.id = ${input.id}::uuid and c.student_id = ${input.studentId}::uuid`;
  if (!row) return null;
  const { transferId, reference, ...view } = row;
  return { ...view, transfer: transferId && reference ? { id: transferId, reference } : null };
}
