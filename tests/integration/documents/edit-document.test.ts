import { randomUUID } from "node:crypto";
import { describe, expect, test } from "vitest";
import { withDistrict } from "@/lib/db/tenant";
import { editDocument } from "@/lib/documents/edit-document";
import type { Actor } from "@/lib/policy";
import { audited, putDocument, quarantine } from "../../support/documents";
import { addMember, makeWorld, outcome } from "../../support/world";

const world = await makeWorld();
const { lakeview, riverbend } = world;
type Input = Parameters<typeof editDocument>[2];
const facts = { title: "Eligibility report", type: "evaluation", datedOn: "2026-09-24" } as const;
const edit = (actor: Actor, id: string, of: Partial<Input> = {}) =>
  withDistrict(actor, (tx) =>
    editDocument(tx, actor, { id, version: 1, ownerId: lakeview.staff.membershipId, facts, ...of }),
  );
const rowOf = async (id: string) =>
  (await world.sql("select title, type, dated_on::text, owner_id, version from document where id = $1", [id]))[0];

describe("succeeds", () => {
  test("title, type, date and owner, audited without the title", async () => {
    const { id } = await putDocument(world, lakeview);
    await edit(lakeview.clerk, id);
    expect(await rowOf(id)).toEqual({
      title: "Eligibility report",
      type: "evaluation",
      dated_on: "2026-09-24",
      owner_id: lakeview.staff.membershipId,
      version: 2,
    });
    const [entry] = await world.sql<{ detail: unknown }>("select detail from audit where subject_id = $1", [id]);
    expect(entry?.detail).toEqual({ changed: "title type date owner" });
  });
  test("an owner who was disabled since may stay", async () => {
    const gone = await addMember(world, lakeview, "gone", []);
    const { id } = await putDocument(world, lakeview, { owner: gone });
    await world.sql("update membership set disabled_at = now() where id = $1", [gone.membershipId]);
    await edit(lakeview.clerk, id, { ownerId: gone.membershipId });
    expect(await rowOf(id)).toMatchObject({ owner_id: gone.membershipId, title: "Eligibility report" });
  });
});

describe("wrong permission", () => {
  test("its owner may read it, no more", async () => {
    const { id } = await putDocument(world, lakeview, { owner: lakeview.staff });
    expect(await outcome(edit(lakeview.staff, id))).toBe("forbidden");
    expect(await outcome(edit(lakeview.manager, id))).toBe("forbidden");
  });
});

describe("other district", () => {
  test("not there; nor can a stranger own it", async () => {
    const { id } = await putDocument(world, lakeview);
    expect(await outcome(edit(riverbend.clerk, id))).toBe("not-there");
    expect(await outcome(edit(lakeview.clerk, id, { ownerId: riverbend.staff.membershipId }))).toBe("choice-gone");
  });
});

describe("wrong state", () => {
  test("what lies in the bin or in quarantine isn't there", async () => {
    const [binned, hidden] = [
      await putDocument(world, lakeview, { deletedDaysAgo: 1 }),
      await putDocument(world, lakeview),
    ];
    await quarantine(world, hidden.id);
    expect(await outcome(edit(lakeview.clerk, binned.id))).toBe("not-there");
    expect(await outcome(edit(lakeview.clerk, hidden.id))).toBe("not-there");
  });
  test("what came from another district stays as it came; its owner can change", async () => {
    const { id } = await putDocument(world, lakeview, { title: "Theirs" });
    await world.sql("update document set origin_district_id = $2 where id = $1", [id, riverbend.id]);
    expect(await outcome(edit(lakeview.clerk, id))).toBe("read-only");
    await edit(lakeview.clerk, id, { facts: null });
    expect(await rowOf(id)).toMatchObject({ title: "Theirs", owner_id: lakeview.staff.membershipId });
  });
});

describe("bad input", () => {
  test("no such document, no such owner", async () => {
    const { id } = await putDocument(world, lakeview);
    expect(await outcome(edit(lakeview.clerk, randomUUID()))).toBe("not-there");
    expect(await outcome(edit(lakeview.clerk, id, { ownerId: randomUUID() }))).toBe("choice-gone");
    expect(await audited(world, lakeview, id)).toEqual([]);
  });
});

describe("two at once", () => {
  test("the second is told, and changes nothing", async () => {
    const { id } = await putDocument(world, lakeview);
    const ends = await Promise.all([outcome(edit(lakeview.clerk, id)), outcome(edit(lakeview.admin, id))]);
    expect(ends.sort()).toEqual(["changed-meanwhile", "done"]);
    expect(await rowOf(id)).toMatchObject({ version: 2 });
  });
});
