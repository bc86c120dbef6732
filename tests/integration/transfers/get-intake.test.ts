import { describe, expect, test } from "vitest";
import { acceptTransfer } from "@/lib/transfers/accept-transfer";
import { getIntake, getIntakeItem } from "@/lib/transfers/get-intake";
import { rejectTransfer } from "@/lib/transfers/reject-transfer";
import { saveTransfer } from "@/lib/transfers/save-transfer";
import { sendCases } from "@/lib/transfers/send-cases";
import { doors, makeWorld, outcome, type Someone, setSwitch, textFile } from "../../support/world";
import { auditOf, codeOf, decision, draft, entered, sending, sent, unlocked } from "./hand-over";

const world = await makeWorld();
const { lakeview, riverbend, maple, sql } = world;
const get = (transfer: { id: string }, by: Someone = riverbend.manager) =>
  getIntake(doors(by), { transferId: transfer.id });
const [ana, ben] = riverbend.students as [(typeof riverbend.students)[number], (typeof riverbend.students)[number]];

describe("succeeds", () => {
  test("opens the package: notes, the whole case, and the best match of the roster", async () => {
    const notes = "Call me — Ünal 'J' 🙂\n".repeat(500).slice(0, 10_000);
    const about = {
      given: ana.given,
      family: ana.family,
      birthDate: ana.birthDate,
      notes: ["First", "Sécond"],
      strategies: ["Breaks"],
      tasks: ["Phone home"],
      files: [textFile("plan.txt")],
      assigned: [lakeview.staff],
      level: "imminent" as const,
    };
    const transfer = await unlocked(world, { cases: [about], notes });
    const intake = await get(transfer);
    expect(intake.cover).toEqual({
      notes,
      sentBy: lakeview.manager.name,
      sentByEmail: `manager@${lakeview.slug}.example`,
    });
    const [item] = intake.items;
    expect(item?.content).toMatchObject({
      originCaseId: transfer.cases[0]?.id,
      number: transfer.cases[0]?.number,
      person: { given: ana.given, family: ana.family, birthDate: ana.birthDate, onRoster: false },
      building: "North Middle School",
      team: "Care team",
      teamLeader: lakeview.admin.name,
      manager: lakeview.manager.name,
      assigned: [lakeview.staff.name],
      level: "imminent",
      strategies: [{ text: "Breaks", startedOn: "2026-09-01" }],
      tasks: [{ text: "Phone home", dueOn: "2026-12-01" }],
      attachments: [{ name: "plan.txt", addedBy: "Jo Author", note: null }],
    });
    expect(item?.content.notes.map((note) => note.body).sort()).toEqual(["First", "Sécond"]);
    expect(item?.matches[0]).toMatchObject({ id: ana.id, comparison: { allAgree: true } });
    expect([intake.sameState, item?.decision, item?.receivedBefore]).toEqual([false, null, []]);
    expect((await auditOf(world, riverbend, transfer.id)).at(-1)).toBe("package.read");
  });

  test("shows agreement and difference, and proposes nobody for a shared birthday", async () => {
    const transfer = await unlocked(world, {
      cases: [
        { given: ana.given, family: ana.family, birthDate: "2012-01-51".replace("51", "25") },
        { given: "Total", family: "Stranger", birthDate: ben.birthDate },
      ],
    });
    const { items } = await get(transfer);
    const of = (given: string) => items.find((item) => item.content.person.given === given);
    expect(of(ana.given)?.matches[0]?.comparison).toMatchObject({
      name: "agrees",
      birthDate: "differs",
      allAgree: false,
    });
    expect(of("Total")?.matches).toEqual([]);
  });

  test("compares state IDs where both districts lie in one state", async () => {
    const transfer = await unlocked(world, {
      from: maple,
      to: lakeview,
      cases: [{ given: "Ana", family: "Torres", birthDate: "2012-01-15", stateId: "TX-9" }],
    });
    const intake = await get(transfer, lakeview.manager);
    expect([intake.sameState, intake.items[0]?.matches[0]?.comparison.stateId]).toEqual([true, "differs"]);
  });

  test("flags a case that was received before, also when it was sent on and comes home", async () => {
    const first = await entered(world);
    await saveTransfer(doors(riverbend.manager), { transferId: first.id });
    const [here] = await sql<{ id: string; number: string }>(
      'select id, number from "case" where origin_transfer_id = $1',
      [first.id],
    );
    const send = async (from: typeof lakeview, to: typeof lakeview, caseId: string) => {
      const { transferIds } = await sendCases(
        doors(from.manager),
        sending(await draft(world, from.manager, [caseId]), [to]),
      );
      const id = transferIds[0] as string;
      await acceptTransfer(doors(to.manager), { transferId: id, code: await codeOf(from.manager, id) });
      return { id };
    };
    const again = await get(await send(lakeview, riverbend, first.cases[0]?.id as string));
    expect(again.items[0]?.receivedBefore).toEqual([{ id: here?.id, number: here?.number }]);
    const home = await get(await send(riverbend, lakeview, here?.id as string), lakeview.manager);
    expect(home.items[0]?.content.originCaseId).toBe(first.cases[0]?.id);
    expect(home.items[0]?.receivedBefore).toEqual(first.cases);
  });

  test("can be read while either side is switched off, and shows what was decided so far", async () => {
    const transfer = await entered(world, {
      cases: [{}, {}],
      decisions: [decision(2, { decision: "link", studentId: ben.id })],
    });
    await setSwitch(world, lakeview, false);
    const intake = await get(transfer, riverbend.colleague);
    await setSwitch(world, lakeview, true);
    expect(intake.items.map((item) => item.decision?.studentName ?? null)).toEqual([
      null,
      `${ben.family}, ${ben.given}`,
    ]);
  });
});

describe("wrong permission", () => {
  test.each(["clerk", "staff"] as const)("refuses a %s", async (role) => {
    expect(await outcome(get(await unlocked(world), riverbend[role]))).toBe("forbidden");
  });
});

describe("other district", () => {
  test("isn't there for a third district, nor for the sender", async () => {
    const transfer = await unlocked(world);
    expect(await outcome(get(transfer, maple.manager))).toBe("not-there");
    expect(await outcome(get(transfer, lakeview.manager))).toBe("not-there");
  });
});

describe("wrong state", () => {
  test("needs the code first, and is over with the decision", async () => {
    expect(await outcome(get(await sent(world)))).toBe("code-first");
    const rejected = await unlocked(world);
    await rejectTransfer(doors(riverbend.manager), { transferId: rejected.id, reason: "No" });
    expect(await outcome(get(rejected))).toBe("transfer-decided");
  });
});

describe("bad input", () => {
  test("has no case of another number", async () => {
    const intake = await get(await unlocked(world));
    expect(getIntakeItem(intake, 1).n).toBe(1);
    for (const n of [0, 2, -1, Number.NaN]) expect(() => getIntakeItem(intake, n)).toThrow("not-there");
  });

  test("doesn't show a package of which a byte was changed", async () => {
    const transfer = await unlocked(world);
    await sql(
      "update package_item set sealed = set_byte(sealed, 30, get_byte(sealed, 30) # 1) where transfer_id = $1 and n = 1",
      [transfer.id],
    );
    await expect(get(transfer)).rejects.toThrow();
  });
});

describe("two at once", () => {
  test("read while it's rejected, it's whole or gone", async () => {
    const transfer = await unlocked(world, { cases: [{}, {}, {}] });
    const [reading] = await Promise.allSettled([
      get(transfer),
      rejectTransfer(doors(riverbend.colleague), { transferId: transfer.id, reason: "No" }),
    ]);
    if (reading.status === "fulfilled") expect(reading.value.items).toHaveLength(3);
    else expect(reading.reason).toMatchObject({ kind: "transfer-decided" });
  });
});
