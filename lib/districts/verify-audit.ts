import type { DistrictTx, Doors } from "@/lib/db/types";

/** Where a chain ended at a moment, kept in a second place. */
export type AuditHead = { seq: bigint /** 64 hex digits. */; hash: string };

/**
 * How a chain is broken.
 *
 * - missing: entries before this place are gone
 * - inserted: an entry stands before the chain's first
 * - unlinked: this entry doesn't follow from the one before it (put in, moved, or written anew)
 * - changed: this entry doesn't say what it said
 * - tail: the chain doesn't end where its head says (cut off, or added to past the end)
 * - cut: the kept head is farther than the chain goes
 * - rewritten: the chain is whole in itself, but not the one of which the head was kept
 */
export type AuditProblem = "missing" | "inserted" | "unlinked" | "changed" | "tail" | "cut" | "rewritten";

export type AuditReport = {
  /** How many entries were read. */
  entries: number;
  broken: { problem: AuditProblem; seq: bigint } | null;
};

/** Entries that are looked at in one statement: some tenths of a second. */
const lot = 10_000;

/**
 * Walks the district's whole chain in lots, each hash recomputed from what the row says, and compares its end with the head row and with
 * `kept`, the newest head of it in the second place. Says the first place that is broken. For the worker and the command line: it shows
 * nothing of what the entries say, and asks for no permission.
 */
export async function verifyAudit(doors: Doors, kept: AuditHead | null): Promise<AuditReport> {
  const { end, last } = await doors.district(findEnd);
  let entries = 0;
  let at: { seq: bigint | null; hash: Uint8Array | null } = { seq: null, hash: null };
  for (;;) {
    const walked = await doors.district((tx) => walkLot(tx, at, end.seq));
    entries += walked.count;
    if (walked.problem) return { entries, broken: { problem: walked.problem, seq: walked.problem_seq } };
    if (walked.count === 0) break;
    at = { seq: walked.last_seq, hash: walked.last_hash };
    if (walked.count < lot) break;
  }
  // What is written meanwhile stands after the end that was read first, with its head.
  const whole = at.seq === null ? end.seq === 0n : at.seq === end.seq && same(at.hash, end.hash);
  if (!whole || (last ?? 0n) > end.seq) return { entries, broken: { problem: "tail", seq: at.seq ?? 0n } };
  if (!kept) return { entries, broken: null };
  if (kept.seq > end.seq) {
    // Kept after the end was read: then the chain has it by now.
    const now = await doors.district(findEnd);
    if (kept.seq > now.end.seq) return { entries, broken: { problem: "cut", seq: now.end.seq } };
  }
  const hash = await doors.district((tx) => hashAt(tx, kept.seq));
  return { entries, broken: hash === kept.hash ? null : { problem: "rewritten", seq: kept.seq } };
}

type End = { seq: bigint; hash: Uint8Array | null };

/** Where the head row says that the chain ends, and the last row that is there; one look at both. */
async function findEnd(tx: DistrictTx): Promise<{ end: End; last: bigint | null }> {
  const [row] = await tx.$queryRaw<[{ seq: bigint | null; hash: Uint8Array | null; last: bigint | null }]>`
    select h.seq, h.hash, (select max(a.seq) from audit a where a.district_id = current_district()) last
    from (select 1) one left join audit_head h on h.district_id = current_district()`;
  return { end: { seq: row.seq ?? 0n, hash: row.hash }, last: row.last };
}

type Lot = { count: number; last_seq: bigint | null; last_hash: Uint8Array | null } & (
  | { problem: null; problem_seq: null }
  | { problem: AuditProblem; problem_seq: bigint }
);

/** The rows after a place up to the end: how many, the last of them, and the first that is wrong. */
async function walkLot(tx: DistrictTx, at: { seq: bigint | null; hash: Uint8Array | null }, end: bigint): Promise<Lot> {
  const [row] = await tx.$queryRaw<[Lot]>`
    with lot as (
      select a.* from audit a where a.district_id = current_district() and a.seq <= ${end} and (${at.seq}::bigint is null or a.seq > ${at.seq}::bigint)
      order by a.seq limit ${lot}),
    placed as (
      select l.*, coalesce(lag(l.seq) over w, ${at.seq}::bigint, 0) + 1 place,
        coalesce(lag(l.hash) over w, ${at.hash}::bytea, sha256(convert_to(l.district_id::text, 'UTF8'))) before
      from lot l window w as (order by l.seq)),
    judged as (
      select p.seq, case when p.seq > p.place then 'missing' when p.seq < p.place then 'inserted' when p.prev <> p.before then 'unlinked'
        when p.hash <> audit_hash(p.prev, p.seq, p.at, p.actor_id, p.actor_name, p.ip, p.action, p.subject, p.subject_id, p.detail) then 'changed' end problem
      from placed p),
    first as (select j.seq problem_seq, j.problem from judged j where j.problem is not null order by j.seq limit 1),
    last as (select l.seq last_seq, l.hash last_hash from lot l order by l.seq desc limit 1)
    select (select count(*)::int from judged) count, last.last_seq, last.last_hash, first.problem, first.problem_seq
    from (select 1) one left join last on true left join first on true`;
  return row;
}

async function hashAt(tx: DistrictTx, seq: bigint): Promise<string | null> {
  const [row] = await tx.$queryRaw<{ hash: string }[]>`
    select encode(a.hash, 'hex') hash from audit a where a.district_id = current_district() and a.seq = ${seq}`;
  return row?.hash ?? null;
}

const same = (a: Uint8Array | null, b: Uint8Array | null) => a !== null && b !== null && Buffer.from(a).equals(b);
