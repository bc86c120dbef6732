import { randomUUID } from "node:crypto";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { addStrategy, type StrategyInput } from "@/lib/cases/add-strategy";
import { addTask, type TaskInput } from "@/lib/cases/add-task";
import { editStrategy } from "@/lib/cases/edit-strategy";
import { editTask } from "@/lib/cases/edit-task";
import { findCase } from "@/lib/cases/find-case";
import { tickTask } from "@/lib/cases/tick-task";
import type { Actor } from "@/lib/policy";
import { as, audited, failure, makeCase, makeDistrict, sql } from "./fixtures";

const lake = await makeDistrict("Lake");
const river = await makeDistrict("River");
const strategy = (of: Partial<StrategyInput> = {}): StrategyInput => ({
  text: "Morning check-in",
  startedOn: "2026-08-01",
  endedOn: null,
  outcome: null,
  ...of,
});
const task = (of: Partial<TaskInput> = {}): TaskInput => ({
  text: "Call the bus company",
  assigneeId: lake.staff.membershipId,
  dueOn: "2026-12-01",
  ...of,
});
const read = async (id: string) => {
  const view = await as(lake.manager, (tx, actor) => findCase(tx, actor, id));
  if (!view) throw new Error("no case");
  return view;
};
const newStrategy = (actor: Actor, caseId: string, id: string = randomUUID(), of: Partial<StrategyInput> = {}) =>
  as(actor, (tx) => addStrategy(tx, actor, { id, caseId, ...strategy(of) }));
const newTask = (actor: Actor, caseId: string, id: string = randomUUID(), of: Partial<TaskInput> = {}) =>
  as(actor, (tx) => addTask(tx, actor, { id, caseId, ...task(of) }));

/** A case with one strategy and one task, both as read. */
async function planned() {
  const id = await makeCase(lake, { assigned: [lake.staff.membershipId ?? ""] });
  await newStrategy(lake.manager, id);
  await newTask(lake.manager, id);
  const view = await read(id);
  const [theStrategy, theTask] = [view.strategies[0], view.tasks[0]];
  if (!theStrategy || !theTask) throw new Error("no plan");
  return { id, strategy: theStrategy, task: theTask };
}
const changeStrategy = (
  actor: Actor,
  caseId: string,
  row: { id: string; mark: string },
  of: Partial<StrategyInput> = {},
) => as(actor, (tx) => editStrategy(tx, actor, { caseId, id: row.id, mark: row.mark, ...strategy(of) }));
const changeTask = (actor: Actor, caseId: string, row: { id: string; mark: string }, of: Partial<TaskInput> = {}) =>
  as(actor, (tx) => editTask(tx, actor, { caseId, id: row.id, mark: row.mark, ...task(of) }));
const tick = (actor: Actor, caseId: string, id: string, done = true) =>
  as(actor, (tx) => tickTask(tx, actor, { caseId, id, done }));

describe("succeeds", () => {
  test("add, change, end a strategy", async () => {
    const plan = await planned();
    expect(plan.strategy).toMatchObject({ text: "Morning check-in", startedOn: "2026-08-01", endedOn: null });
    await changeStrategy(lake.colleague, plan.id, plan.strategy, {
      endedOn: "2026-10-01",
      outcome: "No longer needed",
    });
    expect((await read(plan.id)).strategies).toMatchObject([{ endedOn: "2026-10-01", outcome: "No longer needed" }]);
    expect(await audited(lake.id, plan.id)).toContain("strategy.end");
  });
  test("add, change, tick, untick a task; ticking twice is one tick", async () => {
    const plan = await planned();
    expect(plan.task).toMatchObject({ assignee: "Lake Brasher", dueOn: "2026-12-01", doneAt: null });
    await changeTask(lake.manager, plan.id, plan.task, { text: "Call them again", assigneeId: null });
    await tick(lake.staff, plan.id, plan.task.id);
    const first = (await read(plan.id)).tasks[0];
    expect(first).toMatchObject({ text: "Call them again", assignee: null });
    expect(first?.doneAt).toBeInstanceOf(Date);
    await tick(lake.manager, plan.id, plan.task.id);
    expect((await read(plan.id)).tasks[0]?.doneAt).toEqual(first?.doneAt);
    await tick(lake.manager, plan.id, plan.task.id, false);
    expect((await read(plan.id)).tasks[0]?.doneAt).toBeNull();
    expect((await audited(lake.id, plan.id)).filter((action) => action.startsWith("task."))).toEqual([
      "task.add",
      "task.edit",
      "task.done",
      "task.reopen",
    ]);
  });
});

test("wrong permission: an assigned member ticks, but doesn't plan; others don't see the case", async () => {
  const plan = await planned();
  expect(await failure(newStrategy(lake.staff, plan.id))).toBe("forbidden");
  expect(await failure(newTask(lake.staff, plan.id))).toBe("forbidden");
  expect(await failure(changeStrategy(lake.staff, plan.id, plan.strategy))).toBe("forbidden");
  expect(await failure(changeTask(lake.staff, plan.id, plan.task))).toBe("forbidden");
  const unseen = await makeCase(lake);
  const id = randomUUID();
  await newTask(lake.manager, unseen, id);
  expect(await failure(tick(lake.staff, unseen, id))).toBe("not-there");
});

test("other district: not there, nor its people", async () => {
  const plan = await planned();
  const ends = await Promise.all(
    [
      newStrategy(river.manager, plan.id),
      newTask(river.manager, plan.id),
      changeStrategy(river.manager, plan.id, plan.strategy),
      changeTask(river.manager, plan.id, plan.task),
      tick(river.manager, plan.id, plan.task.id),
    ].map(failure),
  );
  expect(ends).toEqual(Array(5).fill("not-there"));
  expect(await failure(newTask(lake.manager, plan.id, undefined, { assigneeId: river.manager.membershipId }))).toBe(
    "choice-gone",
  );
});

test("wrong state: a row that was changed since it was read", async () => {
  const plan = await planned();
  await changeStrategy(lake.manager, plan.id, plan.strategy, { text: "First" });
  expect(await failure(changeStrategy(lake.manager, plan.id, plan.strategy, { text: "Second" }))).toBe(
    "changed-meanwhile",
  );
  await changeTask(lake.manager, plan.id, plan.task, { text: "First" });
  expect(await failure(changeTask(lake.manager, plan.id, plan.task, { text: "Second" }))).toBe("changed-meanwhile");
});

test("bad input: rows of another case, rows that never were", async () => {
  const plan = await planned();
  const other = await planned();
  expect(await failure(changeStrategy(lake.manager, other.id, plan.strategy))).toBe("not-there");
  expect(await failure(changeTask(lake.manager, other.id, plan.task))).toBe("not-there");
  expect(await failure(tick(lake.manager, other.id, plan.task.id))).toBe("not-there");
  expect(await failure(tick(lake.manager, plan.id, randomUUID()))).toBe("not-there");
});

test("two at once: one form clicked twice adds one row; of two changes one wins", async () => {
  const id = await makeCase(lake);
  const [a, b] = [randomUUID(), randomUUID()];
  await Promise.all([
    newStrategy(lake.manager, id, a),
    newStrategy(lake.manager, id, a),
    newTask(lake.manager, id, b),
    newTask(lake.manager, id, b),
  ]);
  const view = await read(id);
  expect([view.strategies.length, view.tasks.length]).toEqual([1, 1]);
  const plan = await planned();
  const ends = await Promise.all([
    failure(changeTask(lake.manager, plan.id, plan.task, { text: "A" })),
    failure(changeTask(lake.colleague, plan.id, plan.task, { text: "B" })),
  ]);
  expect(ends.sort()).toEqual(["", "changed-meanwhile"]);
});

test("the browser's Back button: the form comes again with its id, and what it says now is a row of its own", async () => {
  const id = await makeCase(lake);
  const form = randomUUID();
  const again = { text: "Something else" };
  await newStrategy(lake.manager, id, form, { endedOn: null });
  await newTask(lake.manager, id, form, { dueOn: null, assigneeId: null });
  await Promise.all([newStrategy(lake.manager, id, form, again), newStrategy(lake.manager, id, form, again)]);
  await Promise.all([newTask(lake.manager, id, form, again), newTask(lake.manager, id, form, again)]);
  await newStrategy(lake.manager, id, form, { outcome: "It helped" });
  await newTask(lake.manager, id, form, { dueOn: "2026-12-24" });
  const view = await read(id);
  expect(view.strategies.map((one) => [one.text, one.outcome]).sort()).toEqual([
    ["Morning check-in", null],
    ["Morning check-in", "It helped"],
    ["Something else", null],
  ]);
  expect(view.tasks.map((one) => [one.text, one.dueOn]).sort()).toEqual([
    ["Call the bus company", null],
    ["Call the bus company", "2026-12-24"],
    ["Something else", "2026-12-01"],
  ]);
  // What came of it can be changed like any other: its ids are real ones.
  for (const row of [...view.strategies, ...view.tasks]) expect(z.uuid().safeParse(row.id).success).toBe(true);
});

test("disabled: nobody new gets a task, who has one keeps it", async () => {
  const district = await makeDistrict("Bay");
  const id = await makeCase(district);
  const of = { assigneeId: district.staff.membershipId };
  const taskId = randomUUID();
  await newTask(district.manager, id, taskId, of);
  await sql("update membership set disabled_at = now() where id = $1", [of.assigneeId]);
  expect(await failure(newTask(district.manager, id, undefined, of))).toBe("choice-gone");
  const view = await as(district.manager, (tx, actor) => findCase(tx, actor, id));
  const mark = view?.tasks[0]?.mark ?? "";
  await changeTask(district.manager, id, { id: taskId, mark }, { ...of, text: "Call them again" });
  const other = randomUUID();
  await newTask(district.manager, id, other, { assigneeId: null });
  const otherMark =
    (await as(district.manager, (tx, actor) => findCase(tx, actor, id)))?.tasks.find((one) => one.id === other)?.mark ??
    "";
  expect(await failure(changeTask(district.manager, id, { id: other, mark: otherMark }, of))).toBe("choice-gone");
});
