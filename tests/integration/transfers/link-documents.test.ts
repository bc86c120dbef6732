import { randomUUID } from "node:crypto";
import { afterEach, describe, expect, test } from "vitest";
import { recheck } from "@/lib/jobs/recheck";
import { returnDocuments } from "@/lib/transfers/decide-documents";
import { linkDocuments } from "@/lib/transfers/deliver-documents";
import { getHeld } from "@/lib/transfers/get-held";
import { doors, makeWorld, outcome, type Someone } from "../../support/world";
import { addStudent, handedOver, heldDocuments } from "./document-hand-over";
import { auditOf, eventsOf, mailsOf, remainsOf, statusOf } from "./hand-over";

const world = await makeWorld();
const { lakeview, riverbend, maple, sql } = world;
const look = (id: string, by: Someone = riverbend.clerk) => getHeld(doors(by), { transferId: id });
const link = (
  sent: { id: string; there: { id: string } },
  by: Someone = riverbend.clerk,
  own: { studentId?: string; ownerId?: string; sameStudent?: boolean } = {},
) =>
  linkDocuments(doors(by), {
    transferId: sent.id,
    studentId: sent.there.id,
    ownerId: riverbend.staff.membershipId,
    ...own,
  });
const nameOf = ({ given, family }: { given: string; family: string }) => ({ given, family });
afterEach(() => sql("update district set documents_off = false"));

describe("succeeds", () => {
  test("shows the sent identity beside the own student, and that is a disclosure, recorded once", async () => {
    const sent = await heldDocuments(world, {
      person: { stateId: "TX-77" },
      input: { owner: "clerk", notes: "Read this" },
    });
    const held = await look(sent.id);
    expect(held).toMatchObject({
      person: { given: sent.here.given, family: sent.here.family, birthDate: sent.here.birthDate, stateId: "TX-77" },
      sisId: "nobody",
      owner: "clerk",
      ownerId: riverbend.clerk.membershipId,
      notes: "Read this",
    });
    expect(held?.matches[0]).toMatchObject({ id: sent.there.id, comparison: { allAgree: true } });
    await look(sent.id, riverbend.admin);
    expect(
      await sql("select district_id, student_id, category from disclosure where transfer_id = $1", [sent.id]),
    ).toEqual([
      { district_id: lakeview.id, student_id: sent.here.id, category: "Identity: name, birth date, state ID" },
    ]);
    for (const district of [lakeview, riverbend])
      expect((await auditOf(world, district, sent.id)).filter((action) => action === "transfer.identity")).toHaveLength(
        2,
      );
  });

  test("delivers to the student and owner that were chosen, even where they don't agree", async () => {
    const sent = await heldDocuments(world, { documents: [{}, {}] });
    const other = await addStudent(world, riverbend);
    await link(sent, riverbend.clerk, { studentId: other.id, sameStudent: true });
    await link(sent, riverbend.clerk, { studentId: other.id, sameStudent: true });
    expect(await statusOf(world, sent.id)).toBe("delivered");
    expect(await eventsOf(world, sent.id)).toEqual(["seal", "hold", "deliver"]);
    expect(
      await sql(
        "select count(*)::int n from document where origin_transfer_id = $1 and student_id = $2 and owner_id = $3",
        [sent.id, other.id, riverbend.staff.membershipId],
      ),
    ).toEqual([{ n: 2 }]);
    expect(await remainsOf(world, sent.id)).toEqual({ items: 0, files: 0, keys: 0 });
    expect(await mailsOf(world, sent.id)).toContain("documents-delivered → Riverbend");
    expect(await sql("select category from disclosure where transfer_id = $1", [sent.id])).toEqual([
      { category: "Documents: iep (2)" },
    ]);
  });

  test("links to a student whose name or birth date differs on a second explicit yes alone, which is written down", async () => {
    const differing = async (sent: { there: { given: string; family: string; birthDate: string | null } }) => [
      await addStudent(world, riverbend, { given: "Terrence", family: "Simmons", birthDate: sent.there.birthDate }),
      await addStudent(world, riverbend, { ...nameOf(sent.there), birthDate: "2008-02-02" }),
      await addStudent(world, riverbend, { given: "Terrence", family: "Simmons", birthDate: "2008-02-02" }),
    ];
    for (const n of [0, 1, 2]) {
      const sent = await heldDocuments(world);
      const student = (await differing(sent))[n] as Awaited<ReturnType<typeof addStudent>>;
      await expect(link(sent, riverbend.clerk, { studentId: student.id })).rejects.toMatchObject({
        kind: "student-differs",
        data: { student: { id: student.id, sisId: student.sisId } },
      });
      expect(await outcome(link(sent, riverbend.clerk, { studentId: student.id, sameStudent: false }))).toBe(
        "student-differs",
      );
      expect(await statusOf(world, sent.id)).toBe("held");
      expect(await auditOf(world, riverbend, sent.id)).not.toContain("transfer.link");
      await link(sent, riverbend.clerk, { studentId: student.id, sameStudent: true });
      expect(await statusOf(world, sent.id)).toBe("delivered");
      expect(await auditOf(world, riverbend, sent.id)).toContain("transfer.link-differing");
      expect(await auditOf(world, lakeview, sent.id)).not.toContain("transfer.link-differing");
    }
    // Who agrees, or whose birth date isn't known here, needs none; nor is one written down that wasn't needed.
    for (const birthDate of ["as sent", null]) {
      const sent = await heldDocuments(world);
      const student =
        birthDate === null ? await addStudent(world, riverbend, { ...nameOf(sent.there), birthDate }) : sent.there;
      await link(sent, riverbend.clerk, { studentId: student.id, sameStudent: true });
      expect(await statusOf(world, sent.id)).toBe("delivered");
      expect(await auditOf(world, riverbend, sent.id)).not.toContain("transfer.link-differing");
    }
  });

  test("delivers itself once the roster brings the student, or the owner has come", async () => {
    const sent = await heldDocuments(world, { input: { sisId: "LATER" } });
    expect(await recheck({ districtId: riverbend.id })).toBe(0);
    expect(await statusOf(world, sent.id)).toBe("held");
    await sql("update student set sis_id = 'LATER' where id = $1", [sent.there.id]);
    const waits = await handedOver(world, { input: { owner: "newcomer" } });
    await sql("update membership set username = 'newcomer' where id = $1", [riverbend.colleague.membershipId]);
    expect(await recheck({ districtId: riverbend.id })).toBe(2);
    expect([await statusOf(world, sent.id), await statusOf(world, waits.id)]).toEqual(["delivered", "delivered"]);
    expect(await mailsOf(world, sent.id)).toContain("documents-delivered → Lakeview");
    expect(await recheck({ districtId: riverbend.id })).toBe(0);
  });
});

describe("wrong permission", () => {
  test.each(["manager", "staff"] as const)("a %s neither sees nor links", async (role) => {
    const sent = await heldDocuments(world);
    expect(await outcome(look(sent.id, riverbend[role]))).toBe("forbidden");
    expect(await outcome(link(sent, riverbend[role]))).toBe("forbidden");
    expect(await sql("select 1 from disclosure where transfer_id = $1", [sent.id])).toEqual([]);
  });
});

describe("other district", () => {
  test("neither the sender nor a third one sees or links", async () => {
    const sent = await heldDocuments(world);
    for (const by of [lakeview.clerk, maple.clerk]) {
      expect(await outcome(look(sent.id, by))).toBe("not-there");
      expect(await outcome(link(sent, by))).toBe("not-there");
    }
    expect(await outcome(look(randomUUID()))).toBe("not-there");
    expect(await sql("select 1 from disclosure where transfer_id = $1", [sent.id])).toEqual([]);
    expect(await statusOf(world, sent.id)).toBe("held");
  });
});

describe("wrong state", () => {
  test("what is delivered or returned can't be looked at or linked", async () => {
    const delivered = await handedOver(world);
    expect(await look(delivered.id)).toBeNull();
    expect(await outcome(link(delivered))).toBe("transfer-moved");
    const returned = await heldDocuments(world);
    await returnDocuments(doors(riverbend.clerk), { transferId: returned.id, reason: "No" });
    expect(await look(returned.id)).toBeNull();
    expect(await outcome(link(returned))).toBe("transfer-moved");
  });

  test("nothing is linked while the district has disabled it", async () => {
    const sent = await heldDocuments(world);
    await sql("update district set documents_off = true where id = $1", [riverbend.id]);
    expect(await outcome(link(sent))).toBe("own-documents-off");
  });
});

describe("bad input", () => {
  test("wants a student of the roster and a user who is there", async () => {
    const sent = await heldDocuments(world);
    const gone = await addStudent(world, riverbend, { active: false });
    const foreign = await addStudent(world, maple);
    for (const studentId of [gone.id, foreign.id, randomUUID(), sent.here.id])
      expect(await outcome(link(sent, riverbend.clerk, { studentId }))).toBe("student-gone");
    for (const ownerId of [maple.clerk.membershipId, randomUUID()])
      expect(await outcome(link(sent, riverbend.clerk, { ownerId }))).toBe("owner-gone");
    expect(await statusOf(world, sent.id)).toBe("held");
  });
});

describe("two at once", () => {
  test("two people link to different students: one wins", async () => {
    const sent = await heldDocuments(world);
    const other = await addStudent(world, riverbend);
    const outcomes = await Promise.all([
      outcome(link(sent)),
      outcome(link(sent, riverbend.admin, { studentId: other.id, sameStudent: true })),
    ]);
    expect([...outcomes].sort()).toEqual(["done", "transfer-moved"]);
    expect(await sql("select student_id from document where origin_transfer_id = $1", [sent.id])).toEqual([
      { student_id: outcomes[0] === "done" ? sent.there.id : other.id },
    ]);
  });

  test("linking, returning and a recheck: one end", async () => {
    const sent = await heldDocuments(world, { input: { sisId: "RACE" } });
    await sql("update student set sis_id = 'RACE' where id = $1", [sent.there.id]);
    await Promise.all([
      outcome(link(sent)),
      outcome(returnDocuments(doors(riverbend.admin), { transferId: sent.id, reason: "No" })),
      recheck({ districtId: riverbend.id }),
    ]);
    const status = await statusOf(world, sent.id);
    const [row] = await sql<{ n: number }>("select count(*)::int n from document where origin_transfer_id = $1", [
      sent.id,
    ]);
    expect([status, row?.n]).toEqual(status === "delivered" ? ["delivered", 1] : ["returned", 0]);
  });
});
