import { randomUUID } from "node:crypto";
import { audit } from "@/lib/audit";
import { touchCase } from "@/lib/cases/case-access";
import { findCaseNumber } from "@/lib/cases/find-case-number";
import type { Doors } from "@/lib/db/types";
import { DomainError } from "@/lib/errors";
import { keepAddress } from "@/lib/storage/file-address";
import { safeFileName } from "@/lib/storage/file-name";
import { FileRefused, LARGEST_FILE } from "@/lib/storage/file-types";
import { deleteFiles, writeFile } from "@/lib/storage/files";

/** A file that ended before, or went on after, the number of bytes that its sender had announced. */
class WrongLength extends Error {}

/**
 * Streams a file into the storage and hangs it on a case; everybody who sees the case may. `bytes` is the length that was announced,
 * null where none was. The object is written before the row that names it, and taken away again if the row can't be written.
 * Throws `not-there`, `file-refused`.
 */
export async function addAttachment(
  doors: Doors,
  input: { caseId: string; name: string; bytes: number | null; source: AsyncIterable<Uint8Array> },
): Promise<{ attachmentId: string }> {
  const { actor } = doors;
  const name = safeFileName(input.name);
  // Nobody streams 50 MB to a case that they don't see.
  if (!(await doors.district((tx) => findCaseNumber(tx, actor, input.caseId)))) throw new DomainError("not-there");
  if (input.bytes !== null && input.bytes > LARGEST_FILE)
    throw new DomainError("file-refused", { reason: "tooLarge", name });

  const file = await writeFile({ source: measured(input.source, input.bytes), name }).catch((error: unknown) => {
    if (error instanceof FileRefused) throw new DomainError("file-refused", { reason: error.reason, name });
    if (error instanceof WrongLength) throw new DomainError("file-refused", { reason: "truncated", name });
    throw error;
  });
  const attachmentId = randomUUID();
  try {
    const { storageKey, keyWrapped } = keepAddress(actor.districtId, file);
    await doors.district(async (tx) => {
      await touchCase(tx, actor, input.caseId);
      await tx.$executeRaw`
        with f as (
          insert into stored_file (district_id, storage_key, key_wrapped, size, sha256, media_type)
          values (current_district(), ${storageKey}, ${keyWrapped}, ${file.size}::bigint, ${file.sha256}, ${file.mediaType}) returning id)
        insert into attachment (district_id, id, case_id, file_id, name, added_by, added_by_name)
        select current_district(), ${attachmentId}::uuid, ${input.caseId}::uuid, f.id, ${name}, ${actor.membershipId}::uuid, ${actor.name} from f`;
      audit(tx, {
        action: "attachment.add",
        subject: "attachment",
        subjectId: attachmentId,
        detail: { case: input.caseId, bytes: file.size },
      });
    });
  } catch (error) {
    await deleteFiles([file.storageKey]);
    throw error;
  }
  return { attachmentId };
}

async function* measured(source: AsyncIterable<Uint8Array>, announced: number | null): AsyncGenerator<Uint8Array> {
  let received = 0;
  for await (const chunk of source) {
    received += chunk.length;
    if (announced !== null && received > announced) throw new WrongLength();
    yield chunk;
  }
  if (announced !== null && received !== announced) throw new WrongLength();
}
