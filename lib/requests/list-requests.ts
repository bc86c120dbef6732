import { join, sql } from "@/lib/db/sql";
import type { DistrictTx } from "@/lib/db/types";
import { dayIn } from "@/lib/districts/day-text";
import { holdingCalendars } from "@/lib/districts/holding-calendars";
import { stateName } from "@/lib/districts/states";
import { type DocumentType, documentTypeNames } from "@/lib/documents/document-types";
import type { Actor } from "@/lib/policy";
import { kindsOf, type RequestKind, type RequestSide, type RequestStatus } from "@/lib/requests/request-content";
import { type RequestDue, type RequestDueRow, withDue } from "@/lib/requests/request-due";
import { type RequestFilter, requestsPerPage } from "@/lib/requests/request-filter";

/** A record request as the lists show it: nothing that names a person. */
export type RequestRow = {
  id: string;
  reference: string;
  side: RequestSide;
  kind: RequestKind;
  documentTypes: DocumentType[];
  /** What is asked for, in words: "IEP, Evaluation", "Cases". */
  what: string;
  otherDistrict: string;
  otherState: string;
  status: RequestStatus;
  requestedAt: Date;
  decidedAt: Date | null;
  /** Who of the own district asked, or decided; null where it was the other side. */
  requestedBy: string | null;
  decidedBy: string | null;
  reason: string | null;
  /** Null where there is no deadline. */
  due: RequestDue | null;
};

type Sql = ReturnType<typeof sql>;
type Read = Omit<RequestRow, "what" | "due"> & RequestDueRow;

const columns = sql`
  r.id, r.reference, case when r.requesting_district_id = current_district() then 'outgoing' else 'incoming' end side, r.kind, r.document_types "documentTypes",
  o.name "otherDistrict", o.state "otherState", r.status, r.requested_at "requestedAt", r.decided_at "decidedAt",
  case when r.requesting_district_id = current_district() then r.requested_by_name end "requestedBy",
  case when (r.status = 'withdrawn') = (r.requesting_district_id = current_district()) then r.decided_by_name end "decidedBy", r.decline_reason reason,
  r.due_on::text "dueOn", r.due_days "dueDays", r.due_kind "dueKind", r.due_own "dueOwn", r.holding_district_id "holderId",
  case when r.requesting_district_id = current_district() then o.state else (select h.state from district h where h.id = r.holding_district_id) end "holderState"`;

const from = sql`
  from record_request r join district o on o.id = case when r.requesting_district_id = current_district() then r.holding_district_id else r.requesting_district_id end`;

/** A page of incoming or outgoing record requests of the kinds that the actor has to do with, and how many match. Due days are those of the district that holds the record. Throws `forbidden`. */
export async function listRequests(
  tx: DistrictTx,
  actor: Actor,
  filter: RequestFilter,
  now: Date = new Date(),
): Promise<{ rows: RequestRow[]; total: number; all: number; open: number; overdue: number }> {
  const side = sql`${
    filter.side === "outgoing"
      ? sql`r.requesting_district_id = ${actor.districtId}::uuid`
      : sql`r.holding_district_id = ${actor.districtId}::uuid`
  } and r.kind = any (${kindsOf(actor)})`;
  const overdue = await overdueNow(tx, side, now);
  const words = filter.q.split(/\s+/).filter(Boolean).slice(0, 8);
  const conditions = [
    side,
    ...words.map(
      (word) =>
        sql`(position(lower(${word}) in lower(r.reference)) > 0 or o.search like '%' || nullif(norm(${word}), '') || '%')`,
    ),
    ...(filter.status === null ? [] : [filter.status === "overdue" ? overdue : sql`r.status = ${filter.status}`]),
  ];
  const where = sql`where ${join(conditions, " and ")}`;
  const order = {
    asked: sql`r.requested_at`,
    district: sql`o.name`,
    due: dueOfOpen,
    status: sql`array_position(array['open', 'answered', 'declined', 'withdrawn'], r.status)`,
  }[filter.sort];
  const direction = filter.descending ? sql`desc` : sql`asc`;
  const rows = await tx.$queryRaw<
    Read[]
  >`select ${columns} ${from} ${where} order by ${order} ${direction} nulls last, r.status <> 'open', ${dueOfOpen} nulls last, r.requested_at desc, r.id limit ${requestsPerPage}::int offset ${(filter.page - 1) * requestsPerPage}::int`;
  const [counts] = await tx.$queryRaw<[{ total: number; all: number; open: number; overdue: number }]>`
    select (select count(*)::int ${from} ${where}) total, (select count(*)::int from record_request r where ${side}) "all",
      (select count(*)::int from record_request r where ${side} and r.status = 'open') open,
      (select count(*)::int from record_request r where ${side} and ${overdue}) overdue`;
  return { rows: (await withDue(tx, rows, now)).map(named), ...counts };
}

/** One record request as the lists show it, or null. */
export async function findRequestRow(
  tx: DistrictTx,
  actor: Actor,
  requestId: string,
  now: Date = new Date(),
): Promise<RequestRow | null> {
  const rows = await tx.$queryRaw<Read[]>`select ${columns} ${from} where r.id = ${requestId}::uuid`;
  const [row] = await withDue(tx, rows, now);
  return row ? named(row) : null;
}

/** The due day, of what is still open. */
const dueOfOpen = sql`case when r.status = 'open' then r.due_on end`;

/**
 * What is overdue of a side's requests: by the day that it is where the record is held. No place is more than a day off from UTC, so that
 * the holders' zones are asked for only where it's that day or the one before.
 */
async function overdueNow(tx: DistrictTx, side: Sql, now: Date): Promise<Sql> {
  const utcDay = dayIn("UTC", now);
  const near = await tx.$queryRaw<{ id: string }[]>`
    select distinct r.holding_district_id id from record_request r
    where ${side} and r.status = 'open' and r.due_on between ${utcDay}::date - 1 and ${utcDay}::date`;
  const holders =
    near.length > 0
      ? await holdingCalendars(
          tx,
          near.map((one) => one.id),
        )
      : new Map<string, never>();
  const days = [...holders.values()].map((holder) => dayIn(holder.timeZone, now));
  return sql`r.status = 'open' and (r.due_on < ${utcDay}::date - 1 or (r.due_on <= ${utcDay}::date and r.due_on < (
    select x.today from unnest(${[...holders.keys()]}::uuid[], ${days}::date[]) x (id, today) where x.id = r.holding_district_id)))`;
}

const named = (row: Omit<RequestRow, "what">): RequestRow => ({
  ...row,
  otherState: stateName(row.otherState),
  what: row.kind === "cases" ? "Cases" : row.documentTypes.map((type) => documentTypeNames[type]).join(", "),
});
