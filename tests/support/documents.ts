import { randomUUID } from "node:crypto";
import { Readable } from "node:stream";
import { keepAddress } from "@/lib/storage/file-address";
import { writeFile } from "@/lib/storage/files";
import { type Someone, type TestDistrict, textFile, type World } from "./world";

export type TestDocument = { id: string; fileId: string; storageKey: string; bytes: Buffer };

/** Puts a document about a student (the first of the district's, unless said) into a district, its file into the real storage. */
export async function putDocument(
  world: World,
  district: TestDistrict,
  about: {
    studentId?: string;
    title?: string;
    type?: string;
    datedOn?: string | null;
    owner?: Someone | null;
    deletedDaysAgo?: number;
    bytes?: Buffer;
    /** Decides the media type. */
    fileName?: string;
  } = {},
): Promise<TestDocument> {
  const bytes = about.bytes ?? textFile().bytes;
  const { size, sha256, mediaType, ...address } = await writeFile({
    source: Readable.from([bytes]),
    name: about.fileName ?? "document.txt",
  });
  const { storageKey, keyWrapped } = keepAddress(district.id, address);
  const [id, fileId] = [randomUUID(), randomUUID()];
  await world.sql(
    "insert into stored_file (district_id, id, storage_key, key_wrapped, size, sha256, media_type) values ($1, $2, $3, $4, $5, $6, $7)",
    [district.id, fileId, storageKey, Buffer.from(keyWrapped), size, sha256, mediaType],
  );
  await world.sql(
    `insert into document (district_id, id, student_id, file_id, title, type, dated_on, owner_id, added_by, added_by_name, deleted_at, deleted_by)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, 'Jo Author', now() - make_interval(hours => $10 * 24), case when $10::int is null then null else $9::uuid end)`,
    [
      district.id,
      id,
      about.studentId ?? district.students[0]?.id,
      fileId,
      about.title ?? "IEP 2026–27",
      about.type ?? "iep",
      about.datedOn ?? null,
      about.owner === undefined ? district.clerk.membershipId : (about.owner?.membershipId ?? null),
      district.clerk.membershipId,
      about.deletedDaysAgo ?? null,
    ],
  );
  return { id, fileId, storageKey, bytes };
}

/** A transfer that packs these documents at this moment: they can't be deleted or purged. Gives its id. */
export async function packing(
  world: World,
  from: TestDistrict,
  to: TestDistrict,
  documentIds: readonly string[],
): Promise<string> {
  const dispatchId = randomUUID();
  await world.sql("insert into dispatch (district_id, id, created_by, student_id) values ($1, $2, $3, $4)", [
    from.id,
    dispatchId,
    from.clerk.membershipId,
    from.students[0]?.id,
  ]);
  const [row] = await world.sql<{ id: string }>(
    "insert into transfer (reference, kind, dispatch_id, sending_district_id, receiving_district_id, item_count, sent_by, sent_by_user) values ($1, 'documents', $2, $3, $4, $5, $6, $7) returning id",
    [
      `T-2026-${dispatchId.slice(0, 6)}`,
      dispatchId,
      from.id,
      to.id,
      documentIds.length,
      from.clerk.membershipId,
      from.clerk.userId,
    ],
  );
  const id = row?.id as string;
  for (const [n, documentId] of documentIds.entries())
    await world.sql(
      "insert into transfer_document (district_id, transfer_id, n, document_id, type) values ($1, $2, $3, $4, 'iep')",
      [from.id, id, n + 1, documentId],
    );
  return id;
}

/** Quarantines a document, as a report of a wrong student does. */
export async function quarantine(world: World, documentId: string): Promise<void> {
  await world.sql("update document set quarantined_at = now(), quarantine = 'reported' where id = $1", [documentId]);
}

/** The actions in a district's audit log about something, oldest first. */
export async function audited(world: World, district: TestDistrict, subjectId: string): Promise<string[]> {
  const rows = await world.sql<{ action: string }>(
    "select action from audit where district_id = $1 and subject_id = $2 order by seq",
    [district.id, subjectId],
  );
  return rows.map((row) => row.action);
}
