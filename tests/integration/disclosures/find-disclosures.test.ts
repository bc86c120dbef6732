import { inflateSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { disclosuresCsv } from "@/lib/disclosures/disclosures-csv";
import { disclosuresPdf } from "@/lib/disclosures/disclosures-pdf";
import { type DisclosureSubject, findDisclosures } from "@/lib/disclosures/find-disclosures";
import { documentTypeNames } from "@/lib/documents/document-types";
import type { Actor } from "@/lib/policy";
import { cancelTransfer } from "@/lib/transfers/cancel-transfer";
import { recallDocuments } from "@/lib/transfers/decide-documents";
import { rejectTransfer } from "@/lib/transfers/reject-transfer";
import { addCase, addMember, doors, makeWorld } from "../../support/world";
import { handedOver } from "../transfers/document-hand-over";
import { sent, unlocked } from "../transfers/hand-over";

const world = await makeWorld();
const { lakeview, maple, riverbend, sql } = world;
const keeper = await addMember(world, lakeview, "keeper", ["manageDistrict"]);
type Student = (typeof lakeview.students)[number];
const [torres, cole] = lakeview.students as [Student, Student, ...Student[]];

const find = (actor: Actor, about: DisclosureSubject, purpose: "read" | "print" | "export" = "read") =>
  doors(actor).district((tx) =>
    findDisclosures(tx, actor, { about, purpose, zone: "America/Chicago", typeNames: documentTypeNames }),
  );
const actions = async (subjectId: string) =>
  (
    await sql<{ action: string }>(
      "select action from audit where district_id = $1 and subject_id = $2 and action like 'disclosure.%' order by seq",
      [lakeview.id, subjectId],
    )
  ).map((row) => row.action);

describe("succeeds", () => {
  test("a student's record: what, to whom, why, when, by whom, and what became of it", async () => {
    const refused = await unlocked(world, { cases: [{ studentId: torres.id }, { studentId: torres.id }] });
    await rejectTransfer(doors(riverbend.manager), { transferId: refused.id, reason: "Not ours." });
    const cancelled = await sent(world, { cases: [{ studentId: torres.id }] });
    await cancelTransfer(doors(lakeview.manager), { transferId: cancelled.id });
    const record = await find(lakeview.admin, { studentId: torres.id });
    expect(record?.about).toMatchObject({ given: "Ana", family: "Torres", sisId: torres.sisId });
    expect(record?.entries).toHaveLength(2);
    const [second, first] = record?.entries ?? [];
    expect(first).toMatchObject({
      what: "Behavioral case with attachments",
      to: "Riverbend, California",
      interest: "Student seeks or intends to enroll, or receives services there",
      basis: "Enrollment in the other district, 34 CFR 99.31(a)(2)",
      basisDetail: "No record request stands behind it.",
      notice: "No parent notice was recorded.",
      by: "manager of Lakeview",
      transfer: { id: refused.id, kind: "cases", open: true },
    });
    // Two cases of one student in one sending: one disclosure.
    expect(first?.items).toEqual(refused.cases.map((one) => `Case ${one.number}`).sort());
    expect(first?.outcome).toMatch(
      /^Refused on .*, after it was opened there; the package is destroyed. Reason: Not ours.$/,
    );
    expect(second?.outcome).toMatch(/^Cancelled on .*, unopened; the package is destroyed.$/);
  });

  test("documents that went to the wrong place say so", async () => {
    const { id, here } = await handedOver(world, {
      documents: [{ type: "iep", title: "IEP of the fall" }, { type: "bip" }],
    });
    await recallDocuments(doors(lakeview.clerk), { transferId: id, reason: "Wrong district." });
    const [entry] = (await find(lakeview.clerk, { studentId: here.id }))?.entries ?? [];
    expect(entry).toMatchObject({
      what: "Documents: BIP, IEP",
      items: ["IEP of the fall, Sep 1, 2026", "Plan, Sep 1, 2026"],
      transfer: { id, kind: "documents", open: true },
    });
    expect(entry?.outcome).toMatch(/^Sent wrongly: recalled on .* Reason: Wrong district.$/);
    // Titles and numbers stay with who manages them.
    const [plain] = (await find(lakeview.manager, { studentId: here.id }))?.entries ?? [];
    expect([plain?.what, plain?.items, plain?.transfer?.open]).toEqual(["Documents: BIP, IEP", [], false]);
  });

  test("what was destroyed since stands there with its certificate's number", async () => {
    const { id, here, documentIds } = await handedOver(world);
    await sql("delete from document where id = $1", [documentIds[0]]);
    await sql(
      "insert into purge_certificate (district_id, number, student_id, purged_by_name, reason, items) values ($1, 'P-2026-0007', $2, 'Somebody', 'Asked for', $3)",
      [lakeview.id, here.id, JSON.stringify([{ documentId: documentIds[0], type: "iep", size: 1, sha256: "" }])],
    );
    const [entry] = (await find(lakeview.clerk, { studentId: here.id }))?.entries ?? [];
    expect([entry?.transfer?.id, entry?.items]).toEqual([id, ["IEP: destroyed since, certificate P-2026-0007"]]);
  });

  test("a person who isn't on the roster, by the case, for who sees the case", async () => {
    const transfer = await sent(world, { cases: [{ given: "Yara", family: "Quist", assigned: [lakeview.staff] }] });
    const caseId = transfer.cases[0]?.id as string;
    for (const actor of [lakeview.manager, lakeview.staff]) {
      const record = await find(actor, { caseId });
      expect([record?.about.family, record?.entries.length]).toEqual(["Quist", 1]);
      expect(record?.entries[0]?.transfer?.open).toBe(actor === lakeview.manager);
    }
    expect(await actions(caseId)).toEqual(["disclosure.read", "disclosure.read"]);
  });

  test("reading, printing and exporting are written down; CSV and PDF hold it", async () => {
    await sent(world, { cases: [{ studentId: cole.id }] });
    await find(lakeview.admin, { studentId: cole.id });
    const record = await find(lakeview.admin, { studentId: cole.id }, "export");
    if (!record) throw new Error("no record");
    await find(lakeview.admin, { studentId: cole.id }, "print");
    expect(await actions(cole.id)).toEqual(["disclosure.read", "disclosure.export", "disclosure.print"]);
    const rows = disclosuresCsv(record, "America/Chicago").trimEnd().split("\r\n");
    expect(rows).toHaveLength(2);
    expect(rows[1]).toMatch(/^20\d\d-\d\d-\d\d \d\d:\d\d:\d\d -0[56]:00,Behavioral case/);
    const many = {
      ...record,
      entries: Array.from({ length: 40 }, () => record.entries[0] as (typeof record.entries)[0]),
    };
    const head = { district: "Lakeview & <Sons>", by: "Zoë Nguyễn Ωμέγα", now: new Date(), zone: "America/Chicago" };
    const pdf = (await disclosuresPdf(many, head)).toString("latin1");
    expect(pdf.startsWith("%PDF-1.7")).toBe(true);
    expect(pdf).toContain("/Marked true");
    expect(pdf).toContain("/Lang (en-US)");
    expect(pdf).toContain("/DisplayDocTitle true");
    expect(pdf.match(/\/S \/TR\b/g)).toHaveLength(41);
    expect(pdf.match(/\/S \/TH\b/g)).toHaveLength(6);
    expect(pdf.match(/\/Type \/Page\b/g)?.length).toBeGreaterThan(3);
  });

  test("the paper has names of many scripts, and says so where it lacks a letter", async () => {
    const head = { district: "Lakeview", by: "Zoë Łuczak", now: new Date(), zone: "America/Chicago" };
    /** The code points that the document's fonts are asked for, by which a reader or a search finds its words. */
    const letters = async (given: string, family: string) => {
      const about = { studentId: null, given, family, birthDate: null, sisId: null };
      const bytes = await disclosuresPdf({ about, entries: [] }, head);
      const streams = [...bytes.toString("latin1").matchAll(/stream\r?\n([\s\S]*?)\r?\nendstream/g)].map(
        ([, body = ""]) => {
          try {
            return inflateSync(Buffer.from(body, "latin1")).toString("latin1");
          } catch {
            return "";
          }
        },
      );
      const maps = streams.filter((one) => one.includes("beginbfrange") || one.includes("beginbfchar")).join("\n");
      return new Set(
        [...maps.matchAll(/<([0-9a-f]{4})>/gi)].map(([, hex = ""]) => String.fromCharCode(parseInt(hex, 16))),
      );
    };
    const all = await letters("Trần Thị Ngọc Ωμέγα", "Жанна Ðorđević Çelik");
    expect([..."TrầnhịNgọcΩμέγαЖаÐođvićÇŁ"].filter((letter) => !all.has(letter))).toEqual([]);
    expect(all.has("\ufffd")).toBe(false);
    expect((await letters("王", "Mei")).has("\ufffd")).toBe(true);
  });

  test("nothing disclosed is an empty record", async () => {
    expect((await find(keeper, { studentId: lakeview.students[3]?.id as string }))?.entries).toEqual([]);
  });
});

describe("wrong permission", () => {
  test("who manages nothing sees no student's record, not even of a case they're assigned to", async () => {
    const { id } = await addCase(world, lakeview, { studentId: cole.id, assigned: [lakeview.staff] });
    expect(await find(lakeview.staff, { studentId: cole.id })).toBeNull();
    expect(await find(lakeview.staff, { caseId: id })).toBeNull();
    expect(await find(lakeview.clerk, { caseId: id })).toBeNull();
  });
});

describe("other district", () => {
  test("isn't there, and nothing is written down", async () => {
    const before = await actions(torres.id);
    expect(await find(maple.admin, { studentId: torres.id })).toBeNull();
    expect(await find(riverbend.admin, { studentId: torres.id })).toBeNull();
    expect(await actions(torres.id)).toEqual(before);
  });
});

describe("bad input", () => {
  test.each(["", "nobody", "00000000-0000-0000-0000-000000000000"])("%j isn't there", async (id) => {
    expect(await find(lakeview.admin, { studentId: id })).toBeNull();
    expect(await find(lakeview.admin, { caseId: id })).toBeNull();
  });
});
