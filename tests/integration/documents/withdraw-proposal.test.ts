import { describe, expect, test } from "vitest";
import { withdrawProposal } from "@/lib/documents/withdraw-proposal";
import { closedCase, confirm, keepFor, proposalOf, propose, purgers } from "../../support/retention";
import { addMember, doors, makeWorld, outcome, type Someone } from "../../support/world";

const world = await makeWorld();
const { lakeview, riverbend } = world;
const [first, second] = await purgers(world, lakeview);
await keepFor(world, lakeview, "case", 7);
const withdraw = (actor: Someone, proposalId: string) =>
  doors(actor).district((tx) => withdrawProposal(tx, actor, { proposalId }));
const proposed = async () => {
  const { id: record } = await closedCase(world, lakeview, 8);
  return { record, id: (await propose(first, [record])).id };
};

describe("succeeds", () => {
  test("one's own or a colleague's; its records stay and can be proposed again", async () => {
    for (const actor of [first, second, lakeview.admin]) {
      const { id, record } = await proposed();
      await withdraw(actor, id);
      const view = await proposalOf(first, id);
      expect(view).toMatchObject({
        status: "withdrawn",
        decided: { by: actor.name },
        items: [{ outcome: "withdrawn" }],
      });
      expect(await outcome(propose(second, [record]))).toBe("done");
    }
  });
});

describe("wrong permission", () => {
  test("neither Purge nor Manage District", async () => {
    const { id } = await proposed();
    for (const actor of [lakeview.manager, lakeview.clerk, lakeview.staff])
      expect(await outcome(withdraw(actor, id))).toBe("forbidden");
  });
});

describe("other district", () => {
  test("not there", async () => {
    const stranger = await addMember(world, riverbend, "stranger", ["purge"]);
    expect(await outcome(withdraw(stranger, (await proposed()).id))).toBe("not-there");
  });
});

describe("wrong state", () => {
  test("decided already", async () => {
    const [one, two] = [await proposed(), await proposed()];
    await withdraw(first, one.id);
    expect(await outcome(withdraw(first, one.id))).toBe("proposal-decided");
    await confirm(second, two.id);
    expect(await outcome(withdraw(first, two.id))).toBe("proposal-decided");
  });
});

describe("bad input", () => {
  test("no id", async () => {
    expect(await outcome(withdraw(first, "nothing"))).toBe("not-there");
  });
});

describe("two at once", () => {
  test("one withdraws, the other confirms: one of them", async () => {
    const { id, record } = await proposed();
    const ends = await Promise.all([outcome(withdraw(first, id)), outcome(confirm(second, id, { shown: [record] }))]);
    expect(["done,proposal-decided", "proposal-decided,done"]).toContain(ends.join());
    const there = await world.sql('select 1 from "case" where id = $1', [record]);
    expect(there).toHaveLength(ends[0] === "done" ? 1 : 0);
  });
});
