import type { Readable } from "node:stream";
import { audit } from "@/lib/audit";
import { canPreview } from "@/lib/cases/open-attachment";
import type { Doors } from "@/lib/db/types";
import { seen } from "@/lib/documents/document-access";
import { fileNameOf } from "@/lib/documents/document-title";
import { DomainError } from "@/lib/errors";
import { isId } from "@/lib/is-id";
import { openAddress, type StoredAddress } from "@/lib/storage/file-address";
import { readFile } from "@/lib/storage/files";
import type { ScanState } from "@/lib/storage/scan-state";

export type OpenDocument = {
  studentId: string;
  /** The title with the extension that belongs to the type. */
  name: string;
  mediaType: string;
  /** In bytes. */
  size: number;
  stream: Readable;
};

type Row = StoredAddress & {
  studentId: string;
  title: string;
  mediaType: string;
  size: number;
  scan: ScanState;
};

/**
 * Opens a document for downloading, or for looking at it in the browser. The audit row is committed before the first byte can leave.
 * Throws `not-there`, also for what lies in the bin; `file-blocked`. The stream can fail later, with `ObjectMissing` or `FileDamaged`.
 */
export async function openDocument(
  doors: Doors,
  input: { id: string; purpose: "download" | "preview" },
): Promise<OpenDocument> {
  const { actor } = doors;
  if (!isId(input.id)) throw new DomainError("not-there");
  const { address, title, ...view } = await doors.district(async (tx) => {
    const [found] = await tx.$queryRaw<Row[]>`
      select d.student_id as "studentId", d.title, f.media_type as "mediaType", f.size::float8 as size, f.storage_key as "storageKey", f.key_wrapped as "keyWrapped", f.scan
      from document d join stored_file f on f.district_id = d.district_id and f.id = d.file_id
      where d.district_id = current_district() and d.id = ${input.id}::uuid and d.deleted_at is null and ${seen(actor)}`;
    if (!found || (input.purpose === "preview" && !canPreview(found.mediaType))) throw new DomainError("not-there");
    const { storageKey, keyWrapped, scan, ...file } = found;
    const opened = { ...file, address: openAddress(actor.districtId, { storageKey, keyWrapped, scan }) };
    audit(tx, {
      action: input.purpose === "download" ? "document.download" : "document.read",
      subject: "document",
      subjectId: input.id,
      detail: { student: found.studentId },
    });
    return opened;
  });
  return { ...view, name: fileNameOf(title, view.mediaType), stream: readFile(address) };
}
