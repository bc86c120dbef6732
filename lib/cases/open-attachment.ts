import type { Readable } from "node:stream";
import { audit } from "@/lib/audit";
import { seesAllCases } from "@/lib/cases/case-access";
import type { DistrictTx, Doors } from "@/lib/db/types";
import { DomainError } from "@/lib/errors";
import { isId } from "@/lib/is-id";
import type { Actor } from "@/lib/policy";
import { openAddress, type StoredAddress } from "@/lib/storage/file-address";
import { DOCX } from "@/lib/storage/file-types";
import { readFile } from "@/lib/storage/files";
import type { ScanState } from "@/lib/storage/scan-state";

export type OpenAttachment = {
  caseId: string;
  name: string;
  mediaType: string;
  /** In bytes. */
  size: number;
  stream: Readable;
};

type Row = Omit<OpenAttachment, "stream"> & StoredAddress & { scan: ScanState };

/** Whether browsers can show files of the type by themselves: all that can be added but Word's. */
export function canPreview(mediaType: string): boolean {
  return mediaType !== DOCX;
}

/**
 * Opens an attachment for downloading, or for looking at it in the browser. The audit row is committed before the first byte can leave.
 * Throws `not-there`, `file-blocked`. The stream can fail later, with `ObjectMissing` or `FileDamaged`.
 */
export async function openAttachment(
  doors: Doors,
  input: { id: string; purpose: "download" | "preview" },
): Promise<OpenAttachment> {
  const { actor } = doors;
  const { address, ...file } = await doors.district(async (tx) => {
    const found = await findAttachmentRow(tx, actor, input.id);
    if (!found || (input.purpose === "preview" && !canPreview(found.mediaType))) throw new DomainError("not-there");
    const { storageKey, keyWrapped, scan, ...view } = found;
    const opened = { ...view, address: openAddress(actor.districtId, { storageKey, keyWrapped, scan }) };
    audit(tx, {
      action: `attachment.${input.purpose}`,
      subject: "attachment",
      subjectId: input.id,
      detail: { case: found.caseId },
    });
    return opened;
  });
  return { ...file, stream: readFile(address) };
}

async function findAttachmentRow(tx: DistrictTx, actor: Actor, id: string): Promise<Row | null> {
  if (!isId(id)) return null;
  const [row] = await tx.$queryRaw<Row[]>`
    select a.case_id as "caseId", a.name, f.media_type as "mediaType", f.size::float8 as size, f.storage_key as "storageKey", f.key_wrapped as "keyWrapped", f.scan
    from attachment a join stored_file f on f.district_id = a.district_id and f.id = a.file_id
    where a.district_id = current_district() and a.id = ${id}::uuid and (${seesAllCases(actor)} or exists (
      select 1 from case_assignment x where x.district_id = a.district_id and x.case_id = a.case_id and x.membership_id = ${actor.membershipId}::uuid))`;
  return row ?? null;
}
