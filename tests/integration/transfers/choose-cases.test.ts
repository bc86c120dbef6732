import { randomUUID } from "node:crypto";
import { describe, expect, test } from "vitest";
import { plainCaseFilter } from "@/lib/cases/case-filter";
import { chooseCases } from "@/lib/transfers/choose-cases";
import { getDispatch } from "@/lib/transfers/get-dispatch";
import { sendCases } from "@/lib/transfers/send-cases";
import { addCase, doors, makeWorld, outcome, type Someone, setSwitch } from "../../support/world";
import { sending } from "./hand-over";

const world = await makeWorld();
const { lakeview, riverbend, sql } = world;
type Chosen = Parameters<typeof chooseCases>[2];
const choose = (chosen: Chosen, by: Someone = lakeview.manager, listQuery = "") =>
  doors(by).district((tx) => chooseCases(tx, by, chosen, listQuery));
const inDraft = async (dispatchId: string) =>
  (await sql<{ case_id: string }>("select case_id from dispatch_case where dispatch_id = $1", [dispatchId]))
    .map((row) => row.case_id)
    .sort();
const newCases = (n: number) =>
  Promise.all(Array.from({ length: n }, () => addCase(world, lakeview))).then((cases) =>
    cases.map((one) => one.id).sort(),
  );
const drafts = async () => (await sql("select from dispatch")).length;

describe("succeeds", () => {
  test("drafts the chosen cases, a case that's named twice once, and keeps the way back to the list", async () => {
    const cases = await newCases(3);
    const { dispatchId } = await choose({ caseIds: [...cases, cases[0] as string] }, lakeview.manager, "?q=ana&page=2");
    expect(await inDraft(dispatchId)).toEqual(cases);
    expect(await sql("select created_by, list_query, sent_at from dispatch where id = $1", [dispatchId])).toEqual([
      { created_by: lakeview.manager.membershipId, list_query: "?q=ana&page=2", sent_at: null },
    ]);
  });

  test("drafts all that match a filter, closed ones too where it says so", async () => {
    const open = await addCase(world, lakeview, { given: "Quentin", family: "Filter" });
    const closed = await addCase(world, lakeview, { given: "Quentin", family: "Filter", status: "closed" });
    const matching = { ...plainCaseFilter, q: "filter QUENT" };
    expect(await inDraft((await choose({ matching })).dispatchId)).toEqual([open.id]);
    expect(await inDraft((await choose({ matching: { ...matching, status: "all" } })).dispatchId)).toEqual(
      [open.id, closed.id].sort(),
    );
  });

  test("goes on while the switch is off: the dialog says why it can't be sent", async () => {
    await setSwitch(world, lakeview, false);
    const { dispatchId } = await choose({ caseIds: await newCases(1) });
    expect(
      await doors(lakeview.manager).district((tx) => getDispatch(tx, lakeview.manager, { dispatchId })),
    ).toMatchObject({ switchOn: false });
    await setSwitch(world, lakeview, true);
  });
});

describe("wrong permission", () => {
  test.each(["clerk", "staff"] as const)("refuses a %s, who leaves no draft", async (role) => {
    const [caseIds, before] = [await newCases(1), await drafts()];
    expect(await outcome(choose({ caseIds }, lakeview[role]))).toBe("forbidden");
    expect(await drafts()).toBe(before);
  });
});

describe("other district", () => {
  test("finds no case of another district, alone or among its own", async () => {
    const foreign = (await addCase(world, riverbend, { given: "Foreign", family: "Filter" })).id;
    const before = await drafts();
    expect(await outcome(choose({ caseIds: [foreign] }))).toBe("nothing-chosen");
    expect(await outcome(choose({ matching: { ...plainCaseFilter, q: "Foreign" } }))).toBe("nothing-chosen");
    expect(await drafts()).toBe(before);
    const own = await newCases(1);
    expect(await inDraft((await choose({ caseIds: [foreign, ...own] })).dispatchId)).toEqual(own);
  });
});

describe("wrong state", () => {
  test("leaves out what was deleted since the list was loaded", async () => {
    const [deleted = "", left = ""] = await newCases(2);
    await sql('delete from "case" where id = $1', [deleted]);
    expect(await inDraft((await choose({ caseIds: [deleted, left] })).dispatchId)).toEqual([left]);
    expect(await outcome(choose({ caseIds: [deleted] }))).toBe("nothing-chosen");
  });
});

describe("bad input", () => {
  test("wants at least one case and no more than 500", async () => {
    expect(await outcome(choose({ caseIds: [] }))).toBe("nothing-chosen");
    expect(await outcome(choose({ caseIds: Array.from({ length: 501 }, () => randomUUID()) }))).toBe("too-many-cases");
    await sql(
      `with p as (insert into person (district_id, given_name, family_name) select $1, 'Many', 'Bulk' from generate_series(1, 501) returning id)
       insert into "case" (district_id, number, person_id) select $1, 'B-' || row_number() over (), id from p`,
      [lakeview.id],
    );
    expect(await outcome(choose({ matching: { ...plainCaseFilter, q: "bulk" } }))).toBe("too-many-cases");
    await sql(`delete from "case" where number = 'B-501'`);
    expect(await inDraft((await choose({ matching: { ...plainCaseFilter, q: "bulk" } })).dispatchId)).toHaveLength(500);
  });

  test("cuts a list query that nobody types, and fails on ids that aren't any", async () => {
    const { dispatchId } = await choose({ caseIds: await newCases(1) }, lakeview.manager, "x".repeat(10_000));
    expect(
      (await sql<{ list_query: string }>("select list_query from dispatch where id = $1", [dispatchId]))[0]?.list_query,
    ).toHaveLength(500);
    await expect(choose({ caseIds: ["1'; drop table note"] })).rejects.toThrow();
  });
});

describe("two at once", () => {
  test("two choosings of one case are two drafts; the sending decides", async () => {
    const caseIds = await newCases(1);
    const [one, two] = await Promise.all([choose({ caseIds }), choose({ caseIds }, lakeview.colleague)]);
    expect(one.dispatchId).not.toBe(two.dispatchId);
    expect([await inDraft(one.dispatchId), await inDraft(two.dispatchId)]).toEqual([caseIds, caseIds]);
  });

  test("choosing or sending while somebody destroys them: what is left is taken, or it's said that nothing is", async () => {
    // As lib/documents/confirm-purge does: who destroys them holds them first, in order.
    const destroy = (ids: readonly string[]) =>
      sql(
        'with held as materialized (select id from "case" where district_id = $1 and id = any ($2::uuid[]) order by id for update) select erase_cases($1, array(select id from held))',
        [lakeview.id, ids],
      );
    const told: string[] = [];
    for (let i = 0; i < 6; i++) {
      const ids = await newCases(2);
      told.push((await Promise.all([outcome(choose({ caseIds: ids })), destroy(ids)]))[0]);
      const more = await newCases(2);
      const { dispatchId } = await choose({ caseIds: more });
      const gone = more.slice(0, 1 + (i % 2));
      const sent = outcome(sendCases(doors(lakeview.manager), sending(dispatchId, [riverbend])));
      told.push((await Promise.all([sent, destroy(gone)]))[0]);
    }
    expect(new Set(told).difference(new Set(["done", "nothing-chosen"]))).toEqual(new Set());
    expect(told).toContain("nothing-chosen");
  });
});
