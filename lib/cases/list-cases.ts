import { seesAllCases } from "@/lib/cases/case-access";
import { type CaseFilter, casesPerPage } from "@/lib/cases/case-filter";
import type { CaseLevel, CaseStatus } from "@/lib/cases/case-words";
import type { DistrictTx } from "@/lib/db/types";
import type { Actor } from "@/lib/policy";

/** Hits are counted up to here; beyond, the list says "more than". Also the last case that paging leads to. */
export const countedTo = 10_000;

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

async function pageOfCases(tx: DistrictTx, actor: Actor, filter: CaseFilter): Promise<{ rows: CaseRow[]; total: number }> {
  const rows = await tx.$queryRaw<(Row | ({ id: null } & { total: number }))[]>`
    with hit as materialized (
      select f.ids, f.total from search_cases(${filter.q}, ${filter.status === "all" ? null : filter.status}, ${filter.buildingId}::uuid, ${filter.teamId}::uuid, ${filter.level},
        ${seesAllCases(actor) ? null : actor.membershipId}::uuid, ${filter.sort}, ${filter.descending}, ${casesPerPage}::int, ${(filter.page - 1) * casesPerPage}::int, ${countedTo + 1}::int) f)
    select hit.total, c.id, c.number, coalesce(s.given_name, p.given_name) as "givenName", coalesce(s.family_name, p.family_name) as "familyName",
      coalesce(s.grade, p.grade) as grade, c.student_id is not null as "onRoster", b.name as building, t.name as team, l.name as "teamLeader", m.name as manager,
      c.status, c.level, c.updated_at as "updatedAt", c.received_at is not null as received, x.id as "transferId", x.open as "transferOpen"
    from hit
    left join lateral unnest(hit.ids) with ordinality o (id, n) on true
    left join "case" c on c.district_id = current_district() and c.id = o.id
    left join student s on s.district_id = c.district_id and s.id = c.student_id
    left join person p on p.district_id = c.district_id and p.id = c.person_id
    left join building b on b.district_id = c.district_id and b.id = c.building_id
    left join team t on t.district_id = c.district_id and t.id = c.team_id
    left join membership l on l.district_id = t.district_id and l.id = t.leader_id
    left join membership m on m.district_id = c.district_id and m.id = c.manager_id
    left join lateral (
      select tr.id, tc.open from transfer_case tc join transfer tr on tr.id = tc.transfer_id
      where tc.district_id = c.district_id and tc.case_id = c.id and (tc.open or tr.status = 'completed')
      order by tc.open desc, tr.created_at desc limit 1) x on true
    order by o.n`;
  return {
    total: rows[0]?.total ?? 0,
    rows: rows.filter((row): row is Row => row.id !== null).map(({ total: _, transferId, transferOpen, ...row }) => ({
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
