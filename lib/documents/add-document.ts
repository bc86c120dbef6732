import { randomUUID } from "node:crypto";
import { audit } from "@/lib/audit";
import type { Doors } from "@/lib/db/types";
import { demandOwner } from "@/lib/documents/document-access";
import { longestTitle, titleOf } from "@/lib/documents/document-title";
import type { DocumentType } from "@/lib/documents/document-types";
import { DomainError } from "@/lib/errors";
import { isId } from "@/lib/is-id";
import { demand } from "@/lib/policy";
import { keepAddress } from "@/lib/storage/file-address";
import { deleteFiles } from "@/lib/storage/files";
import { takeFile, type Upload, virusOf } from "@/lib/storage/take-file";

export type NewDocument = Upload & {
  studentId: string;
  /** Null: the file's name. */
  title: string | null;
  type: DocumentType;
  /** Null: whoever adds it. */
  ownerId: string | null;
  /** YYYY-MM-DD */
  datedOn: string | null;
};

/**
 * Streams a document about a student into the storage. The object is written before the row that names it, and taken away again if the
 * row is refused. Throws `forbidden`, `not-there`, `choice-gone`, `file-refused`.
 */
export async function addDocument(doors: Doors, input: NewDocument): Promise<{ documentId: string }> {
  const { actor } = doors;
  demand(actor, "manageDocuments");
  if (!isId(input.studentId)) throw new DomainError("not-there");
  const ownerId = input.ownerId ?? actor.membershipId;
  // Nobody streams 50 MB to find out that the student isn't there.
  await doors.district(async (tx) => {
    const student = await tx.$queryRaw<unknown[]>`
      select 1 from student s where s.district_id = current_district() and s.id = ${input.studentId}::uuid`;
    if (student.length === 0) throw new DomainError("not-there");
    await demandOwner(tx, ownerId);
  });
  const file = await takeFile(input).catch(async (error: unknown) => {
    const virus = virusOf(error);
    if (virus !== null)
      await doors.district(async (tx) =>
        audit(tx, { action: "student.refuse-file", subject: "student", subjectId: input.studentId, detail: { virus } }),
      );
    throw error;
  });
  const documentId = randomUUID();
  const title = (input.title ?? titleOf(input.name)).slice(0, longestTitle);
  try {
    const { storageKey, keyWrapped } = keepAddress(actor.districtId, file);
    await doors.district(async (tx) => {
      const added = await tx.$executeRaw`
        with s as (select s.id from student s where s.district_id = current_district() and s.id = ${input.studentId}::uuid for key share),
        f as (
          insert into stored_file (district_id, storage_key, key_wrapped, size, sha256, media_type, scan)
          select current_district(), ${storageKey}, ${keyWrapped}, ${file.size}::bigint, ${file.sha256}, ${file.mediaType}, ${file.scan} from s returning id)
        insert into document (district_id, id, student_id, file_id, title, type, dated_on, owner_id, added_by, added_by_name)
        select current_district(), ${documentId}::uuid, s.id, f.id, ${title}, ${input.type}, ${input.datedOn}::date, ${ownerId}::uuid, ${actor.membershipId}::uuid, ${actor.name} from s, f`;
      if (added === 0) throw new DomainError("not-there");
      audit(tx, {
        action: "document.add",
        subject: "document",
        subjectId: documentId,
        detail: { student: input.studentId, type: input.type, bytes: file.size },
      });
    });
  } catch (error) {
    // Of anything else maybe only the commit's answer was lost, and the row is there: the sweeper of orphans finds out.
    if (error instanceof DomainError) await deleteFiles([file.storageKey]);
    throw error;
  }
  return { documentId };
}
