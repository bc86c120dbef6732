import { audit } from "@/lib/audit";
import type { CaseStatus } from "@/lib/cases/case-words";
import type { DistrictTx } from "@/lib/db/types";
import { stateName } from "@/lib/districts/states";
import { type DocumentView, listDocuments } from "@/lib/documents/find-document";
import { isId } from "@/lib/is-id";
import { type Actor, may } from "@/lib/policy";
import { findHolds, type StandingHold } from "@/lib/students/find-holds";
import { mayAddStudents, seenStudent, seesAllStudents } from "@/lib/students/student-access";

export type StudentFacts = {
  id: string;
  givenName: string;
  middleName: string | null;
  familyName: string;
  preferredName: string | null;
  /** YYYY-MM-DD */
  birthDate: string | null;
  grade: string | null;
  building: { id: string; name: string } | null;
  sisId: string;
  stateId: string | null;
  /** Left the roster; the day, where that's known. */
  departed: { on: string | null } | null;
  byHand: boolean;
  /** When the roster was last brought up to date. */
  rosterAt: Date | null;
  /** Which writing of the row was read; an edit brings it back. */
  mark: string;
};
export type StudentCase = { id: string; number: string; status: CaseStatus; updatedAt: Date };
export type StudentTransfer = {
  id: string;
  reference: string;
  kind: "cases" | "documents";
  side: "incoming" | "outgoing";
  district: string;
  state: string;
  /** How many documents, or cases of this student. */
  items: number;
  at: Date;
  status: string;
  reason: string | null;
  decidedAt: Date | null;
};
export type StudentDisclosure = {
  id: string;
  at: Date;
  category: string;
  recipient: string | null;
  interest: string;
  legalBasis: string;
  madeBy: string | null;
  reference: string | null;
};
export type StudentPage = {
  student: StudentFacts;
  documents: DocumentView[];
  bin: DocumentView[];
  /** What was destroyed for good: `records` documents or cases. */
  certificates: { id: string; number: string; at: Date; kind: "documents" | "cases"; records: number }[];
  /** While one stands, nothing about the student is destroyed. */
  holds: StandingHold[];
  cases: StudentCase[];
  transfers: StudentTransfer[];
  /** Null for who doesn't see all students. */
  disclosures: StudentDisclosure[] | null;
  canManage: boolean;
  canPurge: boolean;
  canEdit: boolean;
  /** May place a legal hold. */
  canHold: boolean;
};

/**
 * A student with what the actor may see about them, or null: not there, or not for this actor's eyes. Opening it is reading education
 * records, and written to the audit log (`student.read`).
 */
export async function findStudentPage(tx: DistrictTx, actor: Actor, studentId: string): Promise<StudentPage | null> {
  if (!isId(studentId)) return null;
  const [row] = await tx.$queryRaw<
    (Omit<StudentFacts, "building" | "departed"> & {
      buildingId: string | null;
      building: string | null;
      active: boolean;
      leftOn: string | null;
    })[]
  >`
    select s.id, s.given_name as "givenName", s.middle_name as "middleName", s.family_name as "familyName", s.preferred_name as "preferredName", s.birth_date::text as "birthDate",
      s.grade, s.sis_id as "sisId", s.state_id as "stateId", s.active, s.left_on::text as "leftOn", s.source = 'manual' as "byHand", s.xmin::text as mark, b.id as "buildingId", b.name as building,
      (select max(i.applied_at) from roster_import i where i.district_id = s.district_id and i.status = 'applied') as "rosterAt"
    from student s left join building b on b.district_id = s.district_id and b.id = s.building_id
    where s.district_id = current_district() and s.id = ${studentId}::uuid and ${seenStudent(actor)}`;
  if (!row) return null;
  audit(tx, { action: "student.read", subject: "student", subjectId: row.id });
  const { buildingId, building, active, leftOn, ...facts } = row;
  const { live, bin } = await listDocuments(tx, actor, row.id);
  const canManage = may(actor, "manageDocuments");
  return {
    student: {
      ...facts,
      building: buildingId && building ? { id: buildingId, name: building } : null,
      departed: active ? null : { on: leftOn },
    },
    documents: live,
    bin,
    certificates: await listCertificates(tx, actor, row.id),
    holds: await findHolds(tx, actor, { studentId: row.id }),
    cases: await listCases(tx, actor, row.id),
    transfers: await listTransfers(tx, actor, row.id),
    disclosures: seesAllStudents(actor) ? await listDisclosures(tx, row.id) : null,
    canManage,
    canPurge: canManage && may(actor, "purge"),
    canEdit: facts.byHand && mayAddStudents(actor),
    canHold: may(actor, "manageDistrict"),
  };
}

function listCases(tx: DistrictTx, actor: Actor, studentId: string): Promise<StudentCase[]> {
  return tx.$queryRaw<StudentCase[]>`
    select c.id, c.number, c.status, c.updated_at as "updatedAt" from "case" c
    where c.district_id = current_district() and c.student_id = ${studentId}::uuid and (${may(actor, "manageCases")} or exists (
      select 1 from case_assignment a where a.district_id = c.district_id and a.case_id = c.id and a.membership_id = ${actor.membershipId}::uuid))
    order by c.status = 'closed', c.updated_at desc, c.id`;
}

function listCertificates(tx: DistrictTx, actor: Actor, studentId: string): Promise<StudentPage["certificates"]> {
  return tx.$queryRaw`
    select c.id, c.number, c.purged_at as at, c.kind, jsonb_array_length(c.items) as records from purge_certificate c
    where c.district_id = current_district() and c.student_id = ${studentId}::uuid
      and (${may(actor, "purge")}::boolean or case c.kind when 'cases' then ${may(actor, "manageCases")}::boolean else ${may(actor, "manageDocuments")}::boolean end) order by c.purged_at desc, c.number desc`;
}

/** What went to other districts about the student, and what came: of each kind for who manages it. */
async function listTransfers(tx: DistrictTx, actor: Actor, studentId: string): Promise<StudentTransfer[]> {
  const rows = await tx.$queryRaw<StudentTransfer[]>`
    with x as (
      select t.id, 'outgoing' as side, t.item_count as items from dispatch p join transfer t on t.sending_district_id = p.district_id and t.dispatch_id = p.id
      where ${may(actor, "manageDocuments")} and p.district_id = current_district() and p.student_id = ${studentId}::uuid
      union all
      select t.id, 'incoming', t.item_count from transfer t
      where ${may(actor, "manageDocuments")} and t.receiving_district_id = current_district() and t.kind = 'documents' and t.id in (
        select d.origin_transfer_id from document d where d.district_id = current_district() and d.student_id = ${studentId}::uuid
        union all select c.transfer_id from purge_certificate c where c.district_id = current_district() and c.student_id = ${studentId}::uuid)
      union all
      select tc.transfer_id, 'outgoing', count(*)::int from transfer_case tc join "case" c on c.district_id = tc.district_id and c.id = tc.case_id
      where ${may(actor, "manageCases")} and tc.district_id = current_district() and c.student_id = ${studentId}::uuid group by 1
      union all
      select c.origin_transfer_id, 'incoming', count(*)::int from "case" c
      where ${may(actor, "manageCases")} and c.district_id = current_district() and c.student_id = ${studentId}::uuid and c.origin_transfer_id is not null group by 1)
    select t.id, t.reference, t.kind, x.side, d.name as district, d.state, x.items, coalesce(t.sent_at, t.created_at) as at, t.status, t.reason, t.decided_at as "decidedAt"
    from x join transfer t on t.id = x.id
    join district d on d.id = case x.side when 'outgoing' then t.receiving_district_id else t.sending_district_id end
    order by at desc, t.id`;
  return rows.map((row) => ({ ...row, state: stateName(row.state) }));
}

/** Rows of the disclosure record (34 CFR 99.32), newest first. */
function listDisclosures(tx: DistrictTx, studentId: string): Promise<StudentDisclosure[]> {
  return tx.$queryRaw<StudentDisclosure[]>`
    select x.id, x.at, x.category, d.name as recipient, x.interest, x.legal_basis as "legalBasis", m.name as "madeBy", t.reference
    from disclosure x left join district d on d.id = x.recipient_district_id
    left join membership m on m.district_id = x.district_id and m.id = x.made_by
    left join transfer t on t.id = x.transfer_id
    where x.district_id = current_district() and x.student_id = ${studentId}::uuid order by x.at desc, x.id limit 500`;
}
