import { audit } from "@/lib/audit";
import { sql } from "@/lib/db/sql";
import type { DistrictTx } from "@/lib/db/types";
import {
  basisDetail,
  basisWords,
  categoryWords,
  dayWords,
  noticeWords,
  outcomeWords,
  type StatedBasis,
} from "@/lib/disclosures/disclosure-words";
import { stateName } from "@/lib/districts/states";
import { isId } from "@/lib/is-id";
import { type Actor, may } from "@/lib/policy";

/** Whose record: a student's, that of whom a case is about, or, once their cases are destroyed, of whom a certificate of them is about. */
export type DisclosureSubject = { studentId: string } | { caseId: string } | { certificateId: string };

export type DisclosureEntry = {
  id: string;
  at: Date;
  /** Category of records: "Documents: IEP". */
  what: string;
  /** Which ones, as far as the viewer may know; of what was destroyed since, the certificate's number. */
  items: string[];
  to: string;
  interest: string;
  basis: string;
  /** The threat, the consent's day, the record request; "" where nothing was stated. */
  basisDetail: string;
  /** What the parents were told; "" where the law doesn't ask for it. */
  notice: string;
  outcome: string;
  by: string;
  transfer: {
    id: string;
    reference: string;
    kind: "cases" | "documents" /** The viewer may open it. */;
    open: boolean;
  } | null;
};
export type DisclosureRecord = {
  about: {
    studentId: string | null;
    given: string;
    family: string;
    /** YYYY-MM-DD */
    birthDate: string | null;
    sisId: string | null;
  };
  /** Newest first. */
  entries: DisclosureEntry[];
};

type Person = {
  subject: "student" | "case";
  subjectId: string;
  studentId: string | null;
  personId: string | null;
  given: string;
  family: string;
  birthDate: string | null;
  sisId: string | null;
};
type Item = { type: string; title: string | null; on: string | null; certificates: string | null };
/** A case that was sent, by its number; one that was destroyed since, by its certificate. */
type SentCase = { number: string | null; certificates: string | null };
type Row = Omit<StatedBasis, "legalBasis"> & {
  id: string;
  at: Date;
  category: string;
  recipient: string | null;
  state: string | null;
  interest: string;
  legalBasis: string;
  by: string | null;
  transferId: string | null;
  reference: string | null;
  kind: "cases" | "documents" | null;
  status: string | null;
  decidedAt: Date | null;
  unlockedAt: Date | null;
  reason: string | null;
  leftOut: boolean | null;
  cases: SentCase[] | null;
  documents: Item[] | null;
};

/** Whether the actor sees every student's record. */
function seesDisclosures(actor: Actor): boolean {
  return may(actor, "manageCases") || may(actor, "manageDocuments") || may(actor, "manageDistrict");
}

/**
 * The disclosure record of a student or of a person of concern (34 CFR 99.32): who was given what, when, on which legal basis, and what
 * became of it. Null: not there, or not for this actor's eyes (students: who manages anything; others: who sees the
 * case, or looks after the certificates). The reading is written to the audit log (`disclosure.read`, `.print`, `.export`). `typeNames`: the names of the types of documents.
 */
export async function findDisclosures(
  tx: DistrictTx,
  actor: Actor,
  input: {
    about: DisclosureSubject;
    purpose: "read" | "print" | "export";
    zone: string;
    typeNames: Readonly<Record<string, string>>;
  },
): Promise<DisclosureRecord | null> {
  const person = await findPerson(tx, actor, input.about);
  if (!person) return null;
  audit(tx, { action: `disclosure.${input.purpose}`, subject: person.subject, subjectId: person.subjectId });
  const rows = await listRows(tx, actor, person);
  const { studentId, given, family, birthDate, sisId } = person;
  return {
    about: { studentId, given, family, birthDate, sisId },
    entries: rows.map((row) => entryOf(row, actor, input)),
  };
}

async function findPerson(tx: DistrictTx, actor: Actor, about: DisclosureSubject): Promise<Person | null> {
  const id = "studentId" in about ? about.studentId : "caseId" in about ? about.caseId : about.certificateId;
  if (!isId(id)) return null;
  if ("certificateId" in about) {
    const [stand] = await tx.$queryRaw<Person[]>`
      select 'case' subject, z.items -> 0 ->> 'caseId' "subjectId", null::uuid "studentId", p.id "personId", p.given_name given, p.family_name family, p.birth_date::text "birthDate", null::text "sisId"
      from purge_certificate z join person p on p.district_id = z.district_id and p.id = z.person_id
      where z.district_id = current_district() and z.id = ${id}::uuid and z.kind = 'cases' and ${may(actor, "purge") || may(actor, "manageDistrict")}`;
    return stand ?? null;
  }
  const [person] =
    "studentId" in about
      ? await tx.$queryRaw<Person[]>`
          select 'student' subject, s.id "subjectId", s.id "studentId", null::uuid "personId", s.given_name given, s.family_name family, s.birth_date::text "birthDate", s.sis_id "sisId"
          from student s where s.district_id = current_district() and s.id = ${id}::uuid and ${seesDisclosures(actor)}`
      : await tx.$queryRaw<Person[]>`
          select 'case' subject, c.id "subjectId", c.student_id "studentId", c.person_id "personId", coalesce(s.given_name, p.given_name) given,
            coalesce(s.family_name, p.family_name) family, coalesce(s.birth_date, p.birth_date)::text "birthDate", s.sis_id "sisId"
          from "case" c left join student s on s.district_id = c.district_id and s.id = c.student_id left join person p on p.district_id = c.district_id and p.id = c.person_id
          where c.district_id = current_district() and c.id = ${id}::uuid and (c.person_id is not null or ${seesDisclosures(actor)})
            and (${may(actor, "manageCases")} or exists (select 1 from case_assignment a
              where a.district_id = c.district_id and a.case_id = c.id and a.membership_id = ${actor.membershipId}::uuid))`;
  return person ?? null;
}

/** The record's rows; those of one sending, one for each of the person's cases, as one. */
function listRows(tx: DistrictTx, actor: Actor, { studentId, personId }: Person): Promise<Row[]> {
  const whose = studentId ? sql`x.student_id = ${studentId}::uuid` : sql`x.person_id = ${personId}::uuid`;
  const whoseCase = studentId ? sql`c.student_id = ${studentId}::uuid` : sql`c.person_id = ${personId}::uuid`;
  const whoseCertificate = studentId ? sql`z.student_id = ${studentId}::uuid` : sql`z.person_id = ${personId}::uuid`;
  return tx.$queryRaw<Row[]>`
    select distinct on (x.at, x.transfer_id, x.category) x.id, x.at, x.category, d.name recipient, d.state, x.interest, x.legal_basis "legalBasis", m.name by,
      t.id "transferId", t.reference, t.kind, t.status, t.decided_at "decidedAt", t.unlocked_at "unlockedAt", t.reason,
      case when t.kind = 'cases' and t.status = 'completed' then (
        select case when bool_or(not y.out) then false when count(*) = count(y.out) then bool_and(y.out) end from (
          select tc.outcome = 'left' as out from transfer_case tc join "case" c on c.district_id = tc.district_id and c.id = tc.case_id
          where tc.district_id = x.district_id and tc.transfer_id = t.id and ${whoseCase}
          union all
          select case when i -> 'leftOut' ? t.id::text then true when i -> 'taken' ? t.id::text then false end from purge_certificate z cross join lateral jsonb_array_elements(z.items) i
          where z.district_id = x.district_id and z.kind = 'cases' and ${whoseCertificate} and i -> 'transferIds' ? t.id::text) y) end "leftOut",
      b.threat, b.consent_on::text "consentOn", b.notice, b.notice_on::text "noticeOn", b.notice_method "noticeMethod", b.notice_by "noticeBy", q.reference request,
      case when ${may(actor, "manageCases")} and t.kind = 'cases' then (
        select json_agg(y) from (
          select c.number, null::text certificates from transfer_case tc join "case" c on c.district_id = tc.district_id and c.id = tc.case_id
          where tc.district_id = x.district_id and tc.transfer_id = t.id and ${whoseCase}
          union all
          select null, z.number from purge_certificate z
          where z.district_id = x.district_id and z.kind = 'cases' and ${whoseCertificate} and z.items @> jsonb_build_array(jsonb_build_object('transferIds', jsonb_build_array(t.id)))
          order by 1, 2) y) end cases,
      case when t.kind = 'documents' and x.category like 'Documents: %' then (
        select json_agg(json_build_object('type', td.type, 'title', case when ${may(actor, "manageDocuments")} then o.title end, 'on', o.dated_on,
            'certificates', case when td.document_id is null then coalesce((select string_agg(z.number, ', ' order by z.number) from purge_certificate z
              where z.district_id = x.district_id and z.student_id = x.student_id and z.items @> jsonb_build_array(jsonb_build_object('type', td.type))), '') end) order by td.n)
        from transfer_document td left join document o on o.district_id = td.district_id and o.id = td.document_id
        where td.district_id = x.district_id and td.transfer_id = t.id) end documents
    from disclosure x
    left join district d on d.id = x.recipient_district_id
    left join membership m on m.district_id = x.district_id and m.id = x.made_by
    left join transfer t on t.id = x.transfer_id
    left join transfer_basis b on b.district_id = x.district_id and b.transfer_id = x.transfer_id
    left join record_request q on q.id = t.request_id
    where x.district_id = current_district() and ${whose}
    order by x.at desc, x.transfer_id, x.category, x.id`;
}

function entryOf(
  row: Row,
  actor: Actor,
  { zone, typeNames }: { zone: string; typeNames: Readonly<Record<string, string>> },
): DisclosureEntry {
  const { transferId, reference, kind, status } = row;
  return {
    id: row.id,
    at: row.at,
    what: categoryWords(row.category, typeNames),
    items: [
      ...(row.cases ?? []).map(({ number, certificates }) =>
        number ? `Case ${number}` : `Case: destroyed since, certificate ${certificates}`,
      ),
      ...(row.documents ?? []).flatMap((one) => itemWords(one, typeNames[one.type] ?? one.type)),
    ],
    to: row.recipient ? `${row.recipient}, ${stateName(row.state ?? "")}` : "–",
    interest: row.interest,
    basis: basisWords(row.legalBasis),
    basisDetail: basisDetail(row),
    notice: noticeWords(row),
    outcome: kind && status ? outcomeWords({ ...row, kind, status }, zone) : "",
    by: row.by ?? "–",
    transfer:
      transferId && reference && kind
        ? { id: transferId, reference, kind, open: may(actor, kind === "cases" ? "manageCases" : "manageDocuments") }
        : null,
  };
}

/** A document by its title and day, for whom that is to see; a destroyed one by its certificate; else nothing, the category says its type. */
function itemWords({ title, on, certificates }: Item, type: string): string[] {
  if (certificates !== null) return [`${type}: destroyed since${certificates ? `, certificate ${certificates}` : ""}`];
  if (title === null) return [];
  return [on ? `${title}, ${dayWords(on, "UTC")}` : title];
}
