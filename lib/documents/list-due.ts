import { sql } from "@/lib/db/sql";
import type { DistrictTx } from "@/lib/db/types";
import { demandRetention, rulesToday } from "@/lib/documents/retention-access";
import type { RetentionKind } from "@/lib/documents/retention-kinds";
import type { Actor } from "@/lib/policy";

/** Whom a record is about. A person who isn't on the roster has no SIS ID. */
export type RecordPerson = { studentId: string | null; givenName: string; familyName: string; sisId: string | null };
export type DueRecord = {
  id: string;
  kind: RetentionKind;
  person: RecordPerson;
  /** Of a case. */
  number: string | null;
  /** The day that the years are counted from, and the one on which they were over: YYYY-MM-DD. */
  from: string;
  dueOn: string;
  /** Why it can't be proposed now: it's on hold, waits in a transfer, or is proposed already. */
  kept: "held" | "waits" | "proposed" | null;
  proposalId: string | null;
};
export type DueFilter = {
  kind: RetentionKind | null;
  /** Words of a student's name, an SIS ID, a case number. */
  q: string;
};
export const duePerPage = 50;
/** More aren't counted. */
export const mostCounted = 10_000;

/**
 * What is due to be destroyed by the district's rules, as `due (kind, id, student_id, person_id, counted, due_on)`: closed cases by the day of
 * their closing, documents by their date or, of those who have left and not come back, by that day. Quarantined documents aren't seen.
 */
function dueRecords({ kind, q }: DueFilter) {
  const words = q.trim();
  const found = sql`
    found_student as materialized (select f.id from search_students(${words}, 200) f (id)),
    found_case as materialized (select unnest(f.ids) id from search_cases(${words}, 'closed', null, null, null, null, 'updated', true, 500, 0, 500) f),`;
  const document = words ? sql`and d.student_id in (select id from found_student)` : sql``;
  const ofCase = words ? sql`and c.id in (select id from found_case)` : sql``;
  return sql`
    ${rulesToday},
    ${words ? found : sql``}
    due as (
      select r.kind, c.id, c.student_id, c.person_id, (c.closed_at at time zone r.zone)::date counted, ((c.closed_at at time zone r.zone)::date + make_interval(years => r.years))::date due_on
      from rule r join "case" c on c.district_id = current_district() and c.closed_at < r.before
      where r.kind = 'case' and (${kind}::text is null or r.kind = ${kind}) ${ofCase}
      union all
      select r.kind, d.id, d.student_id, null, d.kept_from, (d.kept_from + make_interval(years => r.years))::date
      from rule r join document d on d.district_id = current_district() and d.type = r.kind and d.kept_from <= r.until
      where r.counted_from = 'date' and (${kind}::text is null or r.kind = ${kind}) ${document}
      union all
      select r.kind, d.id, d.student_id, null, s.left_on, (s.left_on + make_interval(years => r.years))::date
      from rule r join student s on s.district_id = current_district() and not s.active and s.left_on <= r.until
        join document d on d.district_id = s.district_id and d.student_id = s.id and d.type = r.kind
      where r.counted_from = 'leaving' and (${kind}::text is null or r.kind = ${kind}) ${document})`;
}

/** Of a `due x`, why it can't be proposed now, as "kept"; and the open proposal that it's in. */
const keptColumns = sql`
  case when is_held(x.student_id, case x.kind when 'case' then x.id end) then 'held'
    when p.proposal_id is not null then 'proposed'
    when x.kind = 'case' and exists (select 1 from transfer_case t where t.district_id = current_district() and t.case_id = x.id and t.open) then 'waits'
    when x.kind <> 'case' and exists (select 1 from transfer_document t join transfer y on y.id = t.transfer_id
      where t.district_id = current_district() and t.document_id = x.id and y.status = 'preparing') then 'waits' end kept`;
const proposed = sql`left join purge_proposal_item p on p.district_id = current_district() and p.subject_id = x.id and p.outcome is null`;

/** A page of what is due, the longest due first, and how many there are (counted to 10,000). Throws `forbidden`. */
export async function listDue(
  tx: DistrictTx,
  actor: Actor,
  filter: DueFilter & { page: number },
): Promise<{ records: DueRecord[]; total: number; page: number }> {
  demandRetention(actor);
  const page = Math.max(1, filter.page);
  const rows = await tx.$queryRaw<(Omit<DueRecord, "person"> & RecordPerson & { total: number })[]>`
    with ${dueRecords(filter)},
    x as materialized (select * from due order by due_on, id limit ${duePerPage}::int offset ${(page - 1) * duePerPage}::int),
    n as (select count(*)::int total from (select 1 from due limit ${mostCounted}::int) y)
    select x.id, x.kind, x.student_id as "studentId", coalesce(s.given_name, o.given_name) as "givenName", coalesce(s.family_name, o.family_name) as "familyName", s.sis_id as "sisId",
      c.number, x.counted::text as from, x.due_on::text as "dueOn", ${keptColumns}, p.proposal_id as "proposalId", n.total
    from x cross join n ${proposed}
    left join student s on s.district_id = current_district() and s.id = x.student_id
    left join person o on o.district_id = current_district() and o.id = x.person_id
    left join "case" c on x.kind = 'case' and c.district_id = current_district() and c.id = x.id
    order by x.due_on, x.id`;
  if (rows.length === 0 && page > 1) return listDue(tx, actor, { ...filter, page: 1 });
  return {
    records: rows.map(({ total: _, studentId, givenName, familyName, sisId, ...row }) => ({
      ...row,
      person: { studentId, givenName, familyName, sisId },
    })),
    total: rows[0]?.total ?? 0,
    page,
  };
}

/** How many records of each kind are due, without those of which there are none. Throws `forbidden`. */
export async function countDue(tx: DistrictTx, actor: Actor): Promise<{ kind: RetentionKind; count: number }[]> {
  demandRetention(actor);
  return tx.$queryRaw`
    with ${dueRecords({ kind: null, q: "" })} select x.kind, count(*)::int as count from due x group by 1 order by 2 desc, 1`;
}

/** The ids of what can be proposed now: of the named ones, or without names the longest due of the filter; at most `limit`. */
export async function dueToPropose(
  tx: DistrictTx,
  filter: DueFilter,
  ids: readonly string[] | null,
  limit: number,
): Promise<{ id: string; kind: RetentionKind; studentId: string | null; personId: string | null; dueOn: string }[]> {
  return tx.$queryRaw`
    with ${dueRecords(filter)},
    x as (select x.*, ${keptColumns} from due x ${proposed} ${ids ? sql`where x.id = any (${[...ids]}::uuid[])` : sql``})
    select x.id, x.kind, x.student_id as "studentId", x.person_id as "personId", x.due_on::text as "dueOn" from x where x.kept is null order by x.due_on, x.id limit ${limit}::int`;
}
