import { describe, expect, test } from "vitest";
import { audit } from "@/lib/audit";
import { findCase } from "@/lib/cases/find-case";
import { type AuditFilter, plainAuditFilter } from "@/lib/districts/audit-filter";
import { exportAudit } from "@/lib/districts/export-audit";
import { findAuditCheck } from "@/lib/districts/find-audit-check";
import { auditPerPage, listAudit } from "@/lib/districts/list-audit";
import { withdrawProposal } from "@/lib/documents/withdraw-proposal";
import type { Actor } from "@/lib/policy";
import { closedCase, confirm, keepFor, oldDocument, proposalOf, propose, purgers } from "../../support/retention";
import { addCase, addMember, doors, makeWorld, outcome } from "../../support/world";
import { sent } from "../transfers/hand-over";

const world = await makeWorld();
const { lakeview, riverbend, maple, sql } = world;
const keeper = await addMember(world, lakeview, "keeper", ["manageDistrict"]);

const list = (actor: Actor, filter: Partial<AuditFilter> = {}) =>
  doors(actor).district((tx) => listAudit(tx, actor, { ...plainAuditFilter, ...filter }));
const lines = async (actor: Actor, filter: Partial<AuditFilter> = {}) =>
  (await list(actor, filter)).entries.map((one) => `${one.who} ${one.before}${one.about ?? ""}${one.after ?? ""}`);
const read = (actor: Actor, caseId: string) => doors(actor).district((tx) => findCase(tx, actor, caseId));
async function csv(actor: Actor, filter: Partial<AuditFilter> = {}): Promise<string> {
  let text = "";
  for await (const lot of await exportAudit(doors(actor), { ...plainAuditFilter, ...filter }, "America/Chicago"))
    text += lot;
  return text;
}

const torres = lakeview.students[0] as (typeof lakeview.students)[0];
const one = await addCase(world, lakeview, { studentId: torres.id, assigned: [keeper] });
const other = await addCase(world, lakeview);
await read(lakeview.manager, one.id);
await read(lakeview.colleague, other.id);
const transfer = await sent(world);
const [{ reference } = { reference: "" }] = await sql<{ reference: string }>(
  "select reference from transfer where id = $1",
  [transfer.id],
);

describe("succeeds", () => {
  test("newest first, in people's words, by number and never by name", async () => {
    const said = await lines(lakeview.admin);
    expect(said).toContain(`manager of Lakeview opened case ${one.number}`);
    expect(said).toContain(`colleague of Lakeview opened case ${other.number}`);
    expect(said).toContain(`manager of Lakeview sent transfer ${reference}`);
    expect(said.indexOf(`manager of Lakeview sent transfer ${reference}`)).toBeLessThan(
      said.indexOf(`manager of Lakeview opened case ${one.number}`),
    );
    expect(said.join()).not.toMatch(/Torres|Nobody/);
    const { entries } = await list(lakeview.admin);
    expect(entries.find((entry) => entry.about === `case ${one.number}`)).toMatchObject({
      address: "203.0.113.7",
      open: { kind: "case", id: one.id },
    });
  });

  test("what another district's people did is told by their district alone", async () => {
    expect(await lines(riverbend.admin, { about: reference })).toContain(
      `Staff of Lakeview sealed the package of transfer ${reference}`,
    );
  });

  test("who may not open the case sees its number without a link", async () => {
    const { entries } = await list(keeper, { what: "read" });
    const openOf = (number: string) => entries.find((entry) => entry.about === `case ${number}`)?.open;
    expect(openOf(one.number)).toEqual({ kind: "case", id: one.id });
    expect(openOf(other.number)).toBeNull();
    expect(entries.every((entry) => entry.open?.kind !== "case-transfer")).toBe(true);
  });

  test("a proposal and a certificate are named, lead to their pages, and are found by their numbers", async () => {
    const [first, second] = await purgers(world, lakeview);
    await keepFor(world, lakeview, "case", 7);
    await keepFor(world, lakeview, "iep", 7);
    const [closed, paper] = [await closedCase(world, lakeview, 8), await oldDocument(world, lakeview, 8)];
    const proposal = await proposalOf(first, (await propose(first, [closed.id, paper.id])).id);
    const back = await proposalOf(first, (await propose(first, [(await closedCase(world, lakeview, 8)).id])).id);
    await doors(first).district((tx) => withdrawProposal(tx, first, { proposalId: back.id }));
    await confirm(second, proposal.id);
    const certificates = (await proposalOf(first, proposal.id)).items.map((item) => item.certificate);
    const [ofCase, ofPaper] = [closed.id, paper.id].map(
      (id) => certificates[proposal.items.findIndex((item) => item.id === id)],
    );

    const { entries } = await list(keeper, { what: "remove" });
    const said = entries.map((one) => [`${one.before}${one.about ?? ""}${one.after ?? ""}`, one.open, one.certificate]);
    expect(said).toEqual([
      [`confirmed proposal ${proposal.number} and destroyed its records`, { kind: "proposal", id: proposal.id }, null],
      ["purged a document of student S100", { kind: "student", id: torres.id }, ofPaper],
      ["purged a case", null, ofCase],
      [`withdrew proposal ${back.number} for destruction`, { kind: "proposal", id: back.id }, null],
      [`proposed records for destruction in proposal ${back.number}`, { kind: "proposal", id: back.id }, null],
      [`proposed records for destruction in proposal ${proposal.number}`, { kind: "proposal", id: proposal.id }, null],
    ]);
    expect(await csv(keeper, { about: ofCase?.number ?? "" })).toContain(
      `"purged a case, certificate ${ofCase?.number}"`,
    );
    expect(await lines(keeper, { about: proposal.number.toLowerCase() })).toEqual([
      `${second.name} confirmed proposal ${proposal.number} and destroyed its records`,
      `${first.name} proposed records for destruction in proposal ${proposal.number}`,
    ]);
    for (const one of [ofCase, ofPaper])
      expect((await list(keeper, { about: one?.number ?? "" })).entries[0]?.certificate).toEqual(one);
    expect(await lines(riverbend.admin, { about: ofCase?.number ?? "" })).toEqual([]);
    expect(await lines(riverbend.admin, { about: "D-2020-9999" })).toEqual([]);
  });

  test("by who, by what, about what", async () => {
    expect(new Set((await list(lakeview.admin, { who: "COLLEAGUE" })).entries.map((entry) => entry.who))).toEqual(
      new Set(["colleague of Lakeview"]),
    );
    expect(await lines(lakeview.admin, { who: "colleague", what: "read" })).toEqual([
      `colleague of Lakeview opened case ${other.number}`,
    ]);
    expect(await lines(lakeview.admin, { about: one.number.toLowerCase(), what: "read" })).toEqual([
      `manager of Lakeview opened case ${one.number}`,
    ]);
    expect((await lines(lakeview.admin, { about: reference })).length).toBeGreaterThan(1);
    expect(
      (await list(lakeview.admin, { who: "manager", about: reference, what: "send" })).entries.length,
    ).toBeGreaterThan(0);
    expect(await lines(lakeview.admin, { who: "nobody at all" })).toEqual([]);
    expect(await lines(lakeview.admin, { about: "T-2020-000000" })).toEqual([]);
    expect(await lines(lakeview.admin, { who: "Baton" })).toEqual([]);
  });

  test("a student's name leads to their cases for who sees all cases, to nobody else", async () => {
    expect(await lines(lakeview.admin, { about: "Torres" })).toContain(`manager of Lakeview opened case ${one.number}`);
    expect(await lines(keeper, { about: "Torres" })).toEqual([]);
  });

  test("pages older and newer, fifty at a time, without a gap", async () => {
    await doors(maple.manager).district(async (tx) => {
      for (let i = 0; i < 2 * auditPerPage + 10; i++) audit(tx, { action: "case.read", detail: { i } });
    });
    const first = await list(maple.admin);
    const second = await list(maple.admin, { before: first.entries.at(-1)?.seq ?? null });
    const third = await list(maple.admin, { before: second.entries.at(-1)?.seq ?? null });
    expect([first, second, third].map((page) => [page.entries.length, page.newer, page.older])).toEqual([
      [50, false, true],
      [50, true, true],
      [10, true, false],
    ]);
    const all = [first, second, third].flatMap((page) => page.entries.map((entry) => Number(entry.seq)));
    expect(all).toEqual(Array.from({ length: 110 }, (_, i) => 110 - i));
    const back = await list(maple.admin, { after: third.entries[0]?.seq ?? null });
    expect(back.entries).toEqual(second.entries);
    expect([back.newer, back.older]).toEqual([true, true]);
    for (const filter of [{ who: "manager" }, { what: "read" as const }])
      expect((await list(maple.admin, { ...filter, before: 11n })).entries.map((entry) => Number(entry.seq))).toEqual(
        Array.from({ length: 10 }, (_, i) => 10 - i),
      );
  });

  test("days are the district's own, both included", async () => {
    await sql("update district_settings set time_zone = 'Pacific/Honolulu' where district_id = $1", [maple.id]);
    // 2026-11-01 09:59:59 UTC is still October 31 in Honolulu.
    await sql("alter table audit disable trigger append_only");
    await sql(
      "update audit set at = timestamptz '2026-11-01 09:59:50Z' + (seq || ' seconds')::interval where district_id = $1",
      [maple.id],
    );
    await sql("alter table audit enable trigger append_only");
    const seqs = async (filter: Partial<AuditFilter>) => {
      const { entries } = await list(maple.admin, filter);
      return [entries.length, Number(entries[0]?.seq ?? 0), Number(entries.at(-1)?.seq ?? 0)];
    };
    expect(await seqs({ to: "2026-10-31" })).toEqual([9, 9, 1]);
    expect(await seqs({ from: "2026-11-01" })).toEqual([50, 110, 61]);
    expect(await seqs({ from: "2026-11-01", before: 20n })).toEqual([10, 19, 10]);
    expect(await seqs({ from: "2026-10-31", to: "2026-10-31" })).toEqual([9, 9, 1]);
    expect(await seqs({ from: "2026-11-02" })).toEqual([0, 0, 0]);
    expect(await seqs({ to: "2026-10-30" })).toEqual([0, 0, 0]);
  });

  test("the export holds what the filters leave, is written down first, and isn't run by a spreadsheet", async () => {
    await doors({ ...lakeview.manager, name: '=HYPERLINK("//evil")' }).district(async (tx) =>
      audit(tx, { action: "case.read", subject: "case", subjectId: one.id }),
    );
    const text = await csv(lakeview.admin, { about: one.number, what: "read" });
    const rows = text.replace("\ufeff", "").trimEnd().split("\r\n");
    expect(rows[0]).toBe("Entry,Time,Who,What,Action,Kind,Address");
    expect(rows).toHaveLength(3);
    expect(rows[1]).toContain(`"'=HYPERLINK(""//evil"")",opened case ${one.number},case.read,read,203.0.113.7`);
    expect(rows[1]).toMatch(/^\d+,20\d\d-\d\d-\d\d \d\d:\d\d:\d\d -0[56]:00,/);
    expect((await lines(lakeview.admin))[0]).toBe("admin of Lakeview exported the audit log");
    const whole = await csv(maple.admin);
    expect(whole.trimEnd().split("\r\n")).toHaveLength(1 + 110);
  });

  test("an export in lots misses nothing", async () => {
    await doors(riverbend.manager).district(async (tx) => {
      for (let i = 0; i < 2_345; i++) audit(tx, { action: "case.read" });
    });
    const rows = (await csv(riverbend.admin, { what: "read" })).trimEnd().split("\r\n").slice(1);
    expect(new Set(rows.map((row) => row.split(",")[0])).size).toBe(rows.length);
    expect(rows.length).toBeGreaterThanOrEqual(2_345);
  });

  test("says when the log was verified", async () => {
    expect(await doors(lakeview.admin).district((tx) => findAuditCheck(tx, lakeview.admin))).toBeNull();
    await sql("insert into audit_check (district_id, entries, problem, problem_seq) values ($1, 7, 'changed', 3)", [
      lakeview.id,
    ]);
    expect(await doors(lakeview.admin).district((tx) => findAuditCheck(tx, lakeview.admin))).toMatchObject({
      entries: 7,
      broken: { problem: "changed", seq: 3 },
    });
  });
});

describe("wrong permission", () => {
  test.each(["manager", "clerk", "staff"] as const)("%s", async (role) => {
    const actor = lakeview[role];
    expect(await outcome(list(actor))).toBe("forbidden");
    expect(await outcome(csv(actor))).toBe("forbidden");
    expect(await outcome(doors(actor).district((tx) => findAuditCheck(tx, actor)))).toBe("forbidden");
  });
});

describe("other district", () => {
  test("finds nothing of another one's", async () => {
    expect(await lines(maple.admin, { about: one.number })).toEqual([]);
    expect(await lines(maple.admin, { about: reference })).toEqual([]);
    expect(await lines(maple.admin, { who: "Lakeview" })).toEqual([]);
    expect(await csv(maple.admin)).not.toContain("Lakeview");
    expect(await doors(maple.admin).district((tx) => findAuditCheck(tx, maple.admin))).toBeNull();
    // Somebody of Lakeview whose actor says Maple Grove can't be: the door goes by the actor's own district.
    expect((await list(lakeview.admin, { who: "manager of Maple" })).entries).toEqual([]);
  });
});

describe("bad input", () => {
  test.each<Partial<AuditFilter>>([
    { who: "%", about: "_" },
    { who: "'; drop table audit; --" },
    { about: "\\" },
    { before: 1n },
    { after: 999_999_999_999n },
    { from: "2026-12-31", to: "2026-01-01" },
  ])("%o finds nothing, and nothing breaks", async (filter) => {
    expect((await list(lakeview.admin, filter)).entries).toEqual([]);
  });
});
