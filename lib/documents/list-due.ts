import { sql } from "@/lib/db/sql";
import type { DistrictTx } from "@/lib/db/types";
import { seen } from "@/lib/documents/document-access";
import { demandRetention, rulesToday } from "@/lib/documents/retention-access";
import type { RetentionKind } from "@/lib/documents/retention-kinds";
import type { Actor } from "@/lib/policy";
import { seenCase } from "@/lib/students/student-access";

/** Whom a record is about. A person who isn't on the roster has no SIS ID. */
export type RecordPerson = { studentId: string | null; givenName: string; familyName: string; sisId: string | null };
export type DueRecord = {
  id: string;
  kind: RetentionKind;
  /** Null where the viewer doesn't see this case or document: they don't propose it either. */
  person: RecordPerson | null;
  /** Of a case that the viewer sees. */
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
/** More aren't counted, of all or of a kind. */
export const mostCounted = 1_000;

/**
 * What is due to be destroyed by the district's rules, as `due (kind, id, student_id, person_id, counted, due_on)`: closed cases by the day of
 * their closing, documents by their date or, of those who have left and not come back, by that day. Quarantined documents aren't seen. Typed words are
 * looked for in what is due, as the other searches do it: by person, SIS ID and case number, of what the actor sees.
 */
function dueRecords(actor: Actor, { kind, q }: DueFilter) {
  const words = q.trim();
  // Three letters and more match anywhere in a word, fewer at its beginning.
  const typed = sql`
    typed as materialized (select array_agg(case when length(w) < 3 then '% ' || w || '%' else '%' || w || '%' end) as likes from unnest(string_to_array(norm(${words}), ' ')) w where w <> ''),`;
  const document = words
    ? sql`and ${seen(actor)} and exists (select 1 from typed y join student z on z.district_id = current_district() and z.id = d.student_id where z.search like all (y.likes))`
    : sql``;
  const ofCase = words
    ? sql`and ${seenCase(actor)} and exists (select 1 from typed y
        left join student z on z.district_id = current_district() and z.id = c.student_id left join person o on o.district_id = current_district() and o.id = c.person_id
        where ' ' || norm(c.number) || coalesce(z.search, ' ' || norm(concat_ws(' ', o.given_name, o.preferred_name, o.family_name))) like all (y.likes))`
    : sql``;
  return sql`
    ${rulesToday},
    ${words ? typed : sql``}
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

/** What stands under a legal hold, read once: `is_held` would be asked for every record that is due. */
const holds = sql`hold as materialized (select h.student_id, h.case_id from legal_hold h where h.district_id = current_district() and h.lifted_at is null)`;
/** Of a `due x`, why it can't be proposed now, as "kept"; and the open proposal that it's in. Needs the `hold`s. */
const keptColumns = sql`
  case when x.student_id in (select h.student_id from hold h where h.student_id is not null) then 'held'
    when x.kind = 'case' and x.id in (select h.case_id from hold h where h.case_id is not null) then 'held'
    when p.proposal_id is not null then 'proposed'
    when x.kind = 'case' and exists (select 1 from transfer_case t where t.district_id = current_district() and t.case_id = x.id and t.open) then 'waits'
    when x.kind <> 'case' and exists (select 1 from transfer_document t join transfer y on y.id = t.transfer_id
      where t.district_id = current_district() and t.document_id = x.id and y.status = 'preparing') then 'waits' end kept`;
const proposed = sql`left join purge_proposal_item p on p.district_id = current_district() and p.subject_id = x.id and p.outcome is null`;

/**
 * A page of what is due, the longest due first, and how many there are, up to `mostCounted`. Throws `forbidden`.
 */
export async function listDue(
  tx: DistrictTx,
  actor: Actor,
  filter: DueFilter & { page: number },
): Promise<{ records: DueRecord[]; total: number; more: boolean; page: number }> {
  demandRetention(actor);
  // In a query of its own, where `due` stands once and so ends with the last one counted.
  const [{ found }] = await tx.$queryRaw<[{ found: number }]>`
    with ${dueRecords(actor, filter)} select (select count(*)::int from (select 1 from due limit ${mostCounted + 1}::int) y) found`;
  const total = Math.min(found, mostCounted);
  const page = Math.min(Math.max(1, filter.page), Math.max(1, Math.ceil(total / duePerPage)));
  const rows = await tx.$queryRaw<(Omit<DueRecord, "person"> & RecordPerson & { shown: boolean })[]>`
    with ${dueRecords(actor, filter)}, ${holds},
    x as materialized (select * from due order by due_on, id limit ${duePerPage}::int offset ${(page - 1) * duePerPage}::int)
    select x.id, x.kind, case when x.kind = 'case' then ${seenCase(actor)} else ${seen(actor)} end is true as shown, x.student_id as "studentId", coalesce(s.given_name, o.given_name) as "givenName", coalesce(s.family_name, o.family_name) as "familyName", s.sis_id as "sisId",
      c.number, x.counted::text as from, x.due_on::text as "dueOn", ${keptColumns}, p.proposal_id as "proposalId"
    from x ${proposed}
    left join student s on s.district_id = current_district() and s.id = x.student_id
    left join person o on o.district_id = current_district() and o.id = x.person_id
    left join "case" c on x.kind = 'case' and c.district_id = current_district() and c.id = x.id
    left join document d on x.kind <> 'case' and d.district_id = current_district() and d.id = x.id
    order by x.due_on, x.id`;
  return {
    records: rows.map(({ shown, studentId, givenName, familyName, sisId, ...row }) => ({
      ...row,
      number: shown ? row.number : null,
      person: shown ? { studentId, givenName, familyName, sisId } : null,
    })),
    total,
    more: found > mostCounted,
    page,
  };
}

/** Of a kind of record whose years are over: how many can be proposed, and how many are kept back, by why. */
export type DueCount = {
  kind: RetentionKind;
  due: number;
  proposed: number;
  held: number;
  waits: number;
  /** There are more than `mostCounted`: then the numbers are of some of them. */
  more: boolean;
};

/** How many records of each kind a filter finds, without those of which there are none; each counted up to `mostCounted`. Throws `forbidden`. */
export async function countDue(
  tx: DistrictTx,
  actor: Actor,
  filter: DueFilter = { kind: null, q: "" },
): Promise<DueCount[]> {
  demandRetention(actor);
  return tx.$queryRaw`
    with ${dueRecords(actor, filter)}, ${holds}
    select r.kind, n.due, n.proposed, n.held, n.waits, n.found > ${mostCounted}::int as more from rule r
    cross join lateral (
      select count(*)::int found, count(*) filter (where y.kept is null)::int due, count(*) filter (where y.kept = 'proposed')::int proposed,
        count(*) filter (where y.kept = 'held')::int held, count(*) filter (where y.kept = 'waits')::int waits
      from (select ${keptColumns} from (select * from due x where x.kind = r.kind limit ${mostCounted + 1}::int) x ${proposed}) y) n
    where n.found > 0 order by n.found desc, 1`;
}

/** The ids of what can be proposed now: of the named ones, or without names the longest due of the filter; at most `limit`. */
export async function dueToPropose(
  tx: DistrictTx,
  actor: Actor,
  filter: DueFilter,
  ids: readonly string[] | null,
  limit: number,
): Promise<{ id: string; kind: RetentionKind; studentId: string | null; personId: string | null; dueOn: string }[]> {
  return tx.$queryRaw`
    with ${dueRecords(actor, filter)}, ${holds},
    x as (select x.*, ${keptColumns} from due x ${proposed} ${ids ? sql`where x.id = any (${[...ids]}::uuid[])` : sql``})
    select x.id, x.kind, x.student_id as "studentId", x.person_id as "personId", x.due_on::text as "dueOn" from x where x.kept is null order by x.due_on, x.id limit ${limit}::int`;
}
