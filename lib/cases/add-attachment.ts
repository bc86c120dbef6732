import { randomUUID } from "node:crypto";
import { audit } from "@/lib/audit";
import { touchCase } from "@/lib/cases/case-access";
import { findCaseNumber } from "@/lib/cases/find-case-number";
import type { Doors } from "@/lib/db/types";
import { DomainError } from "@/lib/errors";
import { keepAddress } from "@/lib/storage/file-address";
import { deleteFiles } from "@/lib/storage/files";
import { takeFile, type Upload, virusOf } from "@/lib/storage/take-file";

/**
 * Streams a file into the storage and hangs it on a case; everybody who sees the case may. `bytes` is the length that was announced,
 * null where none was. The object is written before the row that names it, and taken away again if the row is refused.
 * Throws `not-there`, `file-refused`.
 */
export async function addAttachment(
  doors: Doors,
  input: Upload & { caseId: string },
): Promise<{ attachmentId: string }> {
  const { actor } = doors;
  // Nobody streams 50 MB to a case that they don't see.
  if (!(await doors.district((tx) => findCaseNumber(tx, actor, input.caseId)))) throw new DomainError("not-there");
  const file = await takeFile(input).catch(async (error: unknown) => {
    const virus = virusOf(error);
    if (virus !== null)
      await doors.district(async (tx) =>
        audit(tx, { action: "case.refuse-file", subject: "case", subjectId: input.caseId, detail: { virus } }),
      );
    throw error;
  });
  const attachmentId = randomUUID();
  try {
    const { storageKey, keyWrapped } = keepAddress(actor.districtId, file);
    await doors.district(async (tx) => {
      await touchCase(tx, actor, input.caseId);
      await tx.$executeRaw`
        with f as (
          insert into stored_file (district_id, storage_key, key_wrapped, size, sha256, media_type, scan)
          values (current_district(), ${storageKey}, ${keyWrapped}, ${file.size}::bigint, ${file.sha256}, ${file.mediaType}, ${file.scan}) returning id)
        insert into attachment (district_id, id, case_id, file_id, name, added_by, added_by_name)
        select current_district(), ${attachmentId}::uuid, ${input.caseId}::uuid, f.id, ${file.name}, ${actor.membershipId}::uuid, ${actor.name} from f`;
      audit(tx, {
        action: "attachment.add",
        subject: "attachment",
        subjectId: attachmentId,
        detail: { case: input.caseId, bytes: file.size },
      });
    });
  } catch (error) {
    // Of anything else maybe only the commit's answer was lost, and the row is there: the sweeper of orphans finds out.
    if (error instanceof DomainError) await deleteFiles([file.storageKey]);
    throw error;
  }
  return { attachmentId };
}
