import { describe, expect, test } from "vitest";
import { findDisclosures } from "@/lib/disclosures/find-disclosures";
import { findStatement } from "@/lib/disclosures/find-statement";
import { nothingStated } from "@/lib/disclosures/state-basis";
import { addNotice, type LaterNotice, takesNotice } from "@/lib/transfers/add-notice";
import { getTransfer } from "@/lib/transfers/get-transfer";
import { sendCases } from "@/lib/transfers/send-cases";
import { noticeSchema } from "@/lib/web/basis-fields";
import { addCase, doors, makeWorld, outcome, type Someone } from "../../support/world";
import { handedOver } from "./document-hand-over";
import { auditOf, draft, preparing, sending, sent } from "./hand-over";

const world = await makeWorld();
const { lakeview, riverbend, maple, sql } = world;
const told: LaterNotice = { notice: "told", noticeOn: "2026-11-20", noticeMethod: "letter", noticeBy: "Jo Lee" };
const add = (by: Someone, transferId: string, own: Partial<LaterNotice> = {}, kind: "cases" | "documents" = "cases") =>
  doors(by).district((tx) => addNotice(tx, by, { ...told, ...own, transferId, kind }));
const statement = (by: Someone, id: string) => doors(by).district((tx) => findStatement(tx, id));
const open = (by: Someone, id: string) => doors(by).district((tx) => takesNotice(tx, id));

const sentDocuments = async (): Promise<string> => (await handedOver(world)).id;

describe("succeeds", () => {
  test("shows with the transfer and in the disclosure record, and is written into the own log alone", async () => {
    const { id, cases } = await sent(world);
    const get = (by: Someone) => doors(by).district((tx) => getTransfer(tx, by, { transferId: id }));
    expect((await get(lakeview.manager)).takesNotice).toBe(true);
    await add(lakeview.manager, id);
    const words = "Parents were told on Nov 20, 2026, by letter, by Jo Lee.";
    expect(await get(lakeview.manager)).toMatchObject({
      takesNotice: false,
      stated: ["No record request stands behind it.", words],
    });
    expect(await get(riverbend.manager)).toMatchObject({ takesNotice: false, stated: [] });
    const record = await doors(lakeview.manager).district((tx) =>
      findDisclosures(tx, lakeview.manager, {
        about: { caseId: cases[0]?.id ?? "" },
        purpose: "read",
        zone: "UTC",
        typeNames: {},
      }),
    );
    expect(record?.entries.map((one) => one.notice)).toEqual([words]);
    expect(await auditOf(world, lakeview, id)).toContain("transfer.notice");
    expect(await auditOf(world, riverbend, id)).not.toContain("transfer.notice");
  });

  test("where the parents asked for it, no day is kept", async () => {
    const { id } = await sent(world);
    await add(lakeview.manager, id, { notice: "asked" });
    expect(await statement(lakeview.manager, id)).toContain("Notice not required: the parents asked for it.");
    expect(
      await sql("select notice_on, notice_method, notice_by from transfer_basis where transfer_id = $1", [id]),
    ).toEqual([{ notice_on: null, notice_method: null, notice_by: null }]);
  });

  test("of documents, by who manages them", async () => {
    const id = await sentDocuments();
    await add(lakeview.clerk, id, {}, "documents");
    expect(await open(lakeview.clerk, id)).toBe(false);
  });
});

describe("wrong permission", () => {
  test.each(["clerk", "staff"] as const)("refuses a %s for cases", async (role) => {
    expect(await outcome(add(lakeview[role], (await sent(world)).id))).toBe("forbidden");
  });
  test("refuses a case manager for documents, by either door", async () => {
    const id = await sentDocuments();
    expect(await outcome(add(lakeview.manager, id, {}, "documents"))).toBe("forbidden");
    expect(await outcome(add(lakeview.manager, id, {}, "cases"))).toBe("not-there");
  });
});

describe("other district", () => {
  test("isn't there for the receiver, nor for a third", async () => {
    const { id } = await sent(world);
    for (const by of [riverbend.manager, maple.manager]) expect(await outcome(add(by, id))).toBe("not-there");
    expect(await open(lakeview.manager, id)).toBe(true);
    expect(await open(riverbend.manager, id)).toBe(false);
  });
});

describe("wrong state", () => {
  test("once, and not where it was stated on sending", async () => {
    const { id } = await sent(world);
    await add(lakeview.manager, id);
    expect(await outcome(add(lakeview.manager, id, { notice: "asked" }))).toBe("notice-settled");
    expect((await statement(lakeview.manager, id))[1]).toMatch(/^Parents were told/);
  });

  test.each([["consent", { consentOn: "2026-11-02" }] as const, ["emergency", { threat: "A threat" }] as const])(
    "not for %s",
    async (legalBasis, stated) => {
      const dispatchId = await draft(world, lakeview.manager, [(await addCase(world, lakeview)).id]);
      const input = sending(dispatchId, [riverbend], { legalBasis, statement: { ...nothingStated, ...stated } });
      const id = (await sendCases(doors(lakeview.manager), input)).transferIds[0] as string;
      expect(await open(lakeview.manager, id)).toBe(false);
      expect(await outcome(add(lakeview.manager, id))).toBe("notice-settled");
    },
  );

  test("not of what isn't sent yet", async () => {
    expect(await outcome(add(lakeview.manager, (await preparing(world)).id))).toBe("notice-settled");
  });
});

describe("bad input", () => {
  test("told takes the day", async () => {
    const { id } = await sent(world);
    expect(await outcome(add(lakeview.manager, id, { noticeOn: null }))).toBe("bad-value");
    const parsed = noticeSchema.safeParse({
      transfer: id,
      notice: "told",
      noticeOn: "",
      noticeMethod: "",
      noticeBy: "",
    });
    expect(parsed.error?.issues.map((one) => one.path)).toEqual([["noticeOn"]]);
    expect(noticeSchema.safeParse({ transfer: id, notice: "yearly" }).success).toBe(false);
    expect(noticeSchema.safeParse({ transfer: id, notice: "asked" }).success).toBe(true);
  });
});

describe("two at once", () => {
  test("one is kept, the other is told so", async () => {
    const { id } = await sent(world);
    const answers = await Promise.all([
      outcome(add(lakeview.manager, id)),
      outcome(add(lakeview.colleague, id, { notice: "asked" })),
    ]);
    expect(answers.toSorted()).toEqual(["done", "notice-settled"]);
  });
});
