import type { DistrictTx } from "@/lib/db/types";
import { isId } from "@/lib/is-id";
import { type Actor, demand } from "@/lib/policy";
import { seenCase } from "@/lib/students/student-access";

/** `studentId`, `caseId`: as findHolds asks; a case's own student is named with it. */
export type HoldSubjectView = {
  name: "student" | "case";
  id: string;
  words: string;
  studentId: string | null;
  caseId: string | null;
};

/** What a legal hold is about to be placed on, in words without a case's person, or null: neither is there. Throws `forbidden`. */
export async function findHoldSubject(
  tx: DistrictTx,
  actor: Actor,
  input: { studentId: string | null; caseId: string | null },
): Promise<HoldSubjectView | null> {
  demand(actor, "manageDistrict");
  const { studentId, caseId } = input;
  if (studentId && isId(studentId)) {
    const [row] = await tx.$queryRaw<{ words: string }[]>`
      select s.family_name || ', ' || s.given_name || ' (SIS ID ' || s.sis_id || '), with all documents and cases' as words from student s
      where s.district_id = current_district() and s.id = ${studentId}::uuid`;
    return row ? { name: "student", id: studentId, words: row.words, studentId, caseId: null } : null;
  }
  if (caseId && isId(caseId)) {
    const [row] = await tx.$queryRaw<{ words: string; studentId: string | null }[]>`
      select c.student_id as "studentId", 'case ' || c.number || ' alone' as words from "case" c where c.district_id = current_district() and c.id = ${caseId}::uuid and ${seenCase(actor)}`;
    return row ? { name: "case", id: caseId, words: row.words, studentId: row.studentId, caseId } : null;
  }
  return null;
}
