import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { audit } from "@/lib/audit";
import { type AuditHead, verifyAudit } from "@/lib/districts/verify-audit";
import { workerOf } from "@/lib/policy";
import { figure, times } from "../../support/figures";
import { doors, makeWorld } from "../../support/world";

const { lakeview, riverbend, maple, sql } = await makeWorld();
const entries = 40;

const verify = (kept: AuditHead | null = null) => verifyAudit(doors(workerOf(lakeview.id)), kept);
const headOf = async (districtId: string): Promise<AuditHead> => {
  const [row] = await sql<{ seq: string; hash: string }>(
    "select seq, encode(hash, 'hex') hash from audit_head where district_id = $1",
    [districtId],
  );
  return { seq: BigInt(row?.seq ?? 0), hash: row?.hash ?? "" };
};
const write = (district: typeof lakeview, n: number) =>
  doors(district.manager).district(async (tx) => {
    for (let i = 0; i < n; i++)
      audit(tx, {
        action: i % 3 === 0 ? "case.print" : "case.read",
        subject: "case",
        subjectId: district.students[i % 4]?.id as string,
        detail: { n: i, ключ: "значение", none: null },
      });
  });

await write(lakeview, entries);
await write(riverbend, 5);
await sql("create table kept as select * from audit where district_id = $1", [lakeview.id]);
await sql("create table kept_head as select * from audit_head where district_id = $1", [lakeview.id]);

/** Behind the trigger's back, as somebody does who owns the database. */
beforeEach(() => sql("alter table audit disable trigger append_only"));
afterEach(async () => {
  await sql("delete from audit where district_id = $1", [lakeview.id]);
  await sql("insert into audit select * from kept");
  await sql("update audit_head h set seq = k.seq, hash = k.hash from kept_head k where k.district_id = h.district_id");
  await sql("alter table audit enable trigger append_only");
  expect(await verify(await headOf(lakeview.id))).toEqual({ entries, broken: null });
});

/** Places in the chain: first, last, and some between. */
const last = times("BATON_AUDIT_PLACES", 8) - 1;
const places = Array.from({ length: last + 1 }, (_, i) => 1 + Math.round((i * (entries - 1)) / last));
/** Two places of each pair: neighbors, and further apart. */
const pairs = places.slice(1).map((place, i) => [i % 2 === 0 ? place - 1 : (places[0] as number), place] as const);
/** How long a tail was cut off. */
const tails = places.map((place) => Math.max(1, entries - place));
const only = "district_id = $1 and seq = $2";
/** Writes the hashes anew from a place on, as one would who knows how they're made, with or without the head. */
const forge = async (from: number, head: boolean) => {
  const rows = await sql<{ seq: string }>("select seq from audit where district_id = $1 and seq >= $2 order by seq", [
    lakeview.id,
    from,
  ]);
  for (const { seq } of rows) {
    await sql(
      `update audit a set prev = coalesce((select b.hash from audit b where b.district_id = a.district_id and b.seq < a.seq order by b.seq desc limit 1), sha256(convert_to(a.district_id::text, 'UTF8')))
       where ${only}`,
      [lakeview.id, seq],
    );
    await sql(
      `update audit a set hash = audit_hash(prev, seq, at, actor_id, actor_name, ip, action, subject, subject_id, detail) where ${only}`,
      [lakeview.id, seq],
    );
  }
  if (head)
    await sql(
      "update audit_head h set (seq, hash) = (select a.seq, a.hash from audit a where a.district_id = h.district_id order by a.seq desc limit 1) where district_id = $1",
      [lakeview.id],
    );
};

/** What verifying says of a chain that was tampered with in one of the five ways. */
const caught = async (way: string, kept: AuditHead | null = null) => {
  const { broken } = await verify(kept);
  figure(23, { found: { found: broken === null ? 0 : 1, of: 1 } }, { [way]: 1 });
  return broken;
};

test("a chain that nobody touched is whole, read in one go and in lots", async () => {
  expect(await verify()).toEqual({ entries, broken: null });
  expect(await verifyAudit(doors(workerOf(riverbend.id)), await headOf(riverbend.id))).toEqual({
    entries: 5,
    broken: null,
  });
  expect(await verifyAudit(doors(workerOf(maple.id)), null)).toEqual({ entries: 0, broken: null });
});

describe("an edit is found", () => {
  test.each(
    places.flatMap((seq) =>
      [
        "actor_name = 'Nobody'",
        "action = 'case.edit'",
        "at = at + interval '1 microsecond'",
        "ip = null",
        "detail = detail || '{\"n\": 99}'",
      ].map((change) => [seq, change] as const),
    ),
  )("entry %i: %s", async (seq, change) => {
    await sql(`update audit set ${change} where ${only}`, [lakeview.id, seq]);
    expect(await caught("edited")).toEqual({ problem: "changed", seq: BigInt(seq) });
  });

  test.each(places)("entry %i, its own hash made to fit", async (seq) => {
    await sql(`update audit set subject_id = null where ${only}`, [lakeview.id, seq]);
    await sql(
      `update audit set hash = audit_hash(prev, seq, at, actor_id, actor_name, ip, action, subject, subject_id, detail) where ${only}`,
      [lakeview.id, seq],
    );
    expect(await caught("edited")).toEqual(
      seq === entries ? { problem: "tail", seq: BigInt(seq) } : { problem: "unlinked", seq: BigInt(seq + 1) },
    );
  });
});

describe("a deletion is found", () => {
  test.each(places.slice(0, -1))("entry %i", async (seq) => {
    await sql(`delete from audit where ${only}`, [lakeview.id, seq]);
    expect(await caught("deleted")).toEqual({ problem: "missing", seq: BigInt(seq + 1) });
  });

  test.each(places.slice(0, -1))("entry %i, the later ones moved up", async (seq) => {
    await sql(`delete from audit where ${only}`, [lakeview.id, seq]);
    for (let later = seq + 1; later <= entries; later++)
      await sql(`update audit set seq = seq - 1 where ${only}`, [lakeview.id, later]);
    expect(await caught("deleted")).toEqual({ problem: "unlinked", seq: BigInt(seq) });
  });

  test("all of them", async () => {
    await sql("delete from audit where district_id = $1", [lakeview.id]);
    expect(await caught("deleted")).toEqual({ problem: "tail", seq: 0n });
  });
});

describe("an insertion is found", () => {
  test.each(places)("at %i, the later ones moved down", async (seq) => {
    for (let later = entries; later >= seq; later--)
      await sql(`update audit set seq = seq + 1 where ${only}`, [lakeview.id, later]);
    await sql("insert into audit select (k).* from (select k from kept k where seq = $1) x", [seq]);
    expect(await caught("inserted")).not.toBeNull();
  });

  test("before the first, and past the end", async () => {
    await sql(
      "insert into audit select district_id, 0, at, actor_id, actor_name, ip, action, subject, subject_id, detail, prev, hash from kept where seq = 1",
    );
    expect(await caught("inserted")).toEqual({ problem: "inserted", seq: 0n });
    await sql("delete from audit where district_id = $1 and seq = 0", [lakeview.id]);
    await sql(
      "insert into audit select district_id, seq + 1, at, actor_id, actor_name, ip, action, subject, subject_id, detail, hash, hash from kept where seq = $1",
      [entries],
    );
    await forge(entries + 1, false);
    expect(await caught("inserted")).toEqual({ problem: "tail", seq: BigInt(entries) });
  });
});

describe("another order is found", () => {
  test.each([...pairs, [20, 21] as const])("entries %i and %i", async (a, b) => {
    for (const [from, to] of [
      [a, 1000],
      [b, a],
      [1000, b],
    ])
      await sql("update audit set seq = $3 where district_id = $1 and seq = $2", [lakeview.id, from, to]);
    expect(await caught("in another order")).toEqual({ problem: "unlinked", seq: BigInt(a) });
  });
});

describe("a cut tail is found", () => {
  test.each(tails)("%i entries", async (count) => {
    await sql("delete from audit where district_id = $1 and seq > $2", [lakeview.id, entries - count]);
    expect(await caught("cut")).toEqual({ problem: "tail", seq: BigInt(entries - count) });
  });

  test.each(tails)("%i entries and the head with them: by the kept head", async (count) => {
    const kept = await headOf(lakeview.id);
    await sql("delete from audit where district_id = $1 and seq > $2", [lakeview.id, entries - count]);
    await forge(entries - count, true);
    expect((await verify()).broken).toBeNull();
    expect(await caught("cut", kept)).toEqual({ problem: "cut", seq: BigInt(entries - count) });
  });

  test("cut and grown again: by the kept head", async () => {
    const kept = await headOf(lakeview.id);
    await sql("delete from audit where district_id = $1 and seq > $2", [lakeview.id, entries - 3]);
    await forge(entries - 3, true);
    await write(lakeview, 6);
    expect((await verify()).broken).toBeNull();
    expect(await caught("cut", kept)).toEqual({ problem: "rewritten", seq: kept.seq });
  });

  test("everything written anew, hashes and head: by the kept head", async () => {
    const kept = await headOf(lakeview.id);
    await sql(`update audit set actor_name = 'Somebody else' where ${only}`, [lakeview.id, 3]);
    await forge(3, true);
    expect((await verify()).broken).toBeNull();
    expect(await caught("cut", kept)).toEqual({ problem: "rewritten", seq: kept.seq });
  });
});

describe("while others write", () => {
  test("a chain that grows is whole all along, and has no fork", async () => {
    const before = await headOf(maple.id);
    const writers = Promise.allSettled(Array.from({ length: 200 }, () => write(maple, 1)));
    const reports = [];
    for (let i = 0; i < 8; i++) reports.push((await verifyAudit(doors(workerOf(maple.id)), null)).broken);
    expect((await writers).filter((one) => one.status === "rejected")).toEqual([]);
    expect(reports.filter((one) => one !== null)).toEqual([]);
    const after = await headOf(maple.id);
    const [forks] = await sql<{ n: number }>(
      "select count(*)::int - count(distinct prev)::int n from audit where district_id = $1",
      [maple.id],
    );
    figure(23, { forks: forks?.n ?? Number.NaN }, { "writers at once": 200 });
    expect(forks).toEqual({ n: 0 });
    expect(after.seq - before.seq).toBe(200n);
    expect(await verifyAudit(doors(workerOf(maple.id)), after)).toEqual({ entries: Number(after.seq), broken: null });
  });
});

test("an id that came in capital letters hashes as it's stored", async () => {
  await doors(riverbend.manager).district(async (tx) =>
    audit(tx, { action: "transfer.read", subject: "transfer", subjectId: riverbend.id.toUpperCase() }),
  );
  expect((await verifyAudit(doors(workerOf(riverbend.id)), null)).broken).toBeNull();
});
