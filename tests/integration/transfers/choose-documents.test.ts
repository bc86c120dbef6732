import { randomUUID } from "node:crypto";
import { describe, expect, test } from "vitest";
import { purgeDocuments } from "@/lib/documents/purge-documents";
import { chooseDocuments } from "@/lib/transfers/choose-documents";
import { getDocumentDispatch } from "@/lib/transfers/get-document-dispatch";
import { transferDocuments } from "@/lib/transfers/transfer-documents";
import { doors, makeWorld, outcome, type Someone } from "../../support/world";
import { addDocument, addMover, addStudent, documentInput, type TestStudent } from "./document-hand-over";

const world = await makeWorld();
const { lakeview, riverbend, maple, sql } = world;
const choose = (studentId: string, documentIds: string[], by: Someone = lakeview.clerk) =>
  doors(by).district((tx) => chooseDocuments(tx, by, { studentId, documentIds }));
const drafts = (studentId: string) => sql("select id from dispatch where student_id = $1", [studentId]);
const chosen = async (dispatchId: string) =>
  (await sql<{ id: string }>("select document_id id from dispatch_document where dispatch_id = $1", [dispatchId])).map(
    (row) => row.id,
  );

async function withDocuments(count: number, about: Parameters<typeof addStudent>[2] = {}) {
  const student: TestStudent = await addStudent(world, lakeview, about);
  const ids = await Promise.all(Array.from({ length: count }, () => addDocument(world, lakeview, student.id)));
  return { student, ids };
}

describe("succeeds", () => {
  test("drafts what was chosen, and nothing else: nothing is sent, no other district sees anything", async () => {
    const { student, ids } = await withDocuments(3);
    const picked = ids.slice(0, 2);
    const { dispatchId } = await choose(student.id, picked);
    expect((await chosen(dispatchId)).toSorted()).toEqual(picked.toSorted());
    expect(
      await sql(
        "select district_id, created_by, student_id, sent_at, redo_of, request_id from dispatch where id = $1",
        [dispatchId],
      ),
    ).toEqual([
      {
        district_id: lakeview.id,
        created_by: lakeview.clerk.membershipId,
        student_id: student.id,
        sent_at: null,
        redo_of: null,
        request_id: null,
      },
    ]);
    expect(await sql("select 1 from transfer where dispatch_id = $1", [dispatchId])).toEqual([]);
    expect(await sql("select 1 from disclosure where student_id = $1", [student.id])).toEqual([]);
  });

  test("of a student who left the roster, too: these are the ones who go elsewhere", async () => {
    const { student, ids } = await withDocuments(1, { active: false });
    expect(await chosen((await choose(student.id, ids)).dispatchId)).toEqual(ids);
  });

  test("a document chosen twice travels once", async () => {
    const { student, ids } = await withDocuments(1);
    expect(await chosen((await choose(student.id, [...ids, ...ids])).dispatchId)).toEqual(ids);
  });
});

describe("wrong permission", () => {
  test.each(["manager", "staff"] as const)("refuses a %s, even what they own", async (role) => {
    const { student, ids } = await withDocuments(1);
    await sql("update document set owner_id = $2 where id = $1", [ids[0], lakeview[role].membershipId]);
    expect(await outcome(choose(student.id, ids, lakeview[role]))).toBe("forbidden");
    expect(await drafts(student.id)).toEqual([]);
  });

  test("a draft is its maker's alone, whatever else they may do", async () => {
    const { here, there } = await addMover(world);
    const { dispatchId } = await choose(here.id, [await addDocument(world, lakeview, here.id)]);
    const look = (by: Someone) => doors(by).district((tx) => getDocumentDispatch(tx, by, { dispatchId }));
    const send = (by: Someone) => transferDocuments(doors(by), documentInput(dispatchId, riverbend, there.sisId));
    expect(await outcome(look(lakeview.admin))).toBe("not-there");
    expect(await outcome(send(lakeview.admin))).toBe("not-there");
    expect(await outcome(look(lakeview.clerk))).toBe("done");
  });
});

describe("other district", () => {
  test("neither its students nor its documents are there", async () => {
    const { student, ids } = await withDocuments(1);
    for (const by of [riverbend.clerk, maple.clerk]) {
      expect(await outcome(choose(student.id, ids, by))).toBe("not-there");
      const own = await addStudent(world, by === maple.clerk ? maple : riverbend);
      expect(await outcome(choose(own.id, ids, by))).toBe("no-documents");
      expect(await drafts(own.id)).toEqual([]);
    }
    expect(await drafts(student.id)).toEqual([]);
  });

  test("a foreign document among the own ones stays out", async () => {
    const { student, ids } = await withDocuments(1);
    const foreign = await addDocument(world, riverbend, (await addStudent(world, riverbend)).id);
    expect(await chosen((await choose(student.id, [foreign, ...ids])).dispatchId)).toEqual(ids);
  });
});

describe("wrong state", () => {
  test("what is in the bin, in quarantine, another student's or purged stays out; with nothing left there is no draft", async () => {
    const { student, ids } = await withDocuments(5);
    const [binned, reported, moved, purged, kept] = ids as [string, string, string, string, string];
    const other = await addStudent(world, lakeview);
    await sql("update document set deleted_at = now() where id = $1", [binned]);
    await sql("update document set quarantined_at = now(), quarantine = 'reported' where id = $1", [reported]);
    await sql("update document set student_id = $2 where id = $1", [moved, other.id]);
    await sql("delete from document where id = $1", [purged]);
    expect(await outcome(choose(student.id, [binned, reported, moved, purged]))).toBe("no-documents");
    expect(await drafts(student.id)).toEqual([]);
    expect(await chosen((await choose(student.id, ids)).dispatchId)).toEqual([kept]);
  });
});

describe("bad input", () => {
  test("nobody, nothing, or what was never there", async () => {
    const { student, ids } = await withDocuments(1);
    expect(await outcome(choose(randomUUID(), ids))).toBe("not-there");
    expect(await outcome(choose(student.id, []))).toBe("no-documents");
    expect(await outcome(choose(student.id, [randomUUID()]))).toBe("no-documents");
    expect(await drafts(student.id)).toEqual([]);
  });

  test("what it should answer or do again gives a stranger's draft nothing", async () => {
    const { student, ids } = await withDocuments(1, { given: "Foreign" });
    const there = await addStudent(world, riverbend);
    const mine = await addDocument(world, riverbend, there.id);
    const sent = await transferDocuments(
      doors(lakeview.clerk),
      documentInput((await choose(student.id, ids)).dispatchId, riverbend, "nobody", { notes: "Ours" }),
    );
    const { dispatchId } = await doors(riverbend.clerk).district((tx) =>
      chooseDocuments(tx, riverbend.clerk, { studentId: there.id, documentIds: [mine], redoOf: sent.transferId }),
    );
    const shown = await doors(riverbend.clerk).district((tx) =>
      getDocumentDispatch(tx, riverbend.clerk, { dispatchId }),
    );
    expect(shown).toMatchObject({ redoOf: null, prefill: { owner: "", notes: "", district: null } });
    expect(
      await outcome(transferDocuments(doors(riverbend.clerk), documentInput(dispatchId, maple, there.sisId))),
    ).toBe("transfer-moved");
  });
});

describe("two at once", () => {
  test("two people, or one twice, get a draft each; one that is sent takes nothing from the other", async () => {
    const { here, there } = await addMover(world);
    const ids = [await addDocument(world, lakeview, here.id)];
    const made = await Promise.all([choose(here.id, ids), choose(here.id, ids), choose(here.id, ids, lakeview.admin)]);
    expect(new Set(made.map((one) => one.dispatchId)).size).toBe(3);
    const [first, second] = made;
    await transferDocuments(doors(lakeview.clerk), documentInput(first.dispatchId, riverbend, there.sisId));
    expect(await chosen(second.dispatchId)).toEqual(ids);
    expect(await sql("select sent_at from dispatch where id = $1", [second.dispatchId])).toEqual([{ sent_at: null }]);
  });

  test("choosing or sending while somebody purges them: what is left is taken, or it's said that nothing is", async () => {
    const purger = { ...lakeview.clerk, permissions: new Set(["manageDocuments", "purge"] as const) };
    const purge = (documentIds: string[]) =>
      outcome(purgeDocuments(doors(purger), { documentIds, reason: "Asked for" }));
    const answers: string[][] = [];
    for (let i = 0; i < 6; i++) {
      const { here, there } = await addMover(world);
      const add = () => Promise.all([addDocument(world, lakeview, here.id), addDocument(world, lakeview, here.id)]);
      const ids = await add();
      answers.push(await Promise.all([outcome(choose(here.id, ids)), purge(ids)]));
      const more = await add();
      const { dispatchId } = await choose(here.id, more);
      const input = documentInput(dispatchId, riverbend, there.sisId, { documentIds: more.slice(0, 1) });
      answers.push(await Promise.all([outcome(transferDocuments(doors(lakeview.clerk), input)), purge(more)]));
    }
    const told = new Set(answers.map((one) => one.join(", ")));
    expect(
      [...told].filter((one) => !["done, done", "no-documents, done", "done, being-packed"].includes(one)),
    ).toEqual([]);
    expect(told.has("no-documents, done")).toBe(true);
  });
});
