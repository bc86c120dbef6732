import { join, sql } from "@/lib/db/sql";
import type { DistrictTx } from "@/lib/db/types";
import { stateName } from "@/lib/districts/states";
import { type Actor, demand } from "@/lib/policy";
import type { TransferStatus } from "@/lib/transfers/state";

export const transferSorts = ["sent", "district", "cases", "expires", "status"] as const;
export type TransferSort = (typeof transferSorts)[number];
export type TransferFilter = {
  side: "incoming" | "outgoing";
  /** Reference or the other district's name. */
  q: string;
  status: TransferStatus | "locked" | "waiting" | null;
  sort: TransferSort;
  descending: boolean;
  page: number;
};
export const transfersPerPage = 20;

/** A line of the lists. Nothing in it identifies a person. */
export type TransferRow = {
  id: string;
  reference: string;
  side: "incoming" | "outgoing";
  otherDistrict: string;
  /** The state's name. */
  otherState: string;
  cases: number;
  createdAt: Date;
  sentAt: Date | null;
  expiresAt: Date | null;
  status: TransferStatus;
  locked: boolean;
  /** Which side's switch is off, so that a pending transfer waits. */
  waitsFor: "us" | "them" | null;
  decidedAt: Date | null;
  /** Who of the own district decided, or gave the code; null where it was the other side or the clock. */
  ownActor: string | null;
  reason: string | null;
  /** Case details entered so far, of an incoming unlocked transfer, and who entered the latest. */
  entered: number;
  enteredBy: string | null;
};

const columns = sql`
  t.id, t.reference, case when t.sending_district_id = current_district() then 'outgoing' else 'incoming' end side, o.name "otherDistrict", o.state "otherState", t.item_count cases,
  t.created_at "createdAt", t.sent_at "sentAt", t.expires_at "expiresAt", t.status, (t.status = 'pending' and t.locked_at is not null) locked,
  case when t.status = 'pending' then case when not h.case_transfers_on then 'us' when not o.case_transfers_on then 'them' end end "waitsFor",
  t.decided_at "decidedAt", (select e.actor_name from transfer_event e where e.transfer_id = t.id and e.district_id = current_district() and e.verb in ('unlock', 'reject', 'cancel', 'save') order by e.at desc limit 1) "ownActor",
  t.reason, (select count(*)::int from intake i where i.transfer_id = t.id) entered,
  (select m.name from intake i join membership m on m.district_id = i.district_id and m.id = i.decided_by where i.transfer_id = t.id order by i.decided_at desc limit 1) "enteredBy"`;

const from = sql`
  from transfer t join district o on o.id = case when t.sending_district_id = current_district() then t.receiving_district_id else t.sending_district_id end
  join district h on h.id = current_district()`;

/** A page of incoming or outgoing case transfers, and how many match. Throws `forbidden`. */
export async function listTransfers(
  tx: DistrictTx,
  actor: Actor,
  filter: TransferFilter,
): Promise<{ rows: TransferRow[]; total: number; all: number; waiting: number }> {
  demand(actor, "manageCases");
  const side =
    filter.side === "outgoing"
      ? sql`t.sending_district_id = ${actor.districtId}::uuid`
      : sql`t.receiving_district_id = ${actor.districtId}::uuid`;
  const words = filter.q.split(/\s+/).filter(Boolean).slice(0, 8);
  const conditions = [
    side,
    ...words.map(
      (word) =>
        sql`(t.reference ilike ${`%${escapeLike(word)}%`} or o.search like '%' || nullif(norm(${word}), '') || '%')`,
    ),
    ...(filter.status === null
      ? []
      : filter.status === "locked"
        ? [sql`t.status = 'pending' and t.locked_at is not null`]
        : filter.status === "waiting"
          ? [
              filter.side === "incoming"
                ? sql`t.status in ('pending', 'unlocked')`
                : sql`t.status in ('preparing', 'pending', 'unlocked')`,
            ]
          : [sql`t.status = ${filter.status}`]),
  ];
  const where = sql`where ${join(conditions, " and ")}`;
  const order = {
    sent: sql`t.created_at`,
    district: sql`o.name`,
    cases: sql`t.item_count`,
    // What is unlocked no longer expires, and stands between what still does and what is over.
    expires: sql`case t.status when 'pending' then t.expires_at when 'unlocked' then 'infinity' when 'preparing' then 'infinity' end`,
    status: sql`t.status`,
  }[filter.sort];
  const direction = filter.descending ? sql`desc nulls last` : sql`asc nulls last`;
  const [rows, [counts]] = [
    await tx.$queryRaw<
      TransferRow[]
    >`select ${columns} ${from} ${where} order by ${order} ${direction}, t.created_at desc, t.id limit ${transfersPerPage}::int offset ${(filter.page - 1) * transfersPerPage}::int`,
    await tx.$queryRaw<[{ total: number; all: number; waiting: number }]>`
      select (select count(*)::int ${from} ${where}) total,
        (select count(*)::int from transfer t where ${side}) "all",
        (select count(*)::int from transfer t where ${side} and t.status in ('pending', 'unlocked')) waiting`,
  ];
  return { rows: rows.map(named), ...counts };
}

/** One transfer as the lists show it, or null. */
export async function findTransferRow(tx: DistrictTx, transferId: string): Promise<TransferRow | null> {
  const [row] = await tx.$queryRaw<TransferRow[]>`select ${columns} ${from} where t.id = ${transferId}::uuid`;
  return row ? named(row) : null;
}

const named = (row: TransferRow): TransferRow => ({ ...row, otherState: stateName(row.otherState) });

const escapeLike = (text: string) => text.replaceAll(/[\\%_]/g, "\\$&");
