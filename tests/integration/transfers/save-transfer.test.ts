import { describe, expect, test } from "vitest";
import { findCase } from "@/lib/cases/find-case";
import { findDisclosures } from "@/lib/disclosures/find-disclosures";
import { decideItem } from "@/lib/transfers/decide-items";
import { rejectTransfer } from "@/lib/transfers/reject-transfer";
import { saveTransfer } from "@/lib/transfers/save-transfer";
import { addMember, doors, makeWorld, outcome, type Someone, setSwitch, textFile } from "../../support/world";
import { auditOf, decision, entered, eventsOf, mailsOf, type Sent, sent, statusOf, unlocked } from "./hand-over";

const world = await makeWorld();
const { lakeview, riverbend, maple, sql } = world;
const save = (transfer: Pick<Sent, "id">, by: Someone = riverbend.manager) =>
  saveTransfer(doors(by), { transferId: transfer.id });
const student = riverbend.students[0] as (typeof riverbend.students)[number];
type Received = {
  id: string;
  number: string;
  student_id: string | null;
  person_id: string | null;
  origin_number: string;
  origin_case_id: string;
  status: string;
  level: string;
};
const received = (transfer: Pick<Sent, "id">) =>
  sql<Received>('select * from "case" where district_id = $1 and origin_transfer_id = $2 order by number', [
    riverbend.id,
    transfer.id,
  ]);

describe("succeeds", () => {
  test("puts the cases in with a number of the receiver's own, the old one and the origin kept", async () => {
    const transfer = await entered(world, {
      cases: [{ given: "Ana", status: "monitoring", level: "high" }, { given: "Ben" }, { given: "Cy" }],
      decisions: [
        decision(1, {
          decision: "link",
          studentId: student.id,
          buildingId: riverbend.buildingId,
          teamId: riverbend.teamId,
          managerId: riverbend.manager.membershipId,
        }),
        decision(2, { decision: "new" }),
        decision(3, { decision: "leave", reason: "Not enrolled here" }),
      ],
    });
    expect(await save(transfer)).toEqual({ cases: 2, leftOut: 1 });
    const [first, second, ...rest] = await received(transfer);
    expect(rest).toEqual([]);
    expect(first).toMatchObject({
      student_id: student.id,
      person_id: null,
      building_id: riverbend.buildingId,
      team_id: riverbend.teamId,
      origin_district_id: lakeview.id,
    });
    expect(first?.number).toMatch(/^\d{4}-\d{4}$/);
    const origin = transfer.cases.find((one) => one.id === first?.origin_case_id);
    expect(first?.origin_number).toBe(origin?.number);
    expect([first?.status, first?.level]).toEqual(["monitoring", "high"]);
    expect(
      await sql("select given_name, family_name from person where id = $1 and district_id = $2", [
        second?.person_id,
        riverbend.id,
      ]),
    ).toEqual([{ given_name: "Ben", family_name: "Known" }]);
    expect(
      await sql('select count(*)::int n from "case" where district_id = $1 and id = any ($2)', [
        lakeview.id,
        transfer.cases.map((one) => one.id),
      ]),
    ).toEqual([{ n: 3 }]);
    expect(await statusOf(world, transfer.id)).toBe("completed");
    expect([
      (await auditOf(world, lakeview, transfer.id)).at(-1),
      (await auditOf(world, riverbend, transfer.id)).at(-1),
    ]).toEqual(["transfer.save", "transfer.save"]);
    expect(await mailsOf(world, transfer.id)).toContain("transfer-completed → Lakeview");
  });

  test("tells the sender which of its cases were left out and why, and nothing else that was decided", async () => {
    const transfer = await entered(world, {
      cases: [{ given: "Abe" }, { given: "Bea" }, { given: "Cal" }],
      decisions: [
        decision(1, { decision: "link", studentId: student.id }),
        decision(2, { decision: "leave", reason: "Not enrolled here" }),
        decision(3, { decision: "leave", reason: "Written before it was told" }),
      ],
    });
    await sql("update intake set reason_told = false where transfer_id = $1 and n = 3", [transfer.id]);
    const told = () =>
      doors(lakeview.manager).district((tx) =>
        tx.transferCase.findMany({
          where: { transferId: transfer.id },
          select: { n: true, outcome: true, leftReason: true },
          orderBy: { n: "asc" },
        }),
      );
    expect((await told()).map((one) => one.outcome)).toEqual([null, null, null]);
    await save(transfer);
    expect(await told()).toEqual([
      { n: 1, outcome: "taken", leftReason: null },
      { n: 2, outcome: "left", leftReason: "Not enrolled here" },
      { n: 3, outcome: "left", leftReason: null },
    ]);
    expect(await doors(riverbend.manager).district((tx) => tx.transferCase.count())).toBe(0);
    const seen = await Promise.all(
      [1, 2].map(async (n) => {
        const [row] = await sql<{ id: string }>(
          "select case_id id from transfer_case where transfer_id = $1 and n = $2",
          [transfer.id, n],
        );
        const view = await doors(lakeview.manager).district((tx) => findCase(tx, lakeview.manager, row?.id ?? ""));
        return view?.transfers.map(({ leftOut, leftReason }) => ({ leftOut, leftReason }));
      }),
    );
    expect(seen).toEqual([
      [{ leftOut: false, leftReason: null }],
      [{ leftOut: true, leftReason: "Not enrolled here" }],
    ]);
    const record = await doors(lakeview.manager).district(async (tx) => {
      const ids = await tx.transferCase.findMany({ where: { transferId: transfer.id }, orderBy: { n: "asc" } });
      const about = ids.slice(0, 2).map((one) =>
        findDisclosures(tx, lakeview.manager, {
          about: { caseId: one.caseId ?? "" },
          purpose: "read",
          zone: "UTC",
          typeNames: {},
        }),
      );
      return Promise.all(about);
    });
    expect(record.map((one) => one?.entries[0]?.outcome.replace(/ on [A-Z].*\d{4}/, ""))).toEqual([
      "Received there.",
      "Opened there, and left out: not taken over.",
    ]);
    const marks = await doors(lakeview.manager).district(
      (tx) =>
        tx.$queryRaw<{ n: bigint; transfer_id: string | null }[]>`
        select n, transfer_id from case_rows((select array_agg(case_id order by n) from transfer_case where transfer_id = ${transfer.id}::uuid))`,
    );
    expect(marks.map((one) => one.transfer_id)).toEqual([transfer.id, null, null]);
  });

  test("goes on while either side is switched off; leaving all out completes it with no case", async () => {
    const transfer = await entered(world, { decisions: [decision(1, { decision: "leave", reason: "Unknown" })] });
    await Promise.all([setSwitch(world, lakeview, false), setSwitch(world, riverbend, false)]);
    expect(await save(transfer)).toEqual({ cases: 0, leftOut: 1 });
    await Promise.all([setSwitch(world, lakeview, true), setSwitch(world, riverbend, true)]);
  });
});

describe("wrong permission", () => {
  test.each(["clerk", "staff"] as const)("refuses a %s", async (role) => {
    expect(await outcome(save(await entered(world), riverbend[role]))).toBe("forbidden");
  });
});

describe("other district", () => {
  test("isn't there for a third district, and not the sender's to save", async () => {
    const transfer = await entered(world);
    expect(await outcome(save(transfer, maple.manager))).toBe("not-there");
    expect(await outcome(save(transfer, lakeview.manager))).toBe("not-there");
    expect(await statusOf(world, transfer.id)).toBe("unlocked");
  });
});

describe("wrong state", () => {
  test("needs the code first, all details, and that nobody has decided it", async () => {
    expect(await outcome(save(await sent(world)))).toBe("code-first");
    const half = await entered(world, { cases: [{}, {}], decisions: [decision(1)] });
    await expect(save(half)).rejects.toMatchObject({ kind: "details-missing", data: { left: 1 } });
    const rejected = await entered(world);
    await rejectTransfer(doors(riverbend.manager), { transferId: rejected.id, reason: "No" });
    expect(await outcome(save(rejected))).toBe("transfer-decided");
    const saved = await entered(world);
    await save(saved);
    expect(await outcome(save(saved, riverbend.colleague))).toBe("transfer-decided");
  });
});

describe("bad input", () => {
  test("doesn't take a package that was altered, and writes nothing of it", async () => {
    const transfer = await entered(world, { cases: [{}, {}] });
    await sql(
      "update package_item set sealed = set_byte(sealed, 40, get_byte(sealed, 40) # 1) where transfer_id = $1 and n = 2",
      [transfer.id],
    );
    await expect(save(transfer)).rejects.toThrow();
    const swapped = await entered(world, { cases: [{}, {}] });
    await sql(
      "update package_item i set sealed = o.sealed from package_item o where i.transfer_id = $1 and o.transfer_id = $1 and i.n in (1, 2) and o.n = 3 - i.n",
      [swapped.id],
    );
    await expect(save(swapped)).rejects.toThrow();
    expect([...(await received(transfer)), ...(await received(swapped))]).toEqual([]);
  });
});

describe("two at once", () => {
  test("two colleagues who save: the cases are there once, one of them wins", async () => {
    const transfer = await entered(world, { cases: [{ files: [textFile()] }, {}] });
    const outcomes = await Promise.all([outcome(save(transfer)), outcome(save(transfer, riverbend.colleague))]);
    expect(outcomes.sort()).toEqual(["done", "transfer-decided"]);
    expect(await received(transfer)).toHaveLength(2);
    expect(await eventsOf(world, transfer.id)).toEqual(["seal", "unlock", "save"]);
  });

  test("of two colleagues who decide the last case alike and save at once, the second is told who was faster", async () => {
    for (let i = 0; i < 5; i++) {
      const transfer = await unlocked(world);
      const finish = async (by: Someone) => {
        await decideItem(doors(by), { ...decision(1), transferId: transfer.id, applyToAll: false });
        await save(transfer, by);
      };
      const outcomes = await Promise.all([outcome(finish(riverbend.manager)), outcome(finish(riverbend.colleague))]);
      expect(outcomes.sort()).toEqual(["done", "transfer-decided"]);
      expect(await received(transfer)).toHaveLength(1);
    }
  });

  test("a double click gives the same answer twice and saves once", async () => {
    const transfer = await entered(world, {
      cases: [{ files: [textFile()] }, {}],
      decisions: [decision(1), decision(2, { decision: "leave", reason: "No" })],
    });
    const answers = await Promise.all(Array.from({ length: 4 }, () => save(transfer)));
    expect([...answers, await save(transfer)]).toEqual(Array(5).fill({ cases: 1, leftOut: 1 }));
    expect(await received(transfer)).toHaveLength(1);
    expect((await auditOf(world, riverbend, transfer.id)).filter((one) => one === "transfer.save")).toHaveLength(1);
  });

  test("transfers that are saved at once get numbers of their own", async () => {
    const transfers = await Promise.all([1, 2, 3].map(() => entered(world, { cases: [{}, {}] })));
    const people = await Promise.all(
      transfers.map((_, i) => addMember(world, riverbend, `saver${i}`, ["manageCases"])),
    );
    await Promise.all(transfers.map((transfer, i) => save(transfer, people[i])));
    const numbers = (await Promise.all(transfers.map(received))).flat().map((one) => one.number);
    expect(new Set(numbers).size).toBe(6);
  });

  test("saving and rejecting: one of the two, whole", async () => {
    const transfer = await entered(world, { cases: [{ files: [textFile()] }] });
    const outcomes = await Promise.all([
      outcome(save(transfer)),
      outcome(rejectTransfer(doors(riverbend.colleague), { transferId: transfer.id, reason: "No" })),
    ]);
    expect(outcomes.sort()).toEqual(["done", "transfer-decided"]);
    const completed = (await statusOf(world, transfer.id)) === "completed";
    expect(await received(transfer)).toHaveLength(completed ? 1 : 0);
    expect(
      await sql(
        "select from stored_file f where f.district_id = $1 and f.created_at > now() - interval '1 second' and exists (select from doomed_object d where d.storage_key = f.storage_key)",
        [riverbend.id],
      ),
    ).toEqual([]);
  });
});
