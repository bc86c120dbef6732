import { createHash, randomBytes, randomUUID } from "node:crypto";
import { Readable } from "node:stream";
import { describe, expect, test } from "vitest";
import { addAttachment } from "@/lib/cases/add-attachment";
import { findCase } from "@/lib/cases/find-case";
import { openAttachment } from "@/lib/cases/open-attachment";
import { removeAttachment } from "@/lib/cases/remove-attachment";
import type { Actor } from "@/lib/policy";
import { objectStore } from "@/lib/storage/open-store";
import { as, audited, doors, failure, makeCase, makeDistrict, sql } from "./fixtures";

const lake = await makeDistrict("Lake");
const river = await makeDistrict("River");
const pdf = Buffer.concat([Buffer.from("%PDF-1.7\n"), randomBytes(200_000), Buffer.from("\n%%EOF\n")]);

async function* pieces(bytes: Buffer) {
  for (let at = 0; at < bytes.length; at += 30_000) yield bytes.subarray(at, at + 30_000);
}
const attach = (
  actor: Actor,
  caseId: string,
  of: { name?: string; bytes?: Buffer; announced?: number | null } = {},
) => {
  const bytes = of.bytes ?? pdf;
  return addAttachment(doors(actor), {
    caseId,
    name: of.name ?? "Safety plan.pdf",
    bytes: of.announced === undefined ? bytes.length : of.announced,
    source: pieces(bytes),
  });
};
const open = (actor: Actor, id: string, purpose: "download" | "preview" = "download") =>
  openAttachment(doors(actor), { id, purpose });
const objects = async () => {
  let count = 0;
  for await (const _ of objectStore().list("")) count++;
  return count;
};

describe("succeeds", () => {
  test("byte for byte, encrypted at rest, audited before the first byte", async () => {
    const id = await makeCase(lake);
    const { attachmentId } = await attach(lake.manager, id);
    const opened = await open(lake.manager, attachmentId);
    expect(await audited(lake.id, attachmentId)).toEqual(["attachment.add", "attachment.download"]);
    const bytes = Buffer.concat(await opened.stream.toArray());
    expect(bytes.equals(pdf)).toBe(true);
    expect(opened).toMatchObject({
      caseId: id,
      name: "Safety plan.pdf",
      mediaType: "application/pdf",
      size: pdf.length,
    });
    const [file] = await sql<{ storage_key: string; sha256: Buffer }>(
      "select f.storage_key, f.sha256 from stored_file f join attachment a on a.file_id = f.id where a.id = $1",
      [attachmentId],
    );
    expect(file?.sha256.equals(createHash("sha256").update(pdf).digest())).toBe(true);
    const stored = Buffer.concat(await Readable.from(objectStore().get(file?.storage_key ?? "")).toArray());
    expect(stored.includes(pdf.subarray(1000, 1032))).toBe(false);
  });
  test("an assigned member adds, opens, previews, and removes their own: row, key and bytes", async () => {
    const id = await makeCase(lake, { assigned: [lake.staff.membershipId ?? ""] });
    const before = await objects();
    const { attachmentId } = await attach(lake.staff, id, { name: "Log é ‮gpj.txt", bytes: Buffer.from("Grüße\n") });
    const opened = await open(lake.staff, attachmentId, "preview");
    expect(opened.name).toBe("Log é gpj.txt");
    opened.stream.resume();
    expect((await as(lake.staff, (tx, actor) => findCase(tx, actor, id)))?.attachments).toMatchObject([
      { removable: true, size: 8 },
    ]);
    await removeAttachment(doors(lake.staff), { caseId: id, id: attachmentId });
    expect(await failure(open(lake.staff, attachmentId))).toBe("not-there");
    expect(await objects()).toBe(before);
  });
});

test("wrong permission: not without seeing the case; not somebody else's file", async () => {
  const unseen = await makeCase(lake);
  const { attachmentId } = await attach(lake.manager, unseen);
  const before = await objects();
  expect(await failure(attach(lake.staff, unseen))).toBe("not-there");
  expect(await failure(open(lake.staff, attachmentId))).toBe("not-there");
  const seen = await makeCase(lake, { assigned: [lake.staff.membershipId ?? ""] });
  const own = await attach(lake.manager, seen);
  expect(await failure(removeAttachment(doors(lake.staff), { caseId: seen, id: own.attachmentId }))).toBe("forbidden");
  expect(await objects()).toBe(before + 1);
});

test("other district: not there", async () => {
  const id = await makeCase(lake);
  const { attachmentId } = await attach(lake.manager, id);
  expect(await failure(attach(river.manager, id))).toBe("not-there");
  expect(await failure(open(river.manager, attachmentId))).toBe("not-there");
  expect(await failure(removeAttachment(doors(river.manager), { caseId: id, id: attachmentId }))).toBe("not-there");
});

describe("wrong state", () => {
  test("a received file stays", async () => {
    const id = await makeCase(lake);
    const { attachmentId } = await attach(lake.manager, id);
    await sql("update attachment set received = true, added_by = null where id = $1", [attachmentId]);
    expect(await failure(removeAttachment(doors(lake.manager), { caseId: id, id: attachmentId }))).toBe("read-only");
  });
  test("nothing is removed while the case is being packed", async () => {
    const id = await makeCase(lake);
    const { attachmentId } = await attach(lake.manager, id);
    const dispatch = randomUUID();
    await sql("insert into dispatch (district_id, id, created_by) values ($1, $2, $3)", [
      lake.id,
      dispatch,
      lake.manager.membershipId,
    ]);
    const [transfer] = await sql<{ id: string }>(
      "insert into transfer (reference, dispatch_id, sending_district_id, receiving_district_id, item_count, sent_by, sent_by_user) values ('T-2026-000001', $1, $2, $3, 1, $4, $5) returning id",
      [dispatch, lake.id, river.id, lake.manager.membershipId, lake.manager.userId],
    );
    await sql(
      "insert into transfer_case (district_id, transfer_id, n, case_id, receiving_district_id) values ($1, $2, 1, $3, $4)",
      [lake.id, transfer?.id, id, river.id],
    );
    expect(await failure(removeAttachment(doors(lake.manager), { caseId: id, id: attachmentId }))).toBe("being-packed");
    const opened = await open(lake.manager, attachmentId);
    expect((await opened.stream.toArray()).length).toBeGreaterThan(0);
  });
  test("the case went away while the file was coming: neither row nor object stays", async () => {
    const id = await makeCase(lake);
    const before = await objects();
    async function* slow() {
      yield pdf.subarray(0, 50_000);
      await sql('delete from "case" where id = $1', [id]);
      yield pdf.subarray(50_000);
    }
    expect(
      await failure(
        addAttachment(doors(lake.manager), { caseId: id, name: "a.pdf", bytes: pdf.length, source: slow() }),
      ),
    ).toBe("not-there");
    expect(await objects()).toBe(before);
  });
});

describe("bad input", () => {
  test.each([
    ["empty", { bytes: Buffer.alloc(0) }],
    ["another extension", { name: "virus.exe" }],
    ["mislabelled", { name: "picture.png" }],
    ["script as text", { name: "page.html", bytes: Buffer.from("<script>") }],
    ["shorter than announced", { announced: pdf.length + 1 }],
    ["longer than announced", { announced: pdf.length - 1 }],
    ["announced as 200 MB", { announced: 200_000_000 }],
  ])("%s: refused, nothing stays", async (_, of) => {
    const id = await makeCase(lake);
    const before = await objects();
    expect(await failure(attach(lake.manager, id, of))).toBe("file-refused");
    expect(await objects()).toBe(before);
    expect((await as(lake.manager, (tx, actor) => findCase(tx, actor, id)))?.attachments).toEqual([]);
  });
  test("ids that never were, or aren't ids", async () => {
    expect(await failure(open(lake.manager, randomUUID()))).toBe("not-there");
    expect(await failure(open(lake.manager, "../../etc/passwd"))).toBe("not-there");
    expect(await failure(attach(lake.manager, "nothing"))).toBe("not-there");
    expect(
      await failure(removeAttachment(doors(lake.manager), { caseId: await makeCase(lake), id: randomUUID() })),
    ).toBe("not-there");
  });
  test("Word files have no preview", async () => {
    const id = await makeCase(lake);
    const { attachmentId } = await attach(lake.manager, id);
    await sql(
      "update stored_file set media_type = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document' where id = (select file_id from attachment where id = $1)",
      [attachmentId],
    );
    expect(await failure(open(lake.manager, attachmentId, "preview"))).toBe("not-there");
  });
});

test("two at once: of two removals one wins; two files of one name both stay", async () => {
  const id = await makeCase(lake);
  const [one] = await Promise.all([attach(lake.manager, id), attach(lake.colleague, id)]);
  const ends = await Promise.all(
    [1, 2].map(() => failure(removeAttachment(doors(lake.manager), { caseId: id, id: one.attachmentId }))),
  );
  expect(ends.sort()).toEqual(["", "not-there"]);
  expect((await as(lake.manager, (tx, actor) => findCase(tx, actor, id)))?.attachments).toHaveLength(1);
});
