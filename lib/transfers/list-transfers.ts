import { join, sql } from "@/lib/db/sql";
import type { DistrictTx } from "@/lib/db/types";
import type { ListFilter, Side } from "@/lib/districts/side-lists";
import { stateName } from "@/lib/districts/states";
import { type Actor, demand, type Permission } from "@/lib/policy";
import { type TransferKind, type TransferStatus, transferRules } from "@/lib/transfers/state";

export const transferSorts = ["sent", "district", "items", "expires", "status"] as const;
export type TransferSort = (typeof transferSorts)[number];
/** What a list can be narrowed to: a status, what is locked, or what waits for somebody. */
export type TransferNarrowing = TransferStatus | "locked" | "waiting";
export type TransferFilter = ListFilter<TransferNarrowing, TransferSort> & { kind: TransferKind };
export const transfersPerPage = 20;

/** Who may look at the transfers of a kind, and act on them. */
export const transferNeeds = { cases: "manageCases", documents: "manageDocuments" } as const satisfies Record<
  TransferKind,
  Permission
>;

/** A line of the lists. Nothing in it identifies a person. */
export type TransferRow = {
  id: string;
  kind: TransferKind;
  reference: string;
  side: Side;
  otherDistrict: string;
  /** The state's name. */
  otherState: string;
  /** How many cases or documents. */
  items: number;
  createdAt: Date;
  sentAt: Date | null;
  expiresAt: Date | null;
  status: TransferStatus;
  locked: boolean;
  /** Of documents: when they were held, and delivered. */
  heldAt: Date | null;
  deliveredAt: Date | null;
  /** When it came to stand where it stands; null where nothing has happened yet. */
  movedAt: Date | null;
  /** Which side's switch is off, so that a pending or held transfer waits. */
  waitsFor: "us" | "them" | null;
  decidedAt: Date | null;
  /** Who of the own district decided, or gave the code; null where it was the other side or the clock. */
  ownActor: string | null;
  reason: string | null;
  /** Case details entered so far, of an incoming unlocked transfer, and who entered the latest. */
  entered: number;
  enteredBy: string | null;
};

/** What takes a transfer from one state to another, as its events name it. */
const steps = [...new Set(transferRules.map((rule) => rule.verb))].filter((verb) => verb !== "seal");

const columns = sql`
  t.id, t.kind, t.reference, case when t.sending_district_id = current_district() then 'outgoing' else 'incoming' end side, o.name "otherDistrict", o.state "otherState", t.item_count items,
  t.created_at "createdAt", t.sent_at "sentAt", t.expires_at "expiresAt", t.status, (t.status = 'pending' and t.locked_at is not null) locked,
  t.held_at "heldAt", t.delivered_at "deliveredAt", (select e.at from transfer_event e where e.transfer_id = t.id and e.verb = any (${steps}::text[]) order by e.at desc limit 1) "movedAt",
  case when t.status = 'pending' then case when not h.case_transfers_on then 'us' when not o.case_transfers_on then 'them' end
    when t.status = 'held' and t.receiving_district_id = h.id and h.documents_off then 'us' end "waitsFor",
  t.decided_at "decidedAt", (select e.actor_name from transfer_event e where e.transfer_id = t.id and e.district_id = current_district() and e.verb = any (${steps}::text[]) order by e.at desc limit 1) "ownActor",
  t.reason, (select count(*)::int from intake i where i.transfer_id = t.id) entered,
  (select m.name from intake i join membership m on m.district_id = i.district_id and m.id = i.decided_by where i.transfer_id = t.id order by i.decided_at desc limit 1) "enteredBy"`;

const from = sql`
  from transfer t join district o on o.id = case when t.sending_district_id = current_district() then t.receiving_district_id else t.sending_district_id end
  join district h on h.id = current_district()`;

type Sides = Record<Side, readonly TransferStatus[]>;

/** What stands at the top of a list as waiting for somebody. */
const waitingFor: Record<TransferKind, Sides> = {
  cases: { incoming: ["pending", "unlocked"], outgoing: ["pending", "unlocked"] },
  documents: { incoming: ["held"], outgoing: ["held", "reported"] },
};
/** What the filter "waiting" finds. */
const undecided: Record<TransferKind, Sides> = {
  cases: { incoming: waitingFor.cases.incoming, outgoing: ["preparing", "pending", "unlocked"] },
  documents: { incoming: ["held"], outgoing: ["preparing", "held", "reported"] },
};

/** A page of incoming or outgoing transfers of a kind, and how many match. Throws `forbidden`. */
export async function listTransfers(
  tx: DistrictTx,
  actor: Actor,
  filter: TransferFilter,
): Promise<{ rows: TransferRow[]; total: number; all: number; waiting: number }> {
  const { kind } = filter;
  demand(actor, transferNeeds[kind]);
  const side =
    filter.side === "outgoing"
      ? sql`t.kind = ${kind} and t.sending_district_id = ${actor.districtId}::uuid`
      : sql`t.kind = ${kind} and t.receiving_district_id = ${actor.districtId}::uuid`;
  const waiting = sql`t.status = any (${[...waitingFor[kind][filter.side]]}::text[])`;
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
          ? [sql`t.status = any (${[...undecided[kind][filter.side]]}::text[])`]
          : [sql`t.status = ${filter.status}`]),
  ];
  const where = sql`where ${join(conditions, " and ")}`;
  const order = {
    sent: sql`t.created_at`,
    district: sql`o.name`,
    items: sql`t.item_count`,
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
        (select count(*)::int from transfer t where ${side} and ${waiting}) waiting`,
  ];
  return { rows: rows.map(named), ...counts };
}

/** One transfer as the lists show it, or null. */
export async function findTransferRow(
  tx: DistrictTx,
  kind: TransferKind,
  transferId: string,
): Promise<TransferRow | null> {
  const [row] = await tx.$queryRaw<
    TransferRow[]
  >`select ${columns} ${from} where t.id = ${transferId}::uuid and t.kind = ${kind}`;
  return row ? named(row) : null;
}

const named = (row: TransferRow): TransferRow => ({ ...row, otherState: stateName(row.otherState) });

const escapeLike = (text: string) => text.replaceAll(/[\\%_]/g, "\\$&");
