import { randomUUID } from "node:crypto";
import { describe, expect, test } from "vitest";
import { certificatesPerPage, listCertificates, mostCertificates } from "@/lib/documents/list-certificates";
import { purgeDocuments } from "@/lib/documents/purge-documents";
import { putDocument } from "../../support/documents";
import { closedCase, confirm, keepFor, propose, purgers } from "../../support/retention";
import { addMember, doors, makeWorld, outcome, type Someone, type TestDistrict } from "../../support/world";

const world = await makeWorld();
const { lakeview, riverbend, maple } = world;
const [first, second] = await purgers(world, lakeview);
const clerk = await addMember(world, lakeview, "clerk who purges", ["manageDocuments", "purge"]);
const list = (actor: Someone, input: { q?: string; page?: number } = {}) =>
  doors(actor).district((tx) => listCertificates(tx, actor, { q: "", page: 1, ...input }));
const purge = async (studentId: string) => {
  const { id } = await putDocument(world, lakeview, { studentId });
  const { certificates } = await purgeDocuments(doors(clerk), { documentIds: [id], reason: "Wrong child" });
  return certificates[0]?.number as string;
};
/** So many certificates, the newest with the highest number. */
const fill = (district: TestDistrict, count: number) =>
  world.sql(
    `insert into purge_certificate (district_id, number, student_id, purged_at, purged_by_name, reason, items)
     select $1, 'P-2020-' || lpad(n::text, 6, '0'), $2, '2020-01-01'::timestamptz + make_interval(mins => n), 'Somebody', 'x', '[{}]' from generate_series(1, $3::int) n`,
    [district.id, district.students[0]?.id, count],
  );

describe("succeeds", () => {
  test("the newest first; of a proposal with both people, of who is on no roster without an SIS ID", async () => {
    const document = await purge(lakeview.students[0]?.id as string);
    await keepFor(world, lakeview, "case", 7);
    await confirm(second, (await propose(first, [(await closedCase(world, lakeview, 8)).id])).id);
    const { rows, total, more } = await list(second);
    expect({ total, more }).toEqual({ total: 2, more: false });
    expect(rows).toMatchObject([
      { kind: "cases", records: 1, sisId: null, proposedBy: first.name, purgedBy: second.name },
      { kind: "documents", number: document, records: 1, proposedBy: null, purgedBy: clerk.name },
    ]);
  });

  test("found by its number in any letter case, or by the student's SIS ID as it's written; not by a part", async () => {
    const sisId = `sis-${randomUUID()}`;
    const [student] = await world.sql<{ id: string }>(
      "insert into student (district_id, sis_id, given_name, family_name) values ($1, $2, 'A', 'B') returning id",
      [lakeview.id, sisId],
    );
    const number = await purge(student?.id as string);
    const numbers = async (q: string) => (await list(second, { q })).rows.map((row) => row.number);
    for (const q of [number, number.toLowerCase(), ` ${number} `, sisId]) expect(await numbers(q)).toEqual([number]);
    for (const q of [number.slice(0, -1), sisId.slice(0, -1), sisId.toUpperCase()])
      expect(await numbers(q)).toEqual([]);
  });

  test("pages, counted so far and no farther", async () => {
    await fill(maple, mostCertificates + 5);
    const page = await list(maple.admin);
    expect(page).toMatchObject({ total: mostCertificates, more: true, page: 1 });
    expect(page.rows[0]?.number).toBe("P-2020-001005");
    expect(page.rows).toHaveLength(certificatesPerPage);
    expect((await list(maple.admin, { page: 2 })).rows[0]?.number).toBe("P-2020-000955");
  });
});

describe("wrong permission", () => {
  test("neither Purge nor Manage District", async () => {
    for (const actor of [lakeview.manager, lakeview.clerk, lakeview.staff])
      expect(await outcome(list(actor))).toBe("forbidden");
    expect(await outcome(list(lakeview.admin))).toBe("done");
  });
});

describe("other district", () => {
  test("its certificates are its own, also by number", async () => {
    const number = await purge(lakeview.students[1]?.id as string);
    expect(await list(riverbend.admin)).toMatchObject({ rows: [], total: 0 });
    expect((await list(riverbend.admin, { q: number })).rows).toEqual([]);
  });
});

describe("wrong state", () => {
  test("a page past the last one is the last one", async () => {
    expect((await list(second, { page: 99 })).page).toBe(1);
  });
});

describe("bad input", () => {
  test("what can be no number and no SIS ID finds nothing", async () => {
    for (const q of ["%", "'", "P-", "P-2026-", "x".repeat(100)]) expect((await list(second, { q })).total).toBe(0);
  });
});
