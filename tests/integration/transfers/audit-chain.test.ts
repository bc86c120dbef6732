import { createHash } from "node:crypto";
import { describe, expect, test } from "vitest";
import { audit } from "@/lib/audit";
import { saveTransfer } from "@/lib/transfers/save-transfer";
import { doors, makeWorld, type TestDistrict } from "../../support/world";
import { entered } from "./hand-over";

const world = await makeWorld();
const { lakeview, riverbend, maple, sql } = world;

type Row = {
  seq: string;
  at: string;
  actor_id: string | null;
  actor_name: string | null;
  ip: string | null;
  action: string;
  subject: string | null;
  subject_id: string | null;
  detail: Record<string, unknown>;
  prev: Buffer;
  hash: Buffer;
};

/** JSON as PostgreSQL writes jsonb: shorter keys first, then by bytes; a space after comma and colon. */
function jsonb(value: unknown): string {
  if (value === null || typeof value !== "object") return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(jsonb).join(", ")}]`;
  const keys = Object.keys(value).sort(
    (a, b) => Buffer.byteLength(a) - Buffer.byteLength(b) || Buffer.compare(Buffer.from(a), Buffer.from(b)),
  );
  return `{${keys.map((key) => `${JSON.stringify(key)}: ${jsonb((value as Record<string, unknown>)[key])}`).join(", ")}}`;
}

const read = (district: TestDistrict) =>
  sql<Row>("select *, extract(epoch from at)::text at from audit where district_id = $1 order by seq", [district.id]);

/** The place of the first row that doesn't follow from the one before, or null; independent of the database's own functions. */
function broken(district: TestDistrict, rows: readonly Row[]): number | null {
  let before = createHash("sha256").update(district.id).digest();
  for (const [i, row] of rows.entries()) {
    const content = {
      seq: Number(row.seq),
      at: row.at,
      actorId: row.actor_id,
      actorName: row.actor_name,
      ip: row.ip,
      action: row.action,
      subject: row.subject,
      subjectId: row.subject_id,
      detail: row.detail,
    };
    const hash = createHash("sha256").update(before).update(jsonb(content)).digest();
    if (Number(row.seq) !== i + 1 || !row.prev.equals(before) || !row.hash.equals(hash)) return i;
    before = hash;
  }
  return null;
}

test("each row hashes the one before it, on both sides of a whole hand-over", async () => {
  const transfer = await entered(world, { cases: [{}, {}] });
  await saveTransfer(doors(riverbend.manager), { transferId: transfer.id });
  for (const district of [lakeview, riverbend]) {
    const rows = await read(district);
    expect(rows.length).toBeGreaterThan(3);
    expect(broken(district, rows)).toBeNull();
    const [head] = await sql<{ seq: string; hash: Buffer }>("select seq, hash from audit_head where district_id = $1", [
      district.id,
    ]);
    expect([head?.seq, head?.hash.equals(rows.at(-1)?.hash as Buffer)]).toEqual([String(rows.length), true]);
  }
});

test("200 writers at once make one chain without a fork, whatever stands in the entries", async () => {
  const write = (i: number) =>
    doors({ ...maple.manager, name: `Zoë "O’Brien" \\ 👍 ${i}` }).district(async (tx) => {
      audit(tx, {
        action: "case.read",
        subject: "case",
        subjectId: maple.id,
        detail: { n: i, ключ: "значение", ok: true, none: null, "": "empty key" },
      });
      if (i % 50 === 49) throw new Error("rolled back");
    });
  const results = await Promise.allSettled(Array.from({ length: 200 }, (_, i) => write(i)));
  const rows = await read(maple);
  expect(rows).toHaveLength(results.filter((one) => one.status === "fulfilled").length);
  expect(rows).toHaveLength(196);
  expect(broken(maple, rows)).toBeNull();
});

describe("what is written stays", () => {
  test.each([
    "update audit set action = 'other' where district_id = $1",
    "delete from audit where district_id = $1",
    "update disclosure set category = 'other' where district_id = $1",
    "delete from disclosure where district_id = $1",
  ])("also for the superuser: %s", async (text) => {
    await expect(sql(text, [lakeview.id])).rejects.toThrow(/append-only/);
  });

  test.each(["truncate audit", "truncate disclosure"])("%s", async (text) => {
    await expect(sql(text)).rejects.toThrow(/append-only/);
  });
});

test("an edit, a deletion, an insertion and a swap behind the trigger's back show", async () => {
  const rows = await read(lakeview);
  const [first, second, third] = rows as [Row, Row, Row];
  expect(broken(lakeview, [{ ...first, action: "case.print" }, ...rows.slice(1)])).toBe(0);
  expect(broken(lakeview, [first, ...rows.slice(2)])).toBe(1);
  expect(broken(lakeview, [first, second, { ...second, seq: "3" }, third])).toBe(2);
  expect(broken(lakeview, [first, third, second])).toBe(1);
});
