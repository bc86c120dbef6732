import { randomUUID } from "node:crypto";
import { describe, expect, test } from "vitest";
import { withDistrict } from "@/lib/db/tenant";
import { findStudentPage } from "@/lib/documents/find-student-page";
import type { Actor } from "@/lib/policy";
import { audited, packing, putDocument, quarantine } from "../../support/documents";
import { addCase, addMember, makeWorld } from "../../support/world";

const world = await makeWorld();
const { lakeview, riverbend } = world;
const [first, second, third] = lakeview.students.map((one) => one.id) as [string, string, string];
const page = (actor: Actor, id: string) => withDistrict(actor, (tx) => findStudentPage(tx, actor, id));

describe("succeeds", () => {
  test("documents newest first, the bin, cases, transfers, disclosures; reading is written down", async () => {
    const [old, recent, undated] = [
      await putDocument(world, lakeview, { datedOn: "2024-03-06" }),
      await putDocument(world, lakeview, { datedOn: "2026-10-08" }),
      await putDocument(world, lakeview),
    ];
    const binned = await putDocument(world, lakeview, { deletedDaysAgo: 1 });
    const { id: caseId } = await addCase(world, lakeview, { studentId: first });
    const transferId = await packing(world, lakeview, riverbend, [old.id]);
    await world.sql(
      "insert into disclosure (district_id, student_id, category, transfer_id, recipient_district_id, interest, legal_basis, made_by) values ($1, $2, 'Documents: iep', $3, $4, 'Enrollment', 'enrollment', $5)",
      [lakeview.id, first, transferId, riverbend.id, lakeview.clerk.membershipId],
    );
    const seen = await page(lakeview.admin, first);
    expect(seen?.documents.map((one) => one.id)).toEqual([recent.id, old.id, undated.id]);
    expect(seen?.bin.map((one) => one.id)).toEqual([binned.id]);
    expect(seen?.cases.map((one) => one.id)).toEqual([caseId]);
    expect(seen?.transfers).toMatchObject([
      { id: transferId, kind: "documents", side: "outgoing", district: "Riverbend", state: "California", items: 1 },
    ]);
    expect(seen?.disclosures).toMatchObject([{ category: "Documents: iep", recipient: "Riverbend" }]);
    expect(seen).toMatchObject({ canManage: true, canPurge: false, canEdit: false });
    expect(await audited(world, lakeview, first)).toEqual(["student.read"]);
  });
  test("what a document or a purge says it came with counts as received", async () => {
    const { id } = await putDocument(world, lakeview, { studentId: third });
    const transferId = await packing(world, riverbend, lakeview, []).catch(() => null);
    expect(transferId).toBeNull();
    const theirs = await putDocument(world, riverbend);
    const incoming = await packing(world, riverbend, lakeview, [theirs.id]);
    await world.sql("update transfer set status = 'delivered' where id = $1", [incoming]);
    await world.sql("update document set origin_transfer_id = $2, origin_district_id = $3 where id = $1", [
      id,
      incoming,
      riverbend.id,
    ]);
    const seen = await page(lakeview.clerk, third);
    expect(seen?.transfers).toMatchObject([{ id: incoming, side: "incoming", status: "delivered" }]);
    expect(seen?.documents[0]?.received).toMatchObject({ district: "Riverbend", transferId: incoming });
  });
});

describe("wrong permission", () => {
  test("each sees what they may: cases for case managers, documents for clerks, both for nobody else", async () => {
    await putDocument(world, lakeview, { studentId: second });
    await addCase(world, lakeview, { studentId: second });
    const admin = await addMember(world, lakeview, "office", ["manageDistrict"]);
    const counts = async (actor: Actor) => {
      const seen = await page(actor, second);
      return seen && [seen.documents.length, seen.cases.length, seen.disclosures !== null];
    };
    expect(await counts(lakeview.manager)).toEqual([0, 1, true]);
    expect(await counts(lakeview.clerk)).toEqual([1, 0, true]);
    expect(await counts(admin)).toEqual([0, 0, true]);
    expect(await counts(lakeview.staff)).toBeNull();
  });
  test("others see only students whose document they own or whose case they're assigned to", async () => {
    const owner = await addMember(world, lakeview, "owner", []);
    const helper = await addMember(world, lakeview, "helper", []);
    const { id } = await putDocument(world, lakeview, { studentId: second, owner });
    await addCase(world, lakeview, { studentId: second, assigned: [helper] });
    const [own, assigned] = [await page(owner, second), await page(helper, second)];
    expect([own?.documents.map((one) => one.id), own?.cases.length, own?.disclosures]).toEqual([[id], 0, null]);
    expect([assigned?.documents.length, assigned?.cases.length]).toEqual([0, 1]);
    expect(await page(owner, third)).toBeNull();
  });
});

describe("other district", () => {
  test("not there", async () => {
    expect(await page(riverbend.admin, first)).toBeNull();
  });
});

describe("wrong state", () => {
  test("what's quarantined is in no list, and makes nobody see the student", async () => {
    const owner = await addMember(world, lakeview, "owner-of-hidden", []);
    const { id } = await putDocument(world, lakeview, { studentId: third, owner });
    await quarantine(world, id);
    const seen = await page(lakeview.clerk, third);
    expect([...(seen?.documents ?? []), ...(seen?.bin ?? [])].map((one) => one.id)).not.toContain(id);
    expect(await page(owner, third)).toBeNull();
  });
});

describe("bad input", () => {
  test("nobody", async () => {
    expect(await page(lakeview.admin, randomUUID())).toBeNull();
    expect(await page(lakeview.admin, "add")).toBeNull();
  });
});

describe("two at once", () => {
  test("both read, and both are written down", async () => {
    const before = (await audited(world, lakeview, second)).length;
    await Promise.all([page(lakeview.admin, second), page(lakeview.clerk, second)]);
    expect((await audited(world, lakeview, second)).length).toBe(before + 2);
  });
});
