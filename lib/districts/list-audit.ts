import { join, sql } from "@/lib/db/sql";
import type { DistrictTx } from "@/lib/db/types";
import type { AuditFilter } from "@/lib/districts/audit-filter";
import { actionsOf, wordsOf } from "@/lib/districts/audit-words";
import { type Actor, demand, may } from "@/lib/policy";

/** What an entry is about and may be opened by the viewer, or null. */
export type AuditSubject = {
  kind: "case" | "student" | "case-transfer" | "document-transfer" | "request" | "user" | "proposal";
  id: string;
};

/** An entry of the audit log in people's words: who, what before and after the subject, what it was done to. */
export type AuditEntryView = {
  seq: bigint;
  at: Date;
  who: string;
  /** Empty for a few: "signed in". */
  before: string;
  about: string | null;
  after: string | null;
  open: AuditSubject | null;
  /** Of what was purged: the certificate, which stands in for it. */
  certificate: { id: string; number: string } | null;
  /** noun.verb, for the export. */
  action: string;
  /** The caller's address, for what one's own people did. */
  address: string | null;
};
export type AuditPage = { entries: AuditEntryView[]; newer: boolean; older: boolean };

/** Entries on a page. */
export const auditPerPage = 50;

type Row = {
  seq: bigint;
  at: Date;
  actor_id: string | null;
  actor_name: string | null;
  ip: string | null;
  action: string;
  subject: string | null;
  subject_id: string | null;
  case_id: string | null;
  case_number: string | null;
  case_seen: boolean;
  transfer_reference: string | null;
  transfer_kind: string | null;
  other_district: string | null;
  request_reference: string | null;
  request_kind: string | null;
  sis_id: string | null;
  student_id: string | null;
  user_name: string | null;
  proposal_id: string | null;
  proposal_number: string | null;
  certificate_id: string | null;
  certificate_number: string | null;
};

/**
 * A page of the district's audit log, newest first. It says which case, transfer or student an entry is about by number alone: whom
 * a case is about stays with those who may open it. Throws `forbidden`.
 */
export async function listAudit(tx: DistrictTx, actor: Actor, filter: AuditFilter): Promise<AuditPage> {
  demand(actor, "manageDistrict");
  const upwards = filter.after !== null;
  const rows = await readAudit(tx, actor, filter, auditPerPage + 1);
  const more = rows.length > auditPerPage;
  const shown = rows.slice(0, auditPerPage);
  if (upwards) shown.reverse();
  return {
    entries: shown,
    newer: upwards ? more : filter.before !== null,
    older: upwards ? true : more,
  };
}

/** At most `limit` entries of the filter from its place on: older ones newest first, or, after an entry, newer ones oldest first. */
export async function readAudit(
  tx: DistrictTx,
  actor: Actor,
  filter: AuditFilter,
  limit: number,
): Promise<AuditEntryView[]> {
  const chosen = await chosenRows(tx, actor, filter, limit);
  if (chosen === null) return [];
  const direction = filter.after === null ? sql`desc` : sql`asc`;
  const rows = await tx.$queryRaw<Row[]>`
    with a as materialized (${chosen})
    select a.seq, a.at, a.actor_id, a.actor_name, a.ip, a.action, a.subject, a.subject_id,
      c.id case_id, c.number case_number, (${may(actor, "manageCases")} or exists (select 1 from case_assignment m
        where m.district_id = c.district_id and m.case_id = c.id and m.membership_id = ${actor.membershipId}::uuid)) case_seen,
      t.reference transfer_reference, t.kind transfer_kind, o.name other_district, r.reference request_reference, r.kind request_kind,
      s.id student_id, s.sis_id, u.name user_name, p.id proposal_id, p.number proposal_number, z.id certificate_id, z.number certificate_number
    from a
    left join attachment f on a.subject = 'attachment' and f.district_id = a.district_id and f.id = a.subject_id
    left join document d on a.subject = 'document' and d.district_id = a.district_id and d.id = a.subject_id
    left join "case" c on c.district_id = a.district_id
      and c.id = case a.subject when 'case' then a.subject_id when 'attachment' then coalesce(f.case_id, (a.detail ->> 'case')::uuid) end
    left join transfer t on a.subject = 'transfer' and t.id = a.subject_id
    left join record_request r on a.subject = 'request' and r.id = a.subject_id
    left join district o on o.id = case when a.subject = 'transfer' then case when t.sending_district_id = a.district_id then t.receiving_district_id else t.sending_district_id end
      when a.subject = 'request' then case when r.holding_district_id = a.district_id then r.requesting_district_id else r.holding_district_id end end
    left join purge_certificate z on a.action in ('case.purge', 'document.purge') and z.district_id = a.district_id and z.number = a.detail ->> 'certificate'
    left join student s on s.district_id = a.district_id
      and s.id = case a.subject when 'student' then a.subject_id when 'document' then coalesce(d.student_id, (a.detail ->> 'student')::uuid, z.student_id) end
    left join purge_proposal p on p.district_id = a.district_id
      and p.id = case when a.subject = 'proposal' then a.subject_id when a.action like 'purge.%' then (a.detail ->> 'proposal')::uuid end
    left join membership u on a.subject = 'user' and u.district_id = a.district_id and u.id = a.subject_id
    order by a.seq ${direction}`;
  return rows.map((row) => viewOf(row, actor));
}

/** The query for the rows themselves, by the index that leads to them; null where nothing can match. */
async function chosenRows(tx: DistrictTx, actor: Actor, filter: AuditFilter, limit: number) {
  const conditions = [sql`a.district_id = ${actor.districtId}::uuid`];
  if (filter.from || filter.to) conditions.push(...(await dayBounds(tx, filter)));
  if (filter.before !== null) conditions.push(sql`a.seq < ${filter.before}`);
  if (filter.after !== null) conditions.push(sql`a.seq > ${filter.after}`);
  const order = sql`order by a.seq ${filter.after === null ? sql`desc` : sql`asc`} limit ${limit}`;
  const who = filter.who ? await findPeople(tx, filter.who) : null;
  const about = filter.about ? await findSubjects(tx, actor, filter.about) : null;
  const actions = filter.what && actionsOf(filter.what);
  if (who && who.ids.length === 0 && !who.worker) return null;
  if (about?.length === 0) return null;
  const byWho =
    who &&
    sql`(a.actor_id = any (${who.ids}::uuid[])${who.worker ? sql` or (a.actor_id is null and a.actor_name = 'Baton')` : sql``})`;
  const byAction = actions && sql`a.action = any (${actions}::text[])`;
  // One index scan per person, action or subject, each in the order of the chain and none longer than the page: the planner would
  // rather walk the whole chain backwards and throw away what doesn't match, which for somebody who did little takes seconds.
  const each = (keys: ReturnType<typeof sql>, more: (ReturnType<typeof sql> | null)[]) => sql`
    select a.* from (${keys}) k cross join lateral (
      select a.* from audit a where ${join([...conditions, ...more.filter((one) => one !== null)], " and ")} ${order}) a ${order}`;
  if (about) return each(sql`select unnest(${about}::uuid[]) key`, [sql`a.subject_id = k.key`, byWho, byAction]);
  if (who && !who.worker) return each(sql`select unnest(${who.ids}::uuid[]) key`, [sql`a.actor_id = k.key`, byAction]);
  if (who) conditions.push(byWho ?? sql`true`);
  if (actions) return each(sql`select unnest(${actions}::text[]) key`, [sql`a.action = k.key`]);
  return sql`select a.* from audit a where ${join(conditions, " and ")} ${order}`;
}

/** From the first moment of a day to the last of another, in the district's time zone, as places in the chain. */
async function dayBounds(tx: DistrictTx, { from, to }: AuditFilter) {
  const [bound] = await tx.$queryRaw<[{ first: bigint | null; end: bigint | null }]>`
    select audit_seq_at(${from}::date::timestamp at time zone z.time_zone) "first", audit_seq_at((${to}::date + 1)::timestamp at time zone z.time_zone) "end"
    from district_settings z where z.district_id = current_district()`;
  return [
    ...(from && bound.first !== null ? [sql`a.seq >= ${bound.first}`] : []),
    ...(to && bound.end !== null ? [sql`a.seq < ${bound.end}`] : []),
  ];
}

/** More people than this of one name don't narrow a search. */
const mostPeople = 500;

async function findPeople(tx: DistrictTx, text: string): Promise<{ ids: string[]; worker: boolean }> {
  const rows = await tx.$queryRaw<{ id: string }[]>`
    select m.id from membership m where m.district_id = current_district()
      and not exists (select 1 from unnest(string_to_array(norm(${text}), ' ')) w
        where w <> '' and norm(m.name || ' ' || m.email || ' ' || m.username) not like '%' || w || '%')
    order by m.name, m.id limit ${mostPeople}`;
  return { ids: rows.map((row) => row.id), worker: text.toLowerCase() === "baton" };
}

const mostSubjects = 200;

/**
 * The ids of what a number or name may mean: cases (with their attachments), transfers, requests and proposals by number, what a
 * certificate stands in for, students by SIS ID or name (with their documents), users by name. Which cases a name means, only who sees all cases is told.
 */
async function findSubjects(tx: DistrictTx, actor: Actor, text: string): Promise<string[]> {
  const key = text.toUpperCase();
  const rows = await tx.$queryRaw<{ id: string }[]>`
    with students as (select s.id from search_students(${text}, 50) f (id) join student s on s.district_id = current_district() and s.id = f.id),
      cases as (select c.id from "case" c where c.district_id = current_district() and (upper(c.number) = ${key}
        or (${may(actor, "manageCases")} and c.student_id in (select id from students))))
    select x.id from (
      select id from cases
      union select f.id from attachment f where f.district_id = current_district() and f.case_id in (select id from cases)
      union select t.id from transfer t where t.reference = ${key}
      union select r.id from record_request r where r.reference = ${key}
      union select p.id from purge_proposal p where p.district_id = current_district() and p.number = ${key}
      union select coalesce(i ->> 'caseId', i ->> 'documentId')::uuid from purge_certificate z cross join lateral jsonb_array_elements(z.items) i
        where z.district_id = current_district() and z.number = ${key}
      union select id from students
      union select d.id from document d where d.district_id = current_district() and d.student_id in (select id from students)
      union select m.id from membership m where m.district_id = current_district() and norm(m.name) = norm(${text})
    ) x limit ${mostSubjects}`;
  return rows.map((row) => row.id);
}

function viewOf(row: Row, actor: Actor): AuditEntryView {
  const [before, after] = wordsOf(row.action);
  const about = after === null ? null : subjectOf(row, actor);
  return {
    seq: row.seq,
    at: row.at,
    who: row.actor_name ?? (row.other_district ? `Staff of ${row.other_district}` : "Another district’s staff"),
    before,
    about: about?.label ?? null,
    after,
    open: about?.open ?? null,
    certificate:
      row.certificate_id && row.certificate_number ? { id: row.certificate_id, number: row.certificate_number } : null,
    action: row.action,
    address: row.ip,
  };
}

/** The subject by number, and as a link where the viewer may open it. What is gone says so. */
function subjectOf(row: Row, actor: Actor): { label: string; open: AuditSubject | null } {
  const file = row.subject === "attachment" ? "a file of " : row.subject === "document" ? "a document of " : "";
  const id = row.subject_id ?? "";
  switch (row.subject) {
    case "case":
    case "attachment":
      if (row.certificate_id) return { label: "a case", open: null };
      if (!row.case_id) return { label: `${file}a case that isn’t there any more`, open: null };
      return {
        label: `${file}case ${row.case_number}`,
        open: row.case_seen ? { kind: "case", id: row.case_id } : null,
      };
    case "transfer": {
      const documents = row.transfer_kind === "documents";
      const seen = may(actor, documents ? "manageDocuments" : "manageCases");
      return {
        label: row.transfer_reference ? `transfer ${row.transfer_reference}` : "a transfer",
        open: row.transfer_reference && seen ? { kind: documents ? "document-transfer" : "case-transfer", id } : null,
      };
    }
    case "request": {
      const seen = may(actor, row.request_kind === "documents" ? "manageDocuments" : "manageCases");
      return {
        label: row.request_reference ? `record request ${row.request_reference}` : "a record request",
        open: row.request_reference && seen ? { kind: "request", id } : null,
      };
    }
    case "student":
    case "document":
      if (!row.student_id) return { label: `${file}a student`, open: null };
      return { label: `${file}student ${row.sis_id}`, open: { kind: "student", id: row.student_id } };
    case "user":
      if (id === row.actor_id) return { label: "themselves", open: null };
      return { label: row.user_name ?? "a user", open: row.user_name ? { kind: "user", id } : null };
    default:
      if (row.proposal_id && row.proposal_number)
        return { label: `proposal ${row.proposal_number}`, open: { kind: "proposal", id: row.proposal_id } };
      return { label: "the district", open: null };
  }
}
