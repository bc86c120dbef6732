import type { DistrictTx } from "@/lib/db/types";
import { DomainError } from "@/lib/errors";
import { type Actor, demand } from "@/lib/policy";

/**
 * Drafts a transfer of a student's documents to another district. The draft's id is what the page's URL carries and what makes a repeated
 * click one. `redoOf`: the reported transfer that it does again; `requestId`: the record request that it answers.
 * Throws `forbidden`, `not-there`, `no-documents`.
 */
export async function chooseDocuments(
  tx: DistrictTx,
  actor: Actor,
  chosen: { studentId: string; documentIds: readonly string[]; redoOf?: string; requestId?: string },
): Promise<{ dispatchId: string }> {
  demand(actor, "manageDocuments");
  const { studentId, documentIds, redoOf = null, requestId = null } = chosen;
  const student = await tx.student.findFirst({ where: { id: studentId }, select: { id: true } });
  if (!student) throw new DomainError("not-there");
  const dispatch = await tx.dispatch.create({
    data: { districtId: actor.districtId, createdBy: actor.membershipId as string, studentId, redoOf, requestId },
    select: { id: true },
  });
  // Only what is there, this student's, and the district's own: a foreign or deleted id simply isn't found, and who purges one at this
  // moment is waited for.
  const found = await tx.$executeRaw`
    insert into dispatch_document (district_id, dispatch_id, document_id)
    select d.district_id, ${dispatch.id}::uuid, d.id from document d
    where d.district_id = ${actor.districtId}::uuid and d.student_id = ${studentId}::uuid and d.id = any (${[...new Set(documentIds)]}::uuid[]) and d.deleted_at is null
    order by d.id for key share of d`;
  if (found === 0) throw new DomainError("no-documents");
  return { dispatchId: dispatch.id };
}
