import { audit } from "@/lib/audit";
import { demandUnheldCase, touchCase } from "@/lib/cases/case-access";
import { canRemove } from "@/lib/cases/find-case";
import type { Doors } from "@/lib/db/types";
import { DomainError } from "@/lib/errors";
import { isId } from "@/lib/is-id";
import { deleteFiles } from "@/lib/storage/files";
import type { ScanState } from "@/lib/storage/scan-state";

/**
 * Takes an attachment away for good: one's own, or with Manage Cases any but a received one, and of those what has a virus. Not while
 * the case is being packed for a transfer, which reads its files. Throws `not-there`, `read-only`, `forbidden`, `on-hold`, `being-packed`.
 */
export async function removeAttachment(doors: Doors, input: { caseId: string; id: string }): Promise<void> {
  const { actor } = doors;
  const storageKey = await doors.district(async (tx) => {
    if (!isId(input.id)) throw new DomainError("not-there");
    await touchCase(tx, actor, input.caseId);
    const [file] = await tx.$queryRaw<{ received: boolean; addedBy: string | null; fileId: string; scan: ScanState }[]>`
      select a.received, a.added_by as "addedBy", a.file_id as "fileId", f.scan from attachment a
      join stored_file f on f.district_id = a.district_id and f.id = a.file_id
      where a.district_id = current_district() and a.case_id = ${input.caseId}::uuid and a.id = ${input.id}::uuid for update of a`;
    if (!file) throw new DomainError("not-there");
    if (file.received && file.scan !== "infected") throw new DomainError("read-only");
    if (!canRemove(actor, file)) throw new DomainError("forbidden");
    await demandUnheldCase(tx, input.caseId);
    const removed = await tx.$executeRaw`
      delete from attachment a where a.district_id = current_district() and a.id = ${input.id}::uuid and not exists (
        select 1 from transfer_case tc join transfer t on t.id = tc.transfer_id
        where tc.district_id = a.district_id and tc.case_id = a.case_id and t.status = 'preparing')`;
    if (removed === 0) throw new DomainError("being-packed");
    const [gone] = await tx.$queryRaw<{ storageKey: string }[]>`
      delete from stored_file f where f.district_id = current_district() and f.id = ${file.fileId}::uuid
        and not exists (select 1 from attachment a where a.district_id = f.district_id and a.file_id = f.id)
      returning f.storage_key as "storageKey"`;
    audit(tx, {
      action: "attachment.remove",
      subject: "attachment",
      subjectId: input.id,
      detail: { case: input.caseId },
    });
    return gone?.storageKey;
  });
  // Its key is gone with the row; should this fail, the sweeper finds the bytes.
  if (storageKey) await deleteFiles([storageKey]);
}
