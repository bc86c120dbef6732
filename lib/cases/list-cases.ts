import { seesAllCases } from "@/lib/cases/case-access";
import { type CaseFilter, casesPerPage } from "@/lib/cases/case-filter";
import type { CaseLevel, CaseStatus } from "@/lib/cases/case-words";
import type { DistrictTx } from "@/lib/db/types";
import type { Actor } from "@/lib/policy";

/** Hits are counted up to here; beyond, the list says "more than". Also the last case that paging leads to. */
export const countedTo = 1_000;

export type CaseRow = {
  id: string;
  number: string;
  givenName: string;
  familyName: string;
  grade: string | null;
  onRoster: boolean;
  building: string | null;
  team: string | null;
  teamLeader: string | null;
  manager: string | null;
  status: CaseStatus;
  level: CaseLevel;
  updatedAt: Date;
  received: boolean;
  /** The latest transfer that the case waits in, or else went with. */
  transfer: { id: string; open: boolean } | null;
};

export type CaseList = {
  rows: CaseRow[];
  /** At most `countedTo`; `more` when there are more. */
  total: number;
  more: boolean;
  page: number;
  pages: number;
  /** Rows on a page. */
  size: number;
};

type Row = Omit<CaseRow, "transfer"> & { total: number; transferId: string | null; transferOpen: boolean | null };

/**
 * A page of the cases that the filter lets through and the actor sees; a page beyond the end gives the last one.
 * Reads what a list shows, which isn't an opening of a case: no audit.
 */
export async function listCases(tx: DistrictTx, actor: Actor, filter: CaseFilter): Promise<CaseList> {
  const found = await pageOfCases(tx, actor, filter);
  const pages = Math.max(1, Math.ceil(Math.min(found.total, countedTo) / casesPerPage));
  if (filter.page > pages) return listCases(tx, actor, { ...filter, page: pages });
  return {
    rows: found.rows,
    total: Math.min(found.total, countedTo),
    more: found.total > countedTo,
    page: filter.page,
    pages,
    size: casesPerPage,
  };
}

async function pageOfCases(
  tx: DistrictTx,
  actor: Actor,
  filter: CaseFilter,
): Promise<{ rows: CaseRow[]; total: number }> {
  const rows = await tx.$queryRaw<(Row | ({ id: null } & { total: number }))[]>`
    select f.total, r.id, r.number, r.given_name as "givenName", r.family_name as "familyName", r.grade, r.on_roster as "onRoster", r.building, r.team, r.team_leader as "teamLeader",
      r.manager, r.status, r.level, r.updated_at as "updatedAt", r.received, r.transfer_id as "transferId", r.transfer_open as "transferOpen"
    from search_cases(${filter.q}, ${filter.status === "all" ? null : filter.status}, ${filter.buildingId}::uuid, ${filter.teamId}::uuid, ${filter.level},
      ${seesAllCases(actor) ? null : actor.membershipId}::uuid, ${filter.sort}, ${filter.descending}, ${casesPerPage}::int, ${(filter.page - 1) * casesPerPage}::int, ${countedTo + 1}::int) f
    left join lateral case_rows(f.ids) r on true
    order by r.n`;
  return {
    total: rows[0]?.total ?? 0,
    rows: rows
      .filter((row): row is Row => row.id !== null)
      .map(({ total: _, transferId, transferOpen, ...row }) => ({
        ...row,
        transfer: transferId ? { id: transferId, open: Boolean(transferOpen) } : null,
      })),
  };
}

/** Whether the actor sees any case at all, whatever the filters say. */
export async function hasCases(tx: DistrictTx, actor: Actor): Promise<boolean> {
  const [row] = await tx.$queryRaw<[{ any: boolean }]>`
    select exists (select 1 from "case" c where c.district_id = current_district() and (${seesAllCases(actor)} or exists (
      select 1 from case_assignment a where a.district_id = c.district_id and a.case_id = c.id and a.membership_id = ${actor.membershipId}::uuid))) as any`;
  return row.any;
}
