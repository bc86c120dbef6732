import { sql } from "@/lib/db/sql";
import type { DistrictTx } from "@/lib/db/types";
import { isId } from "@/lib/documents/document-access";
import type { DocumentType } from "@/lib/documents/document-types";
import { demandRetention } from "@/lib/documents/retention-access";
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
  number: string;
  /** YYYY-MM-DD */
  openedOn: string;
  closedOn: string | null;
  notes: number;
  files: { size: number; sha256: string }[];
};
/** What was disclosed of a person who is on no roster: their record has no other place any more (34 CFR 99.32). */
export type CertificateDisclosure = { id: string; at: Date; category: string; to: string; interest: string };
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
  disclosures: CertificateDisclosure[];
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
  return viewOf(tx, row);
}

/** Any certificate of the district, or null: not there. Throws `forbidden` for who neither manages the district nor purges. */
export async function findAnyCertificate(tx: DistrictTx, actor: Actor, id: string): Promise<CertificateView | null> {
  demandRetention(actor);
  if (!isId(id)) return null;
  const [row] = await read(tx, id, sql``);
  return row ? viewOf(tx, row) : null;
}

async function viewOf(tx: DistrictTx, row: Row): Promise<CertificateView> {
  const { transferId, reference, personId, kind: _, items: __, ...view } = row;
  const disclosures = personId
    ? await tx.$queryRaw<CertificateDisclosure[]>`
        select x.id, x.at, x.category, coalesce(d.name || ', ' || d.state, '–') as "to", x.interest from disclosure x left join district d on d.id = x.recipient_district_id
        where x.district_id = current_district() and x.person_id = ${personId}::uuid order by x.at desc, x.id limit 500`
    : [];
  return {
    ...view,
    items: row.kind === "documents" ? row.items : [],
    cases: row.kind === "cases" ? row.items : [],
    transfer: transferId && reference ? { id: transferId, reference } : null,
    disclosures,
  };
}
