import { randomUUID } from "node:crypto";
import { describe, expect, test } from "vitest";
import { addNote } from "@/lib/cases/add-note";
import { findCase } from "@/lib/cases/find-case";
import { as, audited, failure, makeCase, makeDistrict, sql } from "./fixtures";

const lake = await makeDistrict("Lake");
const river = await makeDistrict("River");
const add = (actor: typeof lake.manager, caseId: string, id: string = randomUUID(), body = "Called home.") =>
  as(actor, (tx) => addNote(tx, actor, { id, caseId, body }));
const notesOf = async (id: string) => (await as(lake.manager, (tx, actor) => findCase(tx, actor, id)))?.notes ?? [];

describe("succeeds", () => {
  test("for Manage Cases, with author and time; the case is marked as changed", async () => {
    const id = await makeCase(lake);
    await sql("update \"case\" set updated_at = '2020-01-01' where id = $1", [id]);
    await add(lake.manager, id);
    const [note] = await notesOf(id);
    expect(note).toMatchObject({ author: "Lake Whitfield", body: "Called home." });
    const [row] = await sql<{ fresh: boolean; version: number }>(
      "select updated_at > now() - interval '1 minute' as fresh, version from \"case\" where id = $1",
      [id],
    );
    expect(row).toEqual({ fresh: true, version: 1 });
    expect(await audited(lake.id, id)).toEqual(["case.create", "note.add", "case.read"]);
  });
  test("for an assigned member", async () => {
    const id = await makeCase(lake, { assigned: [lake.staff.membershipId ?? ""] });
    await add(lake.staff, id);
    expect(await notesOf(id)).toHaveLength(1);
  });
  test("10,000 characters, and every script", async () => {
    const id = await makeCase(lake);
    const body = `👩‍🚒 محمد O’Brien ${"ñ".repeat(9_980)}`;
    await add(lake.manager, id, undefined, body);
    expect((await notesOf(id))[0]?.body).toBe(body);
  });
});

test("wrong permission: a member who isn't assigned doesn't see the case", async () => {
  const id = await makeCase(lake);
  expect(await failure(add(lake.staff, id))).toBe("not-there");
  expect(await notesOf(id)).toHaveLength(0);
});

test("other district: not there", async () => {
  const id = await makeCase(lake);
  expect(await failure(add(river.manager, id))).toBe("not-there");
});

test("wrong state: a closed case still takes notes; a received note stays as it came", async () => {
  const id = await makeCase(lake, { status: "closed" });
  await add(lake.manager, id);
  await sql(
    "insert into note (district_id, case_id, author_name, body, received) values ($1, $2, 'B. Halvorsen', 'Sent on.', true)",
    [lake.id, id],
  );
  await expect(
    as(lake.manager, (tx) => tx.note.updateMany({ where: { caseId: id, received: true }, data: { body: "changed" } })),
  ).rejects.toThrow();
  const view = await as(lake.manager, (tx, actor) => findCase(tx, actor, id));
  expect(view?.notes).toHaveLength(1);
  expect(view?.receivedNotes).toMatchObject([{ author: "B. Halvorsen", body: "Sent on." }]);
});

test("bad input: a case that never was", async () => {
  expect(await failure(add(lake.manager, randomUUID()))).toBe("not-there");
});

test("two at once: one form clicked twice is one note", async () => {
  const id = await makeCase(lake);
  const note = randomUUID();
  await Promise.all([add(lake.manager, id, note), add(lake.manager, id, note)]);
  expect(await notesOf(id)).toHaveLength(1);
  expect((await audited(lake.id, id)).filter((action) => action === "note.add")).toHaveLength(1);
});

test("the browser's Back button: the form comes again with its id, and what it says now is a note of its own", async () => {
  const id = await makeCase(lake);
  const other = await makeCase(lake);
  const note = randomUUID();
  await add(lake.manager, id, note);
  await Promise.all([add(lake.manager, id, note, "Called again."), add(lake.manager, id, note, "Called again.")]);
  await add(lake.manager, id, note);
  await add(lake.colleague, id, note);
  await add(lake.manager, other, note);
  expect((await notesOf(id)).map((one) => one.body).sort()).toEqual(["Called again.", "Called home.", "Called home."]);
  expect(await notesOf(other)).toHaveLength(1);
  expect((await audited(lake.id, id)).filter((action) => action === "note.add")).toHaveLength(3);
});
