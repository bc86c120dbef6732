import { describe, expect, test } from "vitest";
import { findStatement } from "@/lib/disclosures/find-statement";
import { type BasisStatement, nothingStated } from "@/lib/disclosures/state-basis";
import { sendCases } from "@/lib/transfers/send-cases";
import { transferDocuments } from "@/lib/transfers/transfer-documents";
import { basisProblems, statementOf } from "@/lib/web/basis-fields";
import { addCase, doors, makeWorld, outcome, type Someone } from "../../support/world";
import { addDocument, addMover, documentInput, draftDocuments } from "../transfers/document-hand-over";
import { draft, sending } from "../transfers/hand-over";

const world = await makeWorld();
const { lakeview, riverbend, sql } = world;
const threat = "Yara Quist said on Monday that she would hurt a classmate there.";

const send = async (legalBasis: "enrollment" | "consent" | "emergency", stated: Partial<BasisStatement>) => {
  const dispatchId = await draft(world, lakeview.manager, [(await addCase(world, lakeview)).id]);
  const input = sending(dispatchId, [riverbend], { legalBasis, statement: { ...nothingStated, ...stated } });
  const { transferIds } = await sendCases(doors(lakeview.manager), input);
  return { id: transferIds[0] as string, input };
};
const statement = (actor: Someone, transferId: string) => doors(actor).district((tx) => findStatement(tx, transferId));

describe("succeeds", () => {
  test.each([
    ["emergency" as const, { threat }, [`The threat: ${threat}`]],
    ["consent" as const, { consentOn: "2026-11-02" }, ["Consent signed on Nov 2, 2026."]],
    [
      "enrollment" as const,
      { notice: "told" as const, noticeOn: "2026-11-20", noticeMethod: "phone" as const, noticeBy: "Jo Lee" },
      ["No record request stands behind it.", "Parents were told on Nov 20, 2026, by phone, by Jo Lee."],
    ],
    [
      "enrollment" as const,
      { notice: "asked" as const },
      ["No record request stands behind it.", "Notice not required: the parents asked for it."],
    ],
    ["enrollment" as const, {}, ["No record request stands behind it.", "No parent notice was recorded."]],
  ])("%s %j", async (basis, stated, sentences) => {
    const { id } = await send(basis, stated);
    expect(await statement(lakeview.manager, id)).toEqual(sentences);
  });

  test("documents say it as well", async () => {
    const { here, there } = await addMover(world);
    const dispatchId = await draftDocuments(lakeview.clerk, here.id, [await addDocument(world, lakeview, here.id)]);
    const { transferId } = await transferDocuments(
      doors(lakeview.clerk),
      documentInput(dispatchId, riverbend, there.sisId, {
        legalBasis: "emergency",
        statement: { ...nothingStated, threat },
      }),
    );
    expect(await statement(lakeview.clerk, transferId)).toEqual([`The threat: ${threat}`]);
  });
});

describe("other district", () => {
  test("never sees what was stated", async () => {
    const { id } = await send("emergency", { threat });
    expect(await statement(riverbend.manager, id)).toEqual([]);
    const rows = await doors(riverbend.manager).district((tx) => tx.transferBasis.findMany());
    expect(rows).toEqual([]);
    const [row] = await sql<{ text: string }>("select to_jsonb(t)::text text from transfer t where id = $1", [id]);
    expect(row?.text).not.toContain("Quist");
  });
});

describe("wrong state", () => {
  test("what was stated stays as it was, a second click changes nothing", async () => {
    const { id, input } = await send("emergency", { threat });
    await sendCases(doors(lakeview.manager), { ...input, statement: { ...nothingStated, threat: "Something else." } });
    expect(await statement(lakeview.manager, id)).toEqual([`The threat: ${threat}`]);
    await expect(sql("update transfer_basis set threat = 'x' where transfer_id = $1", [id])).rejects.toThrow(
      /append-only/,
    );
    await expect(sql("delete from transfer_basis where transfer_id = $1", [id])).rejects.toThrow(/append-only/);
  });
});

describe("bad input", () => {
  test.each([null, "", "  "])("an emergency without its threat (%j) isn't sent", async (none) => {
    expect(await outcome(send("emergency", { threat: none }))).toBe("threat-missing");
  });

  test("the form asks for what the basis needs, and leaves out what belongs to another", () => {
    const typed = {
      consentOn: "2026-11-02",
      threat: "t",
      notice: "told" as const,
      noticeOn: null,
      noticeMethod: "letter" as const,
      noticeBy: "Jo",
    };
    expect(basisProblems("enrollment", typed).map(([field]) => field)).toEqual(["noticeOn"]);
    expect(basisProblems("consent", { ...typed, consentOn: null }).map(([field]) => field)).toEqual(["consentOn"]);
    expect(basisProblems("emergency", { ...typed, threat: "" }).map(([field]) => field)).toEqual(["threat"]);
    expect(statementOf("consent", typed)).toEqual({ ...nothingStated, consentOn: "2026-11-02" });
    expect(statementOf("enrollment", { ...typed, notice: "asked" })).toEqual({ ...nothingStated, notice: "asked" });
  });
});
