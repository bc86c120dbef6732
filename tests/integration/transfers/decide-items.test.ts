import { randomUUID } from "node:crypto";
import { describe, expect, test } from "vitest";
import { decideItem, decideRest, type ItemDecision } from "@/lib/transfers/decide-items";
import { getIntake } from "@/lib/transfers/get-intake";
import { rejectTransfer } from "@/lib/transfers/reject-transfer";
import { saveTransfer } from "@/lib/transfers/save-transfer";
import { doors, makeWorld, outcome, type Someone, setSwitch } from "../../support/world";
import { auditOf, decision, entered, type Sent, sent, statusOf, unlocked } from "./hand-over";

const world = await makeWorld();
const { lakeview, riverbend, maple, sql } = world;
const decide = (transfer: Sent, one: ItemDecision, by: Someone = riverbend.manager, applyToAll = false) =>
  decideItem(doors(by), { ...one, transferId: transfer.id, applyToAll, sameStudent: true });
const stored = (transfer: Sent) =>
  sql<{
    n: number;
    decision: string;
    student_id: string | null;
    building_id: string | null;
    reason: string | null;
    decided_by: string;
  }>("select n, decision, student_id, building_id, reason, decided_by from intake where transfer_id = $1 order by n", [
    transfer.id,
  ]);
const student = riverbend.students[0] as (typeof riverbend.students)[number];

describe("succeeds", () => {
  test("keeps each decision, lets a colleague go on and change it, and stays with what was typed last", async () => {
    const transfer = await unlocked(world, { cases: [{}, {}, {}] });
    await decide(transfer, decision(1, { decision: "link", studentId: student.id, buildingId: riverbend.buildingId }));
    await decide(transfer, decision(2, { decision: "leave", reason: "Lives elsewhere" }));
    await decide(transfer, decision(3), riverbend.colleague);
    await decide(transfer, decision(2, { decision: "new", reason: "Lives elsewhere" }), riverbend.colleague);
    expect(await stored(transfer)).toEqual([
      {
        n: 1,
        decision: "link",
        student_id: student.id,
        building_id: riverbend.buildingId,
        reason: null,
        decided_by: riverbend.manager.membershipId,
      },
      {
        n: 2,
        decision: "new",
        student_id: null,
        building_id: null,
        reason: null,
        decided_by: riverbend.colleague.membershipId,
      },
      {
        n: 3,
        decision: "new",
        student_id: null,
        building_id: null,
        reason: null,
        decided_by: riverbend.colleague.membershipId,
      },
    ]);
    expect((await auditOf(world, riverbend, transfer.id)).filter((one) => one === "intake.decide")).toHaveLength(4);
    expect(await auditOf(world, lakeview, transfer.id)).not.toContain("intake.decide");
    const resumed = await getIntake(doors(riverbend.colleague), { transferId: transfer.id });
    expect(resumed.items.map((item) => item.decision?.decision)).toEqual(["link", "new", "new"]);
  });

  test("gives team and case manager to all that have none, but leaves alone what was left out, and each case's building", async () => {
    const transfer = await unlocked(world, { cases: [{}, {}, {}] });
    await decide(transfer, decision(1));
    await decide(transfer, decision(2, { decision: "leave", reason: "Unknown here" }));
    await decide(
      transfer,
      decision(3, { buildingId: riverbend.buildingId, teamId: riverbend.teamId }),
      riverbend.manager,
      true,
    );
    expect((await stored(transfer)).map((row) => row.building_id)).toEqual([null, null, riverbend.buildingId]);
    const teams = await sql<{ team_id: string | null }>(
      "select team_id from intake where transfer_id = $1 order by n",
      [transfer.id],
    );
    expect(teams.map((row) => row.team_id)).toEqual([riverbend.teamId, null, riverbend.teamId]);
  });

  test("decides at once those that agree in everything, and those that nobody here is like; the rest stays open", async () => {
    const same = { given: student.given, family: student.family, birthDate: student.birthDate };
    const transfer = await unlocked(world, {
      cases: [same, { given: "Zora", family: "Unheard", birthDate: "2009-01-01" }, { ...same, given: "An" }],
    });
    const intake = await getIntake(doors(riverbend.manager), { transferId: transfer.id });
    const numberOf = (given: string) => intake.items.find((item) => item.content.person.given === given)?.n;
    const rest = { transferId: transfer.id, buildingId: null, teamId: null, managerId: null };
    expect(await decideRest(doors(riverbend.manager), { ...rest, which: "agreeing" })).toBe(1);
    expect(await decideRest(doors(riverbend.manager), { ...rest, which: "unmatched" })).toBe(1);
    expect(await decideRest(doors(riverbend.manager), { ...rest, which: "unmatched" })).toBe(0);
    expect(
      (await stored(transfer))
        .map(({ n, decision: what, student_id }) => ({ n, what, student_id }))
        .sort((a, b) => a.n - b.n),
    ).toEqual(
      [
        { n: numberOf(student.given), what: "link", student_id: student.id },
        { n: numberOf("Zora"), what: "new", student_id: null },
      ].sort((a, b) => Number(a.n) - Number(b.n)),
    );
  });

  test("links to a student whose name or birth date differs on a second explicit yes alone, which is written down", async () => {
    const { given, family, birthDate } = student;
    const link = (transfer: Sent, sameStudent?: boolean) =>
      decideItem(doors(riverbend.manager), {
        ...decision(1, { decision: "link", studentId: student.id }),
        transferId: transfer.id,
        applyToAll: false,
        ...(sameStudent === undefined ? {} : { sameStudent }),
      });
    for (const person of [
      { given: "Terrence", family: "Simmons", birthDate: "2008-02-02" },
      { given: "Terrence", family: "Simmons", birthDate },
      { given, family, birthDate: "2008-02-02" },
    ]) {
      const transfer = await unlocked(world, { cases: [person] });
      await expect(link(transfer)).rejects.toMatchObject({
        kind: "student-differs",
        data: { student: { id: student.id, sisId: student.sisId } },
      });
      expect(await outcome(link(transfer, false))).toBe("student-differs");
      expect(await stored(transfer)).toEqual([]);
      await link(transfer, true);
      expect((await stored(transfer))[0]?.student_id).toBe(student.id);
      expect(await auditOf(world, riverbend, transfer.id)).toContain("intake.link-differing");
      expect(await auditOf(world, lakeview, transfer.id)).not.toContain("intake.link-differing");
    }
    // Who agrees, or whose birth date isn't given, needs none; nor is one written down that wasn't needed.
    for (const person of [
      { given, family, birthDate },
      { given, family, birthDate: null },
    ]) {
      const transfer = await unlocked(world, { cases: [person] });
      await link(transfer, true);
      expect(await auditOf(world, riverbend, transfer.id)).not.toContain("intake.link-differing");
      await link(await unlocked(world, { cases: [person] }));
    }
  });

  test("goes on while either side is switched off", async () => {
    const transfer = await unlocked(world);
    await Promise.all([setSwitch(world, lakeview, false), setSwitch(world, riverbend, false)]);
    await decide(transfer, decision(1));
    await Promise.all([setSwitch(world, lakeview, true), setSwitch(world, riverbend, true)]);
    expect(await stored(transfer)).toHaveLength(1);
  });
});

describe("wrong permission", () => {
  test.each(["clerk", "staff"] as const)("refuses a %s", async (role) => {
    const transfer = await unlocked(world);
    expect(await outcome(decide(transfer, decision(1), riverbend[role]))).toBe("forbidden");
    const rest = {
      transferId: transfer.id,
      which: "unmatched",
      buildingId: null,
      teamId: null,
      managerId: null,
    } as const;
    expect(await outcome(decideRest(doors(riverbend[role]), rest))).toBe("forbidden");
  });
});

describe("other district", () => {
  test("isn't there for a third district, and not the sender's to decide", async () => {
    const transfer = await unlocked(world);
    expect(await outcome(decide(transfer, decision(1), maple.manager))).toBe("not-there");
    expect(await outcome(decide(transfer, decision(1), lakeview.manager))).toBe("not-there");
    expect(await stored(transfer)).toEqual([]);
  });

  test("takes no student, building, team or manager of another district", async () => {
    const transfer = await unlocked(world);
    const foreign = lakeview.students[0]?.id as string;
    expect(await outcome(decide(transfer, decision(1, { decision: "link", studentId: foreign })))).toBe("student-gone");
    for (const one of [
      { buildingId: lakeview.buildingId },
      { teamId: lakeview.teamId },
      { managerId: lakeview.manager.membershipId },
    ]) {
      expect(await outcome(decide(transfer, decision(1, one)))).toBe("not-there");
    }
    expect(await stored(transfer)).toEqual([]);
  });
});

describe("wrong state", () => {
  test("waits for the code, and ends with the decision", async () => {
    expect(await outcome(decide(await sent(world), decision(1)))).toBe("code-first");
    const pending = await sent(world);
    expect(await outcome(decide(pending, decision(1, { decision: "link", studentId: student.id })))).toBe("code-first");
    const rejected = await unlocked(world);
    await rejectTransfer(doors(riverbend.manager), { transferId: rejected.id, reason: "Not ours" });
    expect(await outcome(decide(rejected, decision(1)))).toBe("transfer-decided");
    const saved = await entered(world);
    await saveTransfer(doors(riverbend.manager), { transferId: saved.id });
    expect(await outcome(decide(saved, decision(1, { decision: "leave", reason: "Too late" })))).toBe(
      "transfer-decided",
    );
    expect((await stored(saved))[0]?.decision).toBe("new");
  });

  test("doesn't link to a student who has left the roster", async () => {
    const transfer = await unlocked(world);
    const gone = riverbend.students[3]?.id as string;
    await sql("update student set active = false where id = $1", [gone]);
    expect(await outcome(decide(transfer, decision(1, { decision: "link", studentId: gone })))).toBe("student-gone");
  });
});

describe("bad input", () => {
  test("wants a student for a link, a reason for leaving out, and a case that's in the transfer", async () => {
    const transfer = await unlocked(world);
    expect(await outcome(decide(transfer, decision(1, { decision: "link" })))).toBe("bad-value");
    expect(await outcome(decide(transfer, decision(1, { decision: "leave", reason: "  " })))).toBe("bad-value");
    expect(await outcome(decide(transfer, decision(1, { decision: "link", studentId: randomUUID() })))).toBe(
      "student-gone",
    );
    for (const n of [0, 2, -1]) expect(await outcome(decide(transfer, decision(n)))).toBe("not-there");
    expect(await stored(transfer)).toEqual([]);
  });
});

describe("two at once", () => {
  test("two colleagues who decide one case leave one decision, whole", async () => {
    const transfer = await unlocked(world);
    await Promise.all([
      decide(transfer, decision(1, { decision: "link", studentId: student.id })),
      decide(transfer, decision(1, { decision: "leave", reason: "Not ours" }), riverbend.colleague),
    ]);
    const rows = await stored(transfer);
    expect(rows).toHaveLength(1);
    const [row] = rows;
    if (row?.decision === "link")
      expect(row).toMatchObject({ student_id: student.id, reason: null, decided_by: riverbend.manager.membershipId });
    else
      expect(row).toMatchObject({
        decision: "leave",
        student_id: null,
        reason: "Not ours",
        decided_by: riverbend.colleague.membershipId,
      });
  });

  test("a change during the saving either is saved or refused: the cases are as the decisions say", async () => {
    for (let i = 0; i < 5; i++) {
      const transfer = await entered(world);
      const [saving, change] = await Promise.all([
        outcome(saveTransfer(doors(riverbend.manager), { transferId: transfer.id })),
        outcome(decide(transfer, decision(1, { decision: "leave", reason: "Not ours" }), riverbend.colleague)),
      ]);
      const cases = await sql('select from "case" where origin_transfer_id = $1', [transfer.id]);
      const [row] = await stored(transfer);
      const status = await statusOf(world, transfer.id);
      expect({ saving, status, cases: cases.length }).toEqual(
        saving === "done"
          ? { saving, status: "completed", cases: row?.decision === "new" ? 1 : 0 }
          : { saving: "details-changed", status: "unlocked", cases: 0 },
      );
      expect(["done", "transfer-decided"]).toContain(change);
    }
  });
});
