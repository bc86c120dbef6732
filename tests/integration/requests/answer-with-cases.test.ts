import { describe, expect, test } from "vitest";
import { withdrawRequest } from "@/lib/requests/decide-request";
import { getRequest } from "@/lib/requests/get-request";
import { chooseCases } from "@/lib/transfers/choose-cases";
import { getDispatch } from "@/lib/transfers/get-dispatch";
import { sendCases } from "@/lib/transfers/send-cases";
import { addCase, doors, makeWorld, outcome, type Someone, type TestDistrict } from "../../support/world";
import { ask, asking, auditOf, mailsOf, statusOf } from "./fixtures";

const world = await makeWorld();
const { lakeview, riverbend, maple, sql } = world;
const asked = () => ask(riverbend.manager, asking(lakeview, { kind: "cases", legalBasis: "consent" }));
const choose = async (requestId: string, by: Someone = lakeview.manager) => {
  const { id } = await addCase(world, lakeview);
  return (await doors(by).district((tx) => chooseCases(tx, by, { caseIds: [id] }, "", requestId))).dispatchId;
};
const send = (dispatchId: string, ...to: TestDistrict[]) =>
  sendCases(doors(lakeview.manager), {
    dispatchId,
    receiverIds: to.map((one) => one.id),
    notes: "",
    legalBasis: "consent",
    spokeWith: null,
    spokeOn: null,
  });

describe("succeeds", () => {
  test("the transfer to the asking district answers the request, is tied to it, and its people are told", async () => {
    const requestId = await asked();
    const dispatchId = await choose(requestId);
    const by = lakeview.manager;
    expect((await doors(by).district((tx) => getDispatch(tx, by, { dispatchId }))).answers).toMatchObject({
      districtId: riverbend.id,
      legalBasis: "consent",
    });
    const { transferIds } = await send(dispatchId, riverbend);
    expect(await statusOf(world, requestId)).toBe("answered");
    expect(await sql("select request_id from transfer where id = $1", [transferIds[0]])).toEqual([
      { request_id: requestId },
    ]);
    expect(await auditOf(world, lakeview, requestId)).toEqual(["request.answer"]);
    expect(await mailsOf(world, requestId)).toEqual(["request-answered → Riverbend", "request-received → Lakeview"]);
    const seen = await doors(riverbend.manager).district((tx) => getRequest(tx, riverbend.manager, { requestId }));
    expect(seen.transfers).toMatchObject([{ id: transferIds[0], kind: "cases" }]);
  });

  test("sent again for the same dispatch nothing happens twice", async () => {
    const requestId = await asked();
    const dispatchId = await choose(requestId);
    await Promise.all([send(dispatchId, riverbend), send(dispatchId, riverbend)]);
    expect(await auditOf(world, lakeview, requestId)).toEqual(["request.answer"]);
    expect(await mailsOf(world, requestId)).toHaveLength(2);
  });
});

describe("other district", () => {
  test("a transfer to another district than the asking one answers nothing", async () => {
    const requestId = await asked();
    const { transferIds } = await send(await choose(requestId), maple);
    expect(await statusOf(world, requestId)).toBe("open");
    expect(await sql("select request_id from transfer where id = $1", [transferIds[0]])).toEqual([
      { request_id: null },
    ]);
  });

  test("of several destinations the asking one's answers", async () => {
    const requestId = await asked();
    await send(await choose(requestId), maple, riverbend);
    expect(await statusOf(world, requestId)).toBe("answered");
    expect(await sql("select receiving_district_id from transfer where request_id = $1", [requestId])).toEqual([
      { receiving_district_id: riverbend.id },
    ]);
  });

  test("a request to another district isn't answered, and one's own neither", async () => {
    const elsewhere = await ask(riverbend.manager, asking(maple, { kind: "cases" }));
    const own = await ask(lakeview.manager, asking(riverbend, { kind: "cases" }));
    expect(await outcome(choose(elsewhere))).toBe("not-there");
    expect(await outcome(choose(own))).toBe("not-there");
  });
});

describe("wrong state", () => {
  test("a withdrawn request: no draft begins, and what was drafted goes without it", async () => {
    const requestId = await asked();
    const dispatchId = await choose(requestId);
    await doors(riverbend.manager).district((tx) => withdrawRequest(tx, riverbend.manager, { requestId }));
    expect(await outcome(choose(requestId))).toBe("request-decided");
    const { transferIds } = await send(dispatchId, riverbend);
    expect(await sql("select request_id from transfer where id = $1", [transferIds[0]])).toEqual([
      { request_id: null },
    ]);
    expect(await statusOf(world, requestId)).toBe("withdrawn");
  });

  test("a request for documents isn't answered with cases", async () => {
    const requestId = await ask(riverbend.clerk, asking(lakeview));
    expect(await outcome(choose(requestId))).toBe("not-there");
  });
});
