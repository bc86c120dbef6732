import { randomUUID } from "node:crypto";
import { describe, expect, test } from "vitest";
import { cancelTransfer } from "@/lib/transfers/cancel-transfer";
import { decideItem } from "@/lib/transfers/decide-items";
import { getIntake } from "@/lib/transfers/get-intake";
import { getTransfer } from "@/lib/transfers/get-transfer";
import { rejectTransfer } from "@/lib/transfers/reject-transfer";
import { saveTransfer } from "@/lib/transfers/save-transfer";
import { sendCases } from "@/lib/transfers/send-cases";
import { addCase, addMember, doors, makeWorld, outcome, type Someone, textFile } from "../../support/world";
import { auditOf, codeOf, decision, draft, entered, preparing, sending, sent, statusOf, unlocked } from "./hand-over";

const world = await makeWorld();
const { lakeview, riverbend, maple, sql } = world;
const get = (transfer: { id: string }, by: Someone) =>
  doors(by).district((tx) => getTransfer(tx, by, { transferId: transfer.id }));
const notes = `Ça va? 'quoted' \\ ${"🙂ه".repeat(4000)}`.padEnd(12_017, ".");

describe("succeeds", () => {
  test("shows the sender its own cases, notes, people, and what the receiver publishes; the reading is written down", async () => {
    await sql(
      "update district_settings set coordinator_name = 'Pat Lee', coordinator_phone = '555-0100', coordinator_shown = true where district_id = $1",
      [riverbend.id],
    );
    await sql(
      "update district_settings set coordinator_name = 'Not Published', coordinator_shown = false where district_id = $1",
      [lakeview.id],
    );
    const { id: caseId, number } = await addCase(world, lakeview, { given: "Ada", family: "Own" });
    const dispatchId = await draft(world, lakeview.manager, [caseId]);
    const input = sending(dispatchId, [riverbend], {
      notes,
      spokeWith: "Kim",
      spokeOn: "2026-11-01",
      legalBasis: "consent",
    });
    const id = (await sendCases(doors(lakeview.manager), input)).transferIds[0] as string;
    const seen = await get({ id }, lakeview.colleague);
    expect(seen).toMatchObject({
      side: "outgoing",
      otherDistrict: "Riverbend",
      dispatchId,
      legalBasis: "consent",
      spokeWith: "Kim",
      spokeOn: "2026-11-01",
      triesLeft: null,
    });
    expect(seen.notes === notes).toBe(true);
    expect(seen.contents).toEqual([
      { id: caseId, number, given: "Ada", family: "Own", originNumber: null, cameAs: null, manager: null },
    ]);
    expect(seen.contact).toEqual({ name: "Pat Lee", title: null, email: null, phone: "555-0100" });
    expect(seen.events).toMatchObject([
      { verb: "seal", side: "sender", actor: lakeview.manager.name, own: true, actsForBoth: false },
    ]);
    expect((await auditOf(world, lakeview, id)).at(-1)).toBe("transfer.read");
  });

  test("shows the receiver nothing that identifies a person before it's saved, then its own cases", async () => {
    const transfer = await sent(world, {
      cases: [{ given: "Secretname", notes: ["Secretnote"] }],
      notes: "Secretnotes",
    });
    const seen = await get(transfer, riverbend.manager);
    expect(seen).toMatchObject({
      side: "incoming",
      contents: [],
      notes: null,
      dispatchId: null,
      sentBy: null,
      triesLeft: 5,
      contact: null,
    });
    expect(seen.events).toMatchObject([{ verb: "seal", actor: null, own: false }]);
    expect(JSON.stringify(seen)).not.toMatch(/Secret/);
    const done = await entered(world, { cases: [{ given: "Ida", family: "In" }] });
    expect((await get(done, riverbend.manager)).contents).toEqual([]);
    await saveTransfer(doors(riverbend.manager), { transferId: done.id });
    const [one] = await sql<{ id: string; number: string }>(
      'select id, number from "case" where origin_transfer_id = $1',
      [done.id],
    );
    expect((await get(done, riverbend.manager)).contents).toEqual([
      {
        id: one?.id,
        number: one?.number,
        given: "Ida",
        family: "In",
        originNumber: done.cases[0]?.number,
        cameAs: null,
        manager: null,
      },
    ]);
  });

  test("keeps whom the sender spoke with and the showings of the code on the sender's side", async () => {
    const { id: caseId } = await addCase(world, lakeview, {});
    const dispatchId = await draft(world, lakeview.manager, [caseId]);
    const input = sending(dispatchId, [riverbend], { spokeWith: "Kim", spokeOn: "2026-11-01" });
    const id = (await sendCases(doors(lakeview.manager), input)).transferIds[0] as string;
    await codeOf(lakeview.colleague, id);
    const [here, there] = [await get({ id }, lakeview.manager), await get({ id }, riverbend.manager)];
    expect([here.spokeWith, here.spokeOn, there.spokeWith, there.spokeOn]).toEqual(["Kim", "2026-11-01", null, null]);
    expect(here.events.map((one) => [one.verb, one.actor])).toEqual([
      ["seal", lakeview.manager.name],
      ["show-code", lakeview.colleague.name],
    ]);
    expect(there.events.map((one) => one.verb)).toEqual(["seal"]);
  });

  test("says who was linked to whom, who looks after it, what was left out, and how many files travelled", async () => {
    const student = riverbend.students[0] as (typeof riverbend.students)[number];
    const done = await unlocked(world, {
      cases: [
        { given: "Terrence", family: "Simmons", files: [textFile(), textFile()] },
        { given: "Not", family: "Ours" },
      ],
    });
    const { items } = await getIntake(doors(riverbend.manager), { transferId: done.id });
    for (const { n, content } of items)
      await decideItem(doors(riverbend.manager), {
        ...(content.person.family === "Simmons"
          ? decision(n, { decision: "link", studentId: student.id, managerId: riverbend.manager.membershipId })
          : decision(n, { decision: "leave", reason: "Lives elsewhere" })),
        transferId: done.id,
        applyToAll: false,
        sameStudent: true,
      });
    await saveTransfer(doors(riverbend.manager), { transferId: done.id });
    const seen = await get(done, riverbend.manager);
    expect(seen.contents).toMatchObject([
      { given: student.given, family: student.family, cameAs: "Simmons, Terrence", manager: riverbend.manager.name },
    ]);
    const left = items.find((one) => one.content.person.family === "Ours");
    const leftOut = { n: left?.n, originNumber: left?.content.number, reason: "Lives elsewhere" };
    expect(seen.leftOut).toEqual([{ ...leftOut, id: null }]);
    expect(JSON.stringify(seen)).not.toContain("Ours");
    const sender = await get(done, lakeview.manager);
    expect([seen.attachments, sender.attachments]).toEqual([2, 2]);
    expect(sender.contents.map((one) => [one.family, one.cameAs])).toEqual([["Simmons", null]]);
    expect(sender.leftOut).toEqual([
      { ...leftOut, id: done.cases.find((one) => one.number === left?.content.number)?.id },
    ]);
  });

  test("tells both sides the reason of a refusal, and each the names of its own people only", async () => {
    const transfer = await unlocked(world);
    await rejectTransfer(doors(riverbend.manager), { transferId: transfer.id, reason: "Moved away" });
    const [here, there] = [await get(transfer, lakeview.manager), await get(transfer, riverbend.manager)];
    expect([here.reason, there.reason]).toEqual(["Moved away", "Moved away"]);
    const happened = here.events.filter((one) => one.verb !== "show-code");
    expect(happened.map((one) => one.actor)).toEqual([lakeview.manager.name, null, null]);
    expect(there.events.map((one) => one.actor)).toEqual([null, riverbend.manager.name, riverbend.manager.name]);
  });

  test("says it when one person acted for both districts", async () => {
    const both = await addMember(world, riverbend, "center", ["manageCases"], lakeview.manager.userId);
    const transfer = await sent(world);
    await rejectTransfer(doors(both), { transferId: transfer.id, reason: "Ours anyway" });
    const { events } = await get(transfer, lakeview.manager);
    expect(events.filter((one) => one.verb !== "show-code").map((one) => one.actsForBoth)).toEqual([true, true]);
    expect(await statusOf(world, transfer.id)).toBe("rejected");
  });
});

describe("wrong permission", () => {
  test.each(["clerk", "staff"] as const)("refuses a %s of either side", async (role) => {
    const transfer = await sent(world);
    expect(await outcome(get(transfer, lakeview[role]))).toBe("forbidden");
    expect(await outcome(get(transfer, riverbend[role]))).toBe("forbidden");
  });
});

describe("other district", () => {
  test("isn't there for a third district", async () => {
    const transfer = await sent(world);
    expect(await outcome(get(transfer, maple.manager))).toBe("not-there");
    expect(await outcome(get({ id: randomUUID() }, maple.manager))).toBe("not-there");
    expect(await auditOf(world, maple, transfer.id)).toEqual([]);
  });
});

describe("wrong state", () => {
  test("a transfer that's being prepared isn't there for the receiver", async () => {
    const transfer = await preparing(world);
    expect((await get(transfer, lakeview.manager)).status).toBe("preparing");
    expect(await outcome(get(transfer, riverbend.manager))).toBe("not-there");
  });

  test("once decided it has no code and no tries left to show", async () => {
    const transfer = await sent(world);
    await cancelTransfer(doors(lakeview.manager), { transferId: transfer.id });
    expect(await get(transfer, riverbend.manager)).toMatchObject({
      status: "cancelled",
      triesLeft: null,
      decidedAt: expect.any(Date),
    });
  });
});

describe("bad input", () => {
  test("an id that isn't one is refused by the database", async () => {
    await expect(get({ id: "nonsense" }, lakeview.manager)).rejects.toThrow();
  });
});

describe("two at once", () => {
  test("what's read while it's decided is one state, not a mixture", async () => {
    const transfer = await sent(world);
    const [seen] = await Promise.all([
      get(transfer, lakeview.manager),
      rejectTransfer(doors(riverbend.manager), { transferId: transfer.id, reason: "No" }),
    ]);
    expect([
      ["pending", null, null],
      ["rejected", "No", expect.any(Date)],
    ]).toContainEqual([seen.status, seen.reason, seen.decidedAt]);
  });
});
