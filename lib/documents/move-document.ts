import { audit } from "@/lib/audit";
import type { DistrictTx } from "@/lib/db/types";
import { demandUnheld, demandUnpacked } from "@/lib/documents/document-access";
import { DomainError } from "@/lib/errors";
import { type Actor, demand } from "@/lib/policy";

/**
 * Moves a document to the student whom it's really about. `version` is the one that the form was filled from. Throws `forbidden`,
 * `not-there`, `changed-meanwhile`, `student-gone`, `on-hold`: what a legal hold keeps stays with its student, `being-packed`: what's
 * being packed is packed as that student's.
 */
export async function moveDocument(
  tx: DistrictTx,
  actor: Actor,
  input: { id: string; version: number; studentId: string },
): Promise<void> {
  demand(actor, "manageDocuments");
  const [before] = await tx.$queryRaw<{ studentId: string; version: number }[]>`
    select d.student_id as "studentId", d.version from document d
    where d.district_id = current_district() and d.id = ${input.id}::uuid and d.deleted_at is null for update`;
  if (!before) throw new DomainError("not-there");
  if (before.version !== input.version) throw new DomainError("changed-meanwhile");
  const to = await tx.$queryRaw<unknown[]>`
    select 1 from student s where s.district_id = current_district() and s.id = ${input.studentId}::uuid for key share`;
  if (to.length === 0) throw new DomainError("student-gone");
  if (before.studentId === input.studentId) return;
  await demandUnheld(tx, [input.id]);
  await demandUnpacked(tx, [input.id]);
  await tx.$executeRaw`
    update document d set student_id = ${input.studentId}::uuid, version = d.version + 1 where d.district_id = current_district() and d.id = ${input.id}::uuid`;
  audit(tx, {
    action: "document.move",
    subject: "document",
    subjectId: input.id,
    detail: { from: before.studentId, to: input.studentId },
  });
}
