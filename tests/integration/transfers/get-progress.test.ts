import { randomUUID } from "node:crypto";
import { describe, expect, test } from "vitest";
import { handOver } from "@/lib/jobs/hand-over";
import { getProgress } from "@/lib/transfers/get-progress";
import { doors, makeWorld, outcome, type Someone } from "../../support/world";
import {
  addDocument,
  addMover,
  draftDocuments,
  handedOver,
  heldDocuments,
  sealedDocuments,
} from "./document-hand-over";
import { auditOf, sent as sentCases } from "./hand-over";

const world = await makeWorld();
const { lakeview, riverbend, maple, sql } = world;
const progress = (dispatchId: string, by: Someone = lakeview.clerk) =>
  doors(by).district((tx) => getProgress(tx, by, { dispatchId }));

describe("succeeds", () => {
  test("one on its way until the other district's worker has looked, and asking leaves no trace", async () => {
    const sent = await sealedDocuments(world);
    const before = await auditOf(world, lakeview, sent.id);
    expect(await progress(sent.dispatchId)).toBe(1);
    await handOver({ districtId: riverbend.id, transferId: sent.id }, 0);
    expect(await progress(sent.dispatchId)).toBe(0);
    expect((await auditOf(world, lakeview, sent.id)).slice(0, before.length + 2)).toEqual([
      ...before,
      "identity.check",
      "transfer.deliver",
    ]);
    expect(await auditOf(world, lakeview, sent.id)).toHaveLength(before.length + 2);
  });

  test("says the same of what is held and of what is delivered", async () => {
    expect(await progress((await heldDocuments(world)).dispatchId)).toBe(0);
    expect(await progress((await handedOver(world)).dispatchId)).toBe(0);
  });
});

describe("wrong permission", () => {
  test.each(["manager", "staff"] as const)("refuses a %s", async (role) => {
    const sent = await sealedDocuments(world);
    expect(await outcome(progress(sent.dispatchId, lakeview[role]))).toBe("forbidden");
  });

  test("a colleague's isn't there, though they manage documents as well", async () => {
    const sent = await sealedDocuments(world);
    expect(await outcome(progress(sent.dispatchId, lakeview.admin))).toBe("not-there");
  });
});

describe("other district", () => {
  test("neither the receiver nor a third one asks", async () => {
    for (const sent of [await sealedDocuments(world), await handedOver(world)])
      for (const by of [riverbend.clerk, maple.clerk])
        expect(await outcome(progress(sent.dispatchId, by))).toBe("not-there");
  });
});

describe("wrong state", () => {
  test("a draft that wasn't sent has none, nor have cases", async () => {
    const { here } = await addMover(world);
    const dispatchId = await draftDocuments(lakeview.clerk, here.id, [await addDocument(world, lakeview, here.id)]);
    expect(await outcome(progress(dispatchId))).toBe("not-there");
    const cases = await sentCases(world, { by: lakeview.admin });
    const [row] = await sql<{ id: string }>("select dispatch_id id from transfer where id = $1", [cases.id]);
    expect(await outcome(progress(row?.id as string, lakeview.admin))).toBe("not-there");
  });
});

describe("bad input", () => {
  test("an id that nothing has, or the transfer's in place of the draft's", async () => {
    const sent = await sealedDocuments(world);
    for (const id of [randomUUID(), sent.id]) expect(await outcome(progress(id))).toBe("not-there");
  });
});

describe("two at once", () => {
  test("asked while it's delivered: it goes down and never up again", async () => {
    const sent = await sealedDocuments(world);
    const answers: number[] = [];
    let over = false;
    const asking = (async () => {
      while (!over) answers.push(await progress(sent.dispatchId));
    })();
    await handOver({ districtId: riverbend.id, transferId: sent.id }, 0);
    over = true;
    await asking;
    expect(answers).toEqual(answers.toSorted().toReversed());
    expect(await progress(sent.dispatchId)).toBe(0);
  });
});
