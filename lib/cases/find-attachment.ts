import { seesAllCases } from "@/lib/cases/case-access";
import { canRemove } from "@/lib/cases/find-case";
import { canPreview } from "@/lib/cases/open-attachment";
import type { DistrictTx } from "@/lib/db/types";
import { isId } from "@/lib/is-id";
import type { Actor } from "@/lib/policy";
import { blockOf, type FileBlock, type ScanState } from "@/lib/storage/scan-state";

export type AttachmentView = {
  id: string;
  caseId: string;
  caseNumber: string;
  name: string;
  mediaType: string;
  /** In bytes. */
  size: number;
  addedAt: Date;
  addedBy: string;
  received: boolean;
  removable: boolean;
  preview: boolean;
  /** Why it can't be opened or sent. */
  block: FileBlock | null;
};

/** What's known of an attachment besides its bytes, or null: not there, or not for this actor's eyes. */
export async function findAttachment(
  tx: DistrictTx,
  actor: Actor,
  input: { caseId: string; id: string },
): Promise<AttachmentView | null> {
  if (!isId(input.id) || !isId(input.caseId)) return null;
  const [row] = await tx.$queryRaw<
    (Omit<AttachmentView, "removable" | "preview" | "block"> & { addedById: string | null; scan: ScanState })[]
  >`
    select a.id, c.id as "caseId", c.number as "caseNumber", a.name, f.media_type as "mediaType", f.size::float8 as size, a.added_at as "addedAt",
      a.added_by as "addedById", a.added_by_name as "addedBy", a.received, f.scan
    from attachment a join "case" c on c.district_id = a.district_id and c.id = a.case_id
    join stored_file f on f.district_id = a.district_id and f.id = a.file_id
    where a.district_id = current_district() and a.id = ${input.id}::uuid and a.case_id = ${input.caseId}::uuid and (${seesAllCases(actor)} or exists (
      select 1 from case_assignment x where x.district_id = a.district_id and x.case_id = a.case_id and x.membership_id = ${actor.membershipId}::uuid))`;
  if (!row) return null;
  const { addedById, scan, ...view } = row;
  return {
    ...view,
    removable: canRemove(actor, { received: row.received, addedBy: addedById, scan }),
    preview: canPreview(row.mediaType),
    block: blockOf(scan),
  };
}
