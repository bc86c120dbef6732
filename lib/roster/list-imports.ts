import type { DistrictTx } from "@/lib/db/types";
import { DomainError } from "@/lib/errors";
import { type Actor, demand } from "@/lib/policy";
import { mostLeaving } from "@/lib/roster/limits";
import { failureWords } from "@/lib/roster/problem-words";

export type ImportStatus = "checking" | "ready" | "held" | "failed" | "applying" | "applied" | "discarded";

export type ImportView = {
  id: string;
  status: ImportStatus;
  fileName: string;
  /** In bytes. */
  fileBytes: number;
  /** Came from the pick-up folder. */
  pickedUp: boolean;
  by: string;
  at: Date;
  kind: "bulk" | "delta" | null;
  version: string | null;
  rowsRead: number;
  activeBefore: number;
  counts: { added: number; changed: number; returned: number; leaving: number; unchanged: number; staff: number };
  errors: number;
  notes: number;
  /** Why a held one is held: so many leave, or rows of which nobody can say whose they are may be those who'd leave. */
  heldFor: "leaving" | "unnamed" | null;
  /** Why it failed, and what to do. */
  failure: string | null;
  checkedAt: Date | null;
  decided: { by: string; at: Date } | null;
  appliedAt: Date | null;
};
export type ImportPage = { imports: ImportView[]; total: number; page: number };

export const importsPerPage = 20;

type Row = {
  id: string;
  status: ImportStatus;
  file_name: string;
  file_bytes: bigint;
  picked_up: boolean;
  uploaded_by_name: string;
  uploaded_at: Date;
  kind: "bulk" | "delta" | null;
  version: string | null;
  rows_read: number;
  active_before: number;
  added: number;
  changed: number;
  returned: number;
  leaving: number;
  unchanged: number;
  staff: number;
  error_count: number;
  note_count: number;
  failure: string | null;
  failure_detail: string | null;
  checked_at: Date | null;
  decided_by_name: string | null;
  decided_at: Date | null;
  applied_at: Date | null;
};

/** The district's roster imports, newest first. Throws `forbidden`. */
export async function listImports(tx: DistrictTx, actor: Actor, input: { page: number }): Promise<ImportPage> {
  demand(actor, "manageDistrict");
  const page = Math.max(1, input.page);
  const rows = await tx.$queryRaw<(Row & { total: number })[]>`
    select i.*, i.pickup_mark is not null picked_up, count(*) over ()::int total from roster_import i
    where i.district_id = ${actor.districtId}::uuid order by i.uploaded_at desc, i.id limit ${importsPerPage} offset ${(page - 1) * importsPerPage}`;
  if (rows.length === 0 && page > 1) return listImports(tx, actor, { page: 1 });
  return { imports: rows.map(viewOf), total: rows[0]?.total ?? 0, page };
}

/** The import that is under way: being checked, waiting for a decision, or being applied. Throws `forbidden`. */
export async function findOpenImport(tx: DistrictTx, actor: Actor): Promise<ImportView | null> {
  demand(actor, "manageDistrict");
  const [row] = await tx.$queryRaw<Row[]>`
    select i.*, i.pickup_mark is not null picked_up from roster_import i
    where i.district_id = ${actor.districtId}::uuid and i.status in ('checking', 'ready', 'held', 'applying')`;
  return row ? viewOf(row) : null;
}

/** One import. `id` is a UUID. Throws `forbidden`, `not-there`. */
export async function getImport(tx: DistrictTx, actor: Actor, id: string): Promise<ImportView> {
  demand(actor, "manageDistrict");
  const [row] = await tx.$queryRaw<Row[]>`
    select i.*, i.pickup_mark is not null picked_up from roster_import i where i.district_id = ${actor.districtId}::uuid and i.id = ${id}::uuid`;
  if (!row) throw new DomainError("not-there");
  return viewOf(row);
}

function viewOf(row: Row): ImportView {
  return {
    id: row.id,
    status: row.status,
    fileName: row.file_name,
    fileBytes: Number(row.file_bytes),
    pickedUp: row.picked_up,
    by: row.uploaded_by_name,
    at: row.uploaded_at,
    kind: row.kind,
    version: row.version,
    rowsRead: row.rows_read,
    activeBefore: row.active_before,
    counts: {
      added: row.added,
      changed: row.changed,
      returned: row.returned,
      leaving: row.leaving,
      unchanged: row.unchanged,
      staff: row.staff,
    },
    errors: row.error_count,
    notes: row.note_count,
    heldFor: row.status === "held" ? (row.leaving > row.active_before * mostLeaving ? "leaving" : "unnamed") : null,
    failure: row.failure === null ? null : failureWords(row.failure, row.failure_detail),
    checkedAt: row.checked_at,
    decided: row.decided_at && row.decided_by_name !== null ? { by: row.decided_by_name, at: row.decided_at } : null,
    appliedAt: row.applied_at,
  };
}
