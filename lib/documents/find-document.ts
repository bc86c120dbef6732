import { canPreview } from "@/lib/cases/open-attachment";
import { sql } from "@/lib/db/sql";
import type { DistrictTx } from "@/lib/db/types";
import { stateName } from "@/lib/districts/states";
import { daysInBin } from "@/lib/documents/delete-documents";
import { seen } from "@/lib/documents/document-access";
import type { DocumentType } from "@/lib/documents/document-types";
import { isId } from "@/lib/is-id";
import { type Actor, may } from "@/lib/policy";
import { blockOf, type FileBlock, type ScanState } from "@/lib/storage/scan-state";

export type DocumentView = {
  id: string;
  version: number;
  title: string;
  type: DocumentType;
  /** YYYY-MM-DD */
  datedOn: string | null;
  owner: { id: string; name: string } | null;
  addedAt: Date;
  addedBy: string;
  mediaType: string;
  /** In bytes. */
  size: number;
  /** Where it came from, if it came from another district: it stays as it came. */
  received: { district: string; state: string; transferId: string | null; reference: string | null } | null;
  preview: boolean;
  /** Why it can't be opened or sent. */
  block: FileBlock | null;
  /** In the bin since, by whom, and until when it can be restored. */
  deleted: { at: Date; by: string | null; until: Date } | null;
};

type Row = Omit<DocumentView, "owner" | "received" | "preview" | "block" | "deleted"> & {
  scan: ScanState;
  ownerId: string | null;
  owner: string | null;
  fromDistrict: string | null;
  fromState: string | null;
  fromTransferId: string | null;
  fromReference: string | null;
  deletedAt: Date | null;
  deletedBy: string | null;
};

/** The documents about a student that the actor sees, newest first, those in the bin among them; or one of them. */
async function readDocuments(
  tx: DistrictTx,
  actor: Actor,
  studentId: string,
  id: string | null,
): Promise<DocumentView[]> {
  const rows = await tx.$queryRaw<Row[]>`
    select d.id, d.version, d.title, d.type, d.dated_on::text as "datedOn", d.owner_id as "ownerId", o.name as owner, d.added_at as "addedAt", d.added_by_name as "addedBy",
      f.media_type as "mediaType", f.size::float8 as size, f.scan, x.name as "fromDistrict", x.state as "fromState", t.id as "fromTransferId", t.reference as "fromReference",
      d.deleted_at as "deletedAt", b.name as "deletedBy"
    from document d join stored_file f on f.district_id = d.district_id and f.id = d.file_id
    left join membership o on o.district_id = d.district_id and o.id = d.owner_id
    left join membership b on b.district_id = d.district_id and b.id = d.deleted_by
    left join district x on x.id = d.origin_district_id
    left join transfer t on t.id = d.origin_transfer_id
    where d.district_id = current_district() and d.student_id = ${studentId}::uuid and ${seen(actor)} ${id ? sql`and d.id = ${id}::uuid` : sql``}
      and (d.deleted_at is null or ${may(actor, "manageDocuments")})
    order by d.dated_on desc nulls last, d.added_at desc, d.id`;
  return rows.map((row) => ({
    id: row.id,
    version: row.version,
    title: row.title,
    type: row.type,
    datedOn: row.datedOn,
    owner: row.ownerId && row.owner ? { id: row.ownerId, name: row.owner } : null,
    addedAt: row.addedAt,
    addedBy: row.addedBy,
    mediaType: row.mediaType,
    size: row.size,
    received: row.fromDistrict
      ? {
          district: row.fromDistrict,
          state: stateName(row.fromState ?? ""),
          transferId: row.fromTransferId,
          reference: row.fromReference,
        }
      : null,
    preview: canPreview(row.mediaType),
    block: blockOf(row.scan),
    deleted: row.deletedAt
      ? {
          at: row.deletedAt,
          by: row.deletedBy,
          until: new Date(row.deletedAt.getTime() + daysInBin * 86_400_000),
        }
      : null,
  }));
}

/**
 * What's known of a document besides its bytes, or null: not there, or not for this actor's eyes. The bin is for who manages documents.
 * No audit: what counts as reading is opening the student's page or the file.
 */
export async function findDocument(
  tx: DistrictTx,
  actor: Actor,
  input: { studentId: string; id: string },
): Promise<DocumentView | null> {
  if (!isId(input.studentId) || !isId(input.id)) return null;
  const [document] = await readDocuments(tx, actor, input.studentId, input.id);
  return document ?? null;
}

/** A student's documents as far as the actor sees them: those that are live, and those in the bin. */
export async function listDocuments(
  tx: DistrictTx,
  actor: Actor,
  studentId: string,
): Promise<{ live: DocumentView[]; bin: DocumentView[] }> {
  const documents = await readDocuments(tx, actor, studentId, null);
  return {
    live: documents.filter((one) => !one.deleted),
    bin: documents
      .filter((one) => one.deleted)
      .sort((a, b) => (b.deleted?.at.getTime() ?? 0) - (a.deleted?.at.getTime() ?? 0)),
  };
}
