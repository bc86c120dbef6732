import { sql } from "@/lib/db/sql";
import type { DistrictTx } from "@/lib/db/types";
import { type DisclosureEntry, findDisclosures } from "@/lib/disclosures/find-disclosures";
import { type DocumentType, documentTypeNames } from "@/lib/documents/document-types";
import { demandRetention } from "@/lib/documents/retention-access";
import { isId } from "@/lib/is-id";
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
export type CertificateCase = {
  caseId: string;
  /** Null for who doesn't manage cases: which case it was isn't told beside whose. */
  number: string | null;
  /** YYYY-MM-DD */
  openedOn: string;
  closedOn: string | null;
  notes: number;
  files: { size: number; sha256: string }[];
};
export type CertificateView = {
  id: string;
  number: string;
  purgedAt: Date;
  purgedBy: string;
  /** The first of two people; null where one purged alone. */
  proposedBy: string | null;
  proposal: string | null;
  reason: string;
  /** How parents were told (34 CFR 300.624). */
  notice: string | null;
  items: CertificateItem[];
  cases: CertificateCase[];
  sisId: string | null;
  studentId: string | null;
  transfer: { id: string; reference: string } | null;
  /** Of a person who is on no roster, the whole disclosure record: it has no other place any more (34 CFR 99.32). */
  disclosures: DisclosureEntry[];
};

type Row = Omit<CertificateView, "transfer" | "items" | "cases" | "disclosures"> & {
  transferId: string | null;
  reference: string | null;
  personId: string | null;
} & ({ kind: "documents"; items: CertificateItem[] } | { kind: "cases"; items: CertificateCase[] });

const read = (tx: DistrictTx, id: string, more: ReturnType<typeof sql>) => tx.$queryRaw<Row[]>`
  select c.id, c.number, c.kind, c.purged_at as "purgedAt", c.purged_by_name as "purgedBy", c.proposed_by_name as "proposedBy", c.proposal_id as proposal, c.reason, c.notice, c.items,
    c.person_id as "personId", s.id as "studentId", s.sis_id as "sisId", t.id as "transferId", t.reference
  from purge_certificate c left join student s on s.district_id = c.district_id and s.id = c.student_id
  left join transfer t on t.id = c.transfer_id
  where c.district_id = current_district() and c.id = ${id}::uuid ${more}`;

/**
 * The certificate of a purge about a student, or null: not there, or not for this actor's eyes. Documents: who manages documents or
 * purges; cases: who manages cases or purges.
 */
export async function findCertificate(
  tx: DistrictTx,
  actor: Actor,
  input: { studentId: string; id: string },
): Promise<CertificateView | null> {
  if (!isId(input.id) || !isId(input.studentId)) return null;
  const [row] = await read(tx, input.id, sql`and c.student_id = ${input.studentId}::uuid`);
  if (!row || !(may(actor, "purge") || may(actor, row.kind === "cases" ? "manageCases" : "manageDocuments")))
    return null;
  return viewOf(row, actor, []);
}

/**
 * Any certificate of the district, or null: not there. Throws `forbidden` for who neither manages the district nor purges. Where it
 * brings somebody's disclosure record, that is read, and written to the audit log as such.
 */
export async function findAnyCertificate(
  tx: DistrictTx,
  actor: Actor,
  input: { id: string; zone: string },
): Promise<CertificateView | null> {
  demandRetention(actor);
  if (!isId(input.id)) return null;
  const [row] = await read(tx, input.id, sql``);
  if (!row) return null;
  const record = row.personId
    ? await findDisclosures(tx, actor, {
        about: { certificateId: row.id },
        purpose: "read",
        zone: input.zone,
        typeNames: documentTypeNames,
      })
    : null;
  return viewOf(row, actor, record?.entries ?? []);
}

function viewOf(row: Row, actor: Actor, disclosures: DisclosureEntry[]): CertificateView {
  const { transferId, reference, personId: _, kind: __, items: ___, ...view } = row;
  return {
    ...view,
    items: row.kind === "documents" ? row.items : [],
    cases:
      row.kind === "cases"
        ? row.items.map((item) => ({ ...item, number: may(actor, "manageCases") ? item.number : null }))
        : [],
    transfer: transferId && reference ? { id: transferId, reference } : null,
    disclosures,
  };
}
