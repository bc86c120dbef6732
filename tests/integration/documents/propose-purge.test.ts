import { randomUUID } from "node:crypto";
import { describe, expect, test } from "vitest";
import { listProposals } from "@/lib/documents/list-proposals";
import { proposePurge } from "@/lib/documents/propose-purge";
import { packing } from "../../support/documents";
import { closedCase, hold, keepFor, oldDocument, proposalOf, propose, purgers } from "../../support/retention";
import { addMember, doors, makeWorld, outcome, type Someone } from "../../support/world";
import { sent } from "../transfers/hand-over";

const world = await makeWorld();
const { lakeview, riverbend } = world;
const [first, second] = await purgers(world, lakeview);
await keepFor(world, lakeview, "case", 7);
await keepFor(world, lakeview, "iep", 7);
const waiting = (actor: Someone) =>
  doors(actor).district((tx) => listProposals(tx, actor, { status: "open", page: 1 }));

describe("succeeds", () => {
  test("the chosen ones, by Purge or Manage District, with a number of the year", async () => {
    const [one, two] = [await closedCase(world, lakeview, 8), await oldDocument(world, lakeview, 8)];
    const made = await propose(first, [one.id, two.id]);
    expect(made).toMatchObject({ proposed: 2, leftOut: 0 });
    const view = await proposalOf(second, made.id);
    expect(view).toMatchObject({ status: "open", proposed: { by: first.name }, own: false, canConfirm: true });
    expect(view.number).toMatch(new RegExp(`^D-${new Date().getUTCFullYear()}-\\d{4}$`));
    expect(view.items.map((item) => [item.id, item.outcome])).toEqual(
      expect.arrayContaining([
        [one.id, null],
        [two.id, null],
      ]),
    );
    const other = await closedCase(world, lakeview, 8);
    expect(await outcome(propose(lakeview.admin, [other.id]))).toBe("done");
    expect((await waiting(first)).rows.map((row) => [row.records, row.own])).toEqual([
      [1, false],
      [2, true],
    ]);
    const audit = await world.sql(
      "select detail ->> 'records' as records from audit where action = 'purge.propose' order by seq",
    );
    expect(audit).toEqual([{ records: "2" }, { records: "1" }]);
  });

  test("all that a filter finds, the longest due first, without what is proposed already", async () => {
    const older = await oldDocument(world, lakeview, 12, { type: "iep" });
    await oldDocument(world, lakeview, 9, { type: "iep" });
    await keepFor(world, lakeview, "health", 3);
    await oldDocument(world, lakeview, 4, { type: "health" });
    const { id } = await doors(first).district((tx) =>
      proposePurge(tx, first, { records: { kind: "iep", q: "" }, reason: "Due", notice: "By letter" }),
    );
    const view = await proposalOf(first, id);
    expect(view.notice).toBe("By letter");
    expect(view.items.map((item) => item.kind)).toEqual(["iep", "iep"]);
    expect(view.items[0]?.id).toBe(older.id);
  });
});

describe("wrong permission", () => {
  test("neither Purge nor Manage District", async () => {
    const { id } = await closedCase(world, lakeview, 8);
    for (const actor of [lakeview.manager, lakeview.clerk, lakeview.staff]) {
      expect(await outcome(propose(actor, [id]))).toBe("forbidden");
      expect(await outcome(waiting(actor))).toBe("forbidden");
    }
  });
  test("cases need Manage Cases besides, documents Manage Documents", async () => {
    const bare = await addMember(world, lakeview, "bare", ["manageDistrict"]);
    const [one, paper] = [await closedCase(world, lakeview, 8), await oldDocument(world, lakeview, 8)];
    expect(await outcome(propose(bare, [one.id]))).toBe("cases-not-yours");
    expect(await outcome(propose(bare, [paper.id]))).toBe("documents-not-yours");
  });
  test("nobody proposes in somebody else’s name", async () => {
    await expect(
      doors(first).district(
        (tx) => tx.$executeRaw`
          insert into purge_proposal (district_id, number, reason, proposed_by, proposed_by_user, proposed_by_name)
          values (current_district(), 'D-2026-9000', 'x', ${second.membershipId}::uuid, ${second.userId}::uuid, 'x')`,
      ),
    ).rejects.toThrow();
  });
});

describe("other district", () => {
  test("its records aren't due here", async () => {
    const stranger = await addMember(world, riverbend, "stranger", ["purge"]);
    const { id } = await closedCase(world, lakeview, 8);
    expect(await outcome(propose(stranger, [id]))).toBe("nothing-due");
    expect((await waiting(stranger)).total).toBe(0);
  });
});

describe("wrong state", () => {
  test("not due, on hold, in a transfer, packed or proposed already: left out, and counted", async () => {
    const studentId = lakeview.students[3]?.id as string;
    const [young, open, held, ofHeld, packed, good] = [
      (await closedCase(world, lakeview, 6)).id,
      (await sent(world)).cases[0]?.id as string,
      (await closedCase(world, lakeview, 8)).id,
      (await oldDocument(world, lakeview, 8, { studentId })).id,
      (await oldDocument(world, lakeview, 8)).id,
      (await closedCase(world, lakeview, 8)).id,
    ];
    const waits = (await sent(world)).cases[0]?.id as string;
    await world.sql("update \"case\" set status = 'closed' where id = $1", [waits]);
    await world.sql("update \"case\" set closed_at = now() - interval '9 years' where id = $1", [waits]);
    await hold(lakeview.admin, { caseId: held });
    await hold(lakeview.admin, { studentId });
    await packing(world, lakeview, riverbend, [packed]);
    const all = [young, open, held, ofHeld, packed, waits];
    expect(await outcome(propose(first, all))).toBe("nothing-due");
    expect(await propose(first, [...all, good])).toMatchObject({ proposed: 1, leftOut: 6 });
    expect(await outcome(propose(second, [good]))).toBe("nothing-due");
  });
});

describe("bad input", () => {
  test("nothing, no reason, what isn't there", async () => {
    const { id } = await closedCase(world, lakeview, 8);
    expect(await outcome(propose(first, []))).toBe("nothing-chosen");
    const call = doors(first).district((tx) => proposePurge(tx, first, { records: [id], reason: "  ", notice: null }));
    expect(await outcome(call)).toBe("bad-value");
    expect(await outcome(propose(first, [randomUUID()]))).toBe("nothing-due");
  });
});

describe("two at once", () => {
  test("a record is in one open proposal", async () => {
    const { id } = await closedCase(world, lakeview, 8);
    const ends = await Promise.all([outcome(propose(first, [id])), outcome(propose(second, [id]))]);
    expect(ends.sort()).toEqual(["done", "nothing-due"]);
    expect(await world.sql("select 1 from purge_proposal_item where subject_id = $1", [id])).toHaveLength(1);
  });
});
