import { describe, expect, test } from "vitest";
import { listRetentionRules } from "@/lib/documents/list-retention-rules";
import { retentionKinds } from "@/lib/documents/retention-kinds";
import { saveRetentionRule } from "@/lib/documents/save-retention-rule";
import { addMember, doors, makeWorld, outcome, type Someone } from "../../support/world";

const world = await makeWorld();
const { lakeview, riverbend } = world;
type Input = Parameters<typeof saveRetentionRule>[2];
const save = (actor: Someone, input: Input) => doors(actor).district((tx) => saveRetentionRule(tx, actor, input));
const rules = (actor: Someone) => doors(actor).district((tx) => listRetentionRules(tx, actor));
const seven = { keep: "years", years: 7, countedFrom: "closing" } as const;

describe("succeeds", () => {
  test("years, for good, undecided again; nothing is said of the others", async () => {
    expect((await rules(lakeview.admin)).map((rule) => [rule.kind, rule.keep, rule.version])).toEqual(
      retentionKinds.map((kind) => [kind, "undecided", 0]),
    );
    await save(lakeview.admin, { kind: "case", version: 0, rule: seven });
    expect((await rules(lakeview.admin))[0]).toMatchObject({
      ...seven,
      version: 1,
      saved: { by: lakeview.admin.name },
    });
    await save(lakeview.admin, { kind: "case", version: 1, rule: { keep: "good" } });
    expect((await rules(lakeview.admin))[0]).toMatchObject({
      keep: "good",
      years: null,
      countedFrom: null,
      version: 2,
    });
    await save(lakeview.admin, { kind: "case", version: 2, rule: { keep: "undecided" } });
    expect((await rules(lakeview.admin)).every((rule) => rule.keep === "undecided")).toBe(true);
    const audit = await world.sql("select detail from audit where action = 'retention.rule' order by seq");
    expect(audit).toHaveLength(3);
    expect(audit[0]?.detail).toEqual({ kind: "case", keep: "years", years: 7, from: "closing" });
  });

  test("nothing that was decided is nothing saved: it goes on being undecided, and nothing is written down", async () => {
    const transcript = async () => (await rules(lakeview.admin)).find((rule) => rule.kind === "transcript");
    const written = () => world.sql("select 1 from audit where detail ->> 'kind' = 'transcript'");
    const undecided = (version: number) =>
      save(lakeview.admin, { kind: "transcript", version, rule: { keep: "undecided" } });
    expect(await undecided(0)).toBe(false);
    expect(await transcript()).toMatchObject({ keep: "undecided", version: 0, saved: null });
    expect(await written()).toHaveLength(0);
    expect(await save(lakeview.admin, { kind: "transcript", version: 0, rule: { keep: "good" } })).toBe(true);
    expect(await undecided(1)).toBe(true);
    expect(await undecided(2)).toBe(false);
    expect(await transcript()).toMatchObject({ keep: "undecided", version: 2 });
    expect(await written()).toHaveLength(2);
  });
});

describe("wrong permission", () => {
  test("Manage District alone; who purges reads them", async () => {
    const purger = await addMember(world, lakeview, "purger", ["purge", "manageCases", "manageDocuments"]);
    for (const actor of [purger, lakeview.manager, lakeview.clerk, lakeview.staff])
      expect(await outcome(save(actor, { kind: "iep", version: 0, rule: { keep: "good" } }))).toBe("forbidden");
    expect(await outcome(rules(purger))).toBe("done");
    expect(await outcome(rules(lakeview.clerk))).toBe("forbidden");
  });
});

describe("other district", () => {
  test("has rules of its own", async () => {
    await save(lakeview.admin, { kind: "bip", version: 0, rule: { keep: "good" } });
    expect((await rules(riverbend.admin)).find((rule) => rule.kind === "bip")?.keep).toBe("undecided");
  });
});

describe("wrong state", () => {
  test("changed by a colleague since the form was filled", async () => {
    await save(lakeview.admin, { kind: "fba", version: 0, rule: { keep: "good" } });
    for (const version of [0, 2])
      expect(await outcome(save(lakeview.admin, { kind: "fba", version, rule: { keep: "undecided" } }))).toBe(
        "changed-meanwhile",
      );
  });
});

describe("bad input", () => {
  test.each([
    [0, "date", "iep"],
    [101, "date", "iep"],
    [1.5, "date", "iep"],
    [7, "closing", "iep"],
    [7, "date", "case"],
  ] as const)("%d years from %s of %s", async (years, countedFrom, kind) => {
    const rule = { keep: "years", years, countedFrom } as const;
    expect(await outcome(save(riverbend.admin, { kind, version: 0, rule }))).toBe("bad-value");
  });
});

describe("two at once", () => {
  test("one saves, the other hears that it was changed", async () => {
    const ends = await Promise.all(
      [7, 8].map((years) => outcome(save(riverbend.admin, { kind: "case", version: 0, rule: { ...seven, years } }))),
    );
    expect(ends.sort()).toEqual(["changed-meanwhile", "done"]);
  });
});
