import { randomBytes, randomUUID } from "node:crypto";
import { describe, expect, test } from "vitest";
import { addDocument, type NewDocument } from "@/lib/documents/add-document";
import { openDocument } from "@/lib/documents/open-document";
import type { Actor } from "@/lib/policy";
import { objectStore } from "@/lib/storage/open-store";
import { audited } from "../../support/documents";
import { addMember, doors, makeWorld, outcome } from "../../support/world";

const world = await makeWorld();
const { lakeview, riverbend } = world;
const student = lakeview.students[0]?.id as string;
const pdf = Buffer.concat([Buffer.from("%PDF-1.7\n"), randomBytes(200_000), Buffer.from("\n%%EOF\n")]);

async function* pieces(bytes: Buffer) {
  for (let at = 0; at < bytes.length; at += 30_000) yield bytes.subarray(at, at + 30_000);
}
const add = (actor: Actor, of: Partial<NewDocument> & { content?: Buffer } = {}) => {
  const { content = pdf, ...rest } = of;
  return addDocument(doors(actor), {
    studentId: student,
    name: "IEP_2026-27.pdf",
    bytes: content.length,
    source: pieces(content),
    title: null,
    type: "iep",
    ownerId: null,
    datedOn: "2026-10-08",
    ...rest,
  });
};
const objects = async () => {
  let count = 0;
  for await (const _ of objectStore().list("")) count++;
  return count;
};
const rowOf = async (id: string) => (await world.sql("select * from document where id = $1", [id]))[0];

describe("succeeds", () => {
  test("titled by its file where nothing is said, owned by whoever adds it, byte for byte, audited", async () => {
    const { documentId } = await add(lakeview.clerk);
    expect(await rowOf(documentId)).toMatchObject({
      title: "IEP 2026-27",
      type: "iep",
      student_id: student,
      owner_id: lakeview.clerk.membershipId,
      added_by_name: lakeview.clerk.name,
    });
    const opened = await openDocument(doors(lakeview.clerk), { id: documentId, purpose: "download" });
    expect([opened.name, opened.mediaType, opened.size]).toEqual(["IEP 2026-27.pdf", "application/pdf", pdf.length]);
    expect(Buffer.concat(await opened.stream.toArray()).equals(pdf)).toBe(true);
    expect(await audited(world, lakeview, documentId)).toEqual(["document.add", "document.download"]);
  });
  test("with a title, a type and an owner of its own", async () => {
    const { documentId } = await add(lakeview.clerk, {
      title: "Evaluación psicoeducativa",
      type: "evaluation",
      ownerId: lakeview.staff.membershipId,
      datedOn: null,
    });
    expect(await rowOf(documentId)).toMatchObject({
      title: "Evaluación psicoeducativa",
      owner_id: lakeview.staff.membershipId,
      dated_on: null,
    });
  });
});

describe("wrong permission", () => {
  test.each(["manager", "staff"] as const)("%s: refused, nothing is stored", async (who) => {
    const before = await objects();
    expect(await outcome(add(lakeview[who]))).toBe("forbidden");
    expect(await objects()).toBe(before);
  });
});

describe("other district", () => {
  test("not there; nor can a stranger own it", async () => {
    expect(await outcome(add(riverbend.clerk))).toBe("not-there");
    expect(await outcome(add(lakeview.clerk, { ownerId: riverbend.staff.membershipId }))).toBe("choice-gone");
  });
});

describe("wrong state", () => {
  test("a disabled user owns nothing new", async () => {
    const gone = await addMember(world, lakeview, `gone-${randomUUID().slice(0, 6)}`, []);
    await world.sql("update membership set disabled_at = now() where id = $1", [gone.membershipId]);
    expect(await outcome(add(lakeview.clerk, { ownerId: gone.membershipId }))).toBe("choice-gone");
  });
  test("the student went away while the file was coming: neither row nor object stays", async () => {
    const before = await objects();
    const id = randomUUID();
    await world.sql(
      "insert into student (district_id, id, sis_id, given_name, family_name) values ($1, $2, $3, 'Soon', 'Gone')",
      [lakeview.id, id, id],
    );
    async function* slow() {
      yield pdf.subarray(0, 50_000);
      await world.sql("delete from student where id = $1", [id]);
      yield pdf.subarray(50_000);
    }
    expect(await outcome(add(lakeview.clerk, { studentId: id, source: slow() }))).toBe("not-there");
    expect(await objects()).toBe(before);
  });
});

describe("bad input", () => {
  test.each([
    ["empty", { content: Buffer.alloc(0) }],
    ["another extension", { name: "virus.exe" }],
    ["mislabelled", { name: "picture.png" }],
    ["shorter than announced", { bytes: pdf.length + 1 }],
    ["longer than announced", { bytes: pdf.length - 1 }],
    ["announced as 200 MB", { bytes: 200_000_000 }],
  ])("%s: refused, nothing stays", async (_, of) => {
    const before = await objects();
    expect(await outcome(add(lakeview.clerk, of))).toBe("file-refused");
    expect(await objects()).toBe(before);
  });
  test("no such student", async () => {
    expect(await outcome(add(lakeview.clerk, { studentId: randomUUID() }))).toBe("not-there");
    expect(await outcome(add(lakeview.clerk, { studentId: "nobody" }))).toBe("not-there");
  });
});

describe("two at once", () => {
  test("two files of one name are two documents", async () => {
    const [one, two] = await Promise.all([add(lakeview.clerk), add(lakeview.admin)]);
    expect(one.documentId).not.toBe(two.documentId);
    expect([await rowOf(one.documentId), await rowOf(two.documentId)]).not.toContain(undefined);
  });
});
