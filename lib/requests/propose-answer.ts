import type { DistrictTx } from "@/lib/db/types";
import { getDistrict } from "@/lib/districts/get-district";
import { type DocumentType, documentTypeNames } from "@/lib/documents/document-types";
import type { Actor } from "@/lib/policy";
import { demandKind, kindsOf, type RequestContent, type RequestKind } from "@/lib/requests/request-content";
import { compareStudents } from "@/lib/students/compare-students";
import { matchStudents, type StudentMatch } from "@/lib/students/match-students";

export type ProposedDocument = {
  id: string;
  title: string;
  /** Its name on screen. */
  type: string;
  datedOn: string | null;
  bytes: number;
  /** Of a type that was asked for. */
  wanted: boolean;
};
export type ProposedCase = { id: string; number: string; status: string; attachments: number };
/** A student of the own roster whom a request may mean, with what could be sent. */
export type Proposal = { student: StudentMatch; documents: ProposedDocument[]; cases: ProposedCase[] };

type Asked = {
  kind: RequestKind;
  documentTypes: readonly DocumentType[];
  askingDistrictId: string;
  content: RequestContent;
};

/**
 * The students of the own roster who come nearest to whom a request names, best first, each with the live documents or the cases that could
 * answer it. A student chosen by hand stands first. Throws `forbidden`.
 */
export async function proposeAnswer(
  tx: DistrictTx,
  actor: Actor,
  asked: Asked,
  chosenId: string | null = null,
): Promise<Proposal[]> {
  demandKind(actor, asked.kind);
  const { content } = asked;
  const person = {
    n: 1,
    given: content.given,
    family: content.family,
    preferred: null,
    birthDate: content.birthDate,
    stateId: null,
  };
  const [own, other] = [await getDistrict(tx, actor), await getDistrict(tx, actor, asked.askingDistrictId)];
  const options = { sameState: own.state === other.state };
  const matched = (await matchStudents(tx, [person], options)).get(1) ?? [];
  const chosen =
    chosenId === null
      ? []
      : ((await compareStudents(tx, [{ ...person, studentIds: [chosenId] }], options)).get(1) ?? []);
  const students = [...chosen, ...matched.filter((one) => one.id !== chosenId)];
  const ids = students.map((one) => one.id);
  const documents = asked.kind === "documents" ? await documentsOf(tx, ids, asked.documentTypes) : [];
  const cases = asked.kind === "cases" ? await casesOf(tx, ids) : [];
  return students.map((student) => ({
    student,
    documents: documents.filter((one) => one.studentId === student.id),
    cases: cases.filter((one) => one.studentId === student.id),
  }));
}

/** The student of the own roster with this SIS Student ID, or null; for a request whose names don't tell. Throws `forbidden`. */
export async function findBySisId(tx: DistrictTx, actor: Actor, sisId: string): Promise<string | null> {
  kindsOf(actor);
  const student = await tx.student.findFirst({
    where: { districtId: actor.districtId, sisId, active: true },
    select: { id: true },
  });
  return student?.id ?? null;
}

// Nothing that lies in the bin; what is quarantined the fence hides.
async function documentsOf(
  tx: DistrictTx,
  studentIds: readonly string[],
  wanted: readonly DocumentType[],
): Promise<(ProposedDocument & { studentId: string })[]> {
  const rows = await tx.$queryRaw<(ProposedDocument & { studentId: string; type: DocumentType })[]>`
    select d.id, d.student_id "studentId", d.title, d.type, d.dated_on::text "datedOn", f.size::int bytes, d.type = any (${[...wanted]}::text[]) wanted
    from document d join stored_file f on f.district_id = d.district_id and f.id = d.file_id
    where d.student_id = any (${[...studentIds]}::uuid[]) and d.deleted_at is null and d.quarantined_at is null
    order by d.dated_on desc nulls last, d.title, d.id`;
  return rows.map((row) => ({ ...row, type: documentTypeNames[row.type] }));
}

function casesOf(tx: DistrictTx, studentIds: readonly string[]): Promise<(ProposedCase & { studentId: string })[]> {
  return tx.$queryRaw`
    select c.id, c.student_id "studentId", c.number, c.status, (select count(*)::int from attachment a where a.district_id = c.district_id and a.case_id = c.id) attachments
    from "case" c where c.student_id = any (${[...studentIds]}::uuid[]) order by c.status = 'closed', c.updated_at desc, c.id`;
}
