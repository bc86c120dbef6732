import { randomUUID } from "node:crypto";
import { describe, expect, test } from "vitest";
import { getDispatch } from "@/lib/transfers/get-dispatch";
import { getSent } from "@/lib/transfers/get-sent";
import { saveTransfer } from "@/lib/transfers/save-transfer";
import { sendCases } from "@/lib/transfers/send-cases";
import { addCase, doors, makeWorld, outcome, type Someone, setSwitch, textFile } from "../../support/world";
import { draft, entered, sending, sent } from "./hand-over";

const world = await makeWorld();
const { lakeview, riverbend, maple, sql } = world;
const get = (dispatchId: string, by: Someone = lakeview.manager) =>
  doors(by).district((tx) => getDispatch(tx, by, { dispatchId }));
const getIts = (dispatchId: string, by: Someone = lakeview.manager) =>
  doors(by).district((tx) => getSent(tx, by, { dispatchId }));

describe("succeeds", () => {
  test("shows what will travel, how large it is, and what waits for whom", async () => {
    const waiting = await sent(world, { cases: [{ given: "Waiting", family: "A" }] });
    const fresh = await addCase(world, lakeview, {
      given: "Fresh",
      family: "B",
      files: [textFile("a.txt", 700), textFile("b.txt", 300)],
    });
    const dispatch = await get(await draft(world, lakeview.manager, [waiting.cases[0]?.id as string, fresh.id]));
    expect(dispatch).toMatchObject({ bytes: 1000, tooLarge: false, switchOn: true, sent: null });
    expect(
      dispatch.cases.map((one) => [one.given, one.attachments, one.bytes, one.waiting.map((other) => other.district)]),
    ).toEqual([
      ["Waiting", 0, 0, ["Riverbend"]],
      ["Fresh", 2, 1000, []],
    ]);
  });

  test("warns of what came from another district itself (34 CFR 99.33)", async () => {
    const received = await entered(world);
    await saveTransfer(doors(riverbend.manager), { transferId: received.id });
    const [one] = await sql<{ id: string }>('select id from "case" where origin_transfer_id = $1', [received.id]);
    const dispatch = await get(await draft(world, riverbend.manager, [one?.id as string]), riverbend.manager);
    expect(dispatch.cases[0]?.receivedFrom).toBe("Lakeview");
  });

  test("once sent, shows each destination's transfer and what was held back from it", async () => {
    const waiting = await sent(world, { cases: [{ given: "Held", family: "Back" }] });
    const { id } = await addCase(world, lakeview);
    const dispatchId = await draft(world, lakeview.manager, [waiting.cases[0]?.id as string, id]);
    const { transferIds } = await sendCases(doors(lakeview.manager), sending(dispatchId, [riverbend, maple]));
    const { transfers, from } = await getIts(dispatchId);
    expect(
      transfers.map((one) => [
        one.to.name,
        one.cases,
        one.status,
        one.heldBack.map((held) => [held.given, held.waitsIn?.transferId]),
      ]),
    ).toEqual([
      ["Maple Grove", 2, "pending", []],
      ["Riverbend", 1, "pending", [["Held", waiting.id]]],
    ]);
    expect(from).toMatchObject({ name: "Lakeview", stateName: "Texas" });
    expect((await get(dispatchId)).sent?.map((one) => one.transferId).sort()).toEqual(transferIds.sort());
  });
});

describe("wrong permission", () => {
  test.each(["clerk", "staff"] as const)("refuses a %s, also their own", async (role) => {
    const dispatchId = await draft(world, lakeview[role], [(await addCase(world, lakeview)).id]);
    expect(await outcome(get(dispatchId, lakeview[role]))).toBe("forbidden");
    expect(await outcome(getIts(dispatchId, lakeview[role]))).toBe("forbidden");
  });
});

describe("other district", () => {
  test("isn't there for another district, nor for a colleague", async () => {
    const dispatchId = await draft(world, lakeview.manager, [(await addCase(world, lakeview)).id]);
    await sendCases(doors(lakeview.manager), sending(dispatchId, [riverbend]));
    for (const by of [riverbend.manager, maple.manager, lakeview.colleague]) {
      expect(await outcome(get(dispatchId, by))).toBe("not-there");
      expect(await outcome(getIts(dispatchId, by))).toBe("not-there");
    }
  });
});

describe("wrong state", () => {
  test("says that the switch is off, that it's too large, and has nothing to show of what isn't sent", async () => {
    const { id } = await addCase(world, lakeview, { files: [textFile()] });
    await sql(
      "update stored_file f set size = 3000000000 from attachment a where a.file_id = f.id and a.case_id = $1",
      [id],
    );
    const dispatchId = await draft(world, lakeview.manager, [id]);
    await setSwitch(world, lakeview, false);
    expect(await get(dispatchId)).toMatchObject({ switchOn: false, tooLarge: true });
    await setSwitch(world, lakeview, true);
    expect(await outcome(getIts(dispatchId))).toBe("not-there");
  });
});

describe("bad input", () => {
  test("isn't there under an id that nobody drafted", async () => {
    expect(await outcome(get(randomUUID()))).toBe("not-there");
    expect(await outcome(getIts(randomUUID()))).toBe("not-there");
  });
});

describe("two at once", () => {
  test("read while it's sent, it's a draft or whole", async () => {
    const dispatchId = await draft(world, lakeview.manager, [(await addCase(world, lakeview)).id]);
    const [dispatch, { transferIds }] = await Promise.all([
      get(dispatchId),
      sendCases(doors(lakeview.manager), sending(dispatchId, [riverbend])),
    ]);
    expect([null, transferIds]).toContainEqual(dispatch.sent?.map((one) => one.transferId) ?? null);
  });
});
