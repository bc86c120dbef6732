import { Readable } from "node:stream";
import { expect, test } from "vitest";
import { addAttachment } from "@/lib/cases/add-attachment";
import { openAttachment } from "@/lib/cases/open-attachment";
import { addDocument } from "@/lib/documents/add-document";
import { openDocument } from "@/lib/documents/open-document";
import { objectStore } from "@/lib/storage/open-store";
import { eicar } from "../../support/clamd";
import { figure } from "../../support/figures";
import { ownScanner } from "../../support/scanner";
import { addCase, doors, makeWorld, outcome } from "../../support/world";
import { docxEntries, makeZip } from "../../support/zip";

const world = await makeWorld();
const scanner = await ownScanner();
const { lakeview } = world;
const { id: caseId } = await addCase(world, lakeview);
const studentId = lakeview.students[0]?.id as string;
const pdf = Buffer.from("%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n", "latin1");

/** What has to be blocked, as a file of the name. */
const hostile: [what: string, name: string, content: () => AsyncIterable<Uint8Array>][] = [
  ["EICAR", "note.txt", () => Readable.from([Buffer.from(eicar)])],
  [
    "EICAR inside a Word document",
    "plan.docx",
    () => zip([...docxEntries(), { name: "word/a.txt", content: eicar, stored: true }]),
  ],
  [
    "an encrypted zip",
    "plan.docx",
    () => zip([...docxEntries(), { name: "word/a.xml", content: "x", claims: { flags: 1 } }]),
  ],
  [
    "a zip bomb",
    "plan.docx",
    () => zip([...docxEntries(), { name: "word/a.xml", content: Buffer.alloc(20_000_000), claims: { unpacked: 13 } }]),
  ],
  ["a polyglot: PDF and zip", "plan.pdf", () => Readable.from([pdf, makeZip([{ name: "a", content: "a" }])])],
  ["a stream over the limit", "plan.pdf", () => Readable.from(endless())],
];

const zip = (entries: Parameters<typeof makeZip>[0]) => Readable.from([makeZip(entries)]);

async function* endless() {
  yield pdf;
  for (;;) yield Buffer.alloc(1_000_000, 1);
}

const add = {
  attachment: (name: string, source: AsyncIterable<Uint8Array>) =>
    addAttachment(doors(lakeview.manager), { caseId, name, bytes: null, source }).then(
      ({ attachmentId }) => attachmentId,
    ),
  document: (name: string, source: AsyncIterable<Uint8Array>) =>
    addDocument(doors(lakeview.clerk), {
      studentId,
      name,
      bytes: null,
      source,
      title: null,
      type: "iep",
      ownerId: null,
      datedOn: null,
    }).then(({ documentId }) => documentId),
};
const open = {
  attachment: (id: string) => openAttachment(doors(lakeview.manager), { id, purpose: "download" }),
  document: (id: string) => openDocument(doors(lakeview.clerk), { id, purpose: "download" }),
};
const kinds = ["attachment", "document"] as const;
const objects = async () => (await Readable.from(objectStore().list("")).toArray()).length;

test.each(kinds.flatMap((kind) => hostile.map((one) => [one[0], kind, one[1], one[2]] as const)))(
  "%s as %s is refused, and nothing of it stays",
  { timeout: 60_000 },
  async (_, kind, name, content) => {
    const end = await outcome(add[kind](name, content()));
    const left = await objects();
    figure(21, { blocked: { found: end === "file-refused" && left === 0 ? 1 : 0, of: 1 } }, { "hostile files": 1 });
    expect([end, left]).toEqual(["file-refused", 0]);
  },
);

test.each(kinds)("with the scanner down no %s can be opened", async (kind) => {
  await scanner.down();
  const id = await add[kind]("plan.pdf", Readable.from([pdf]));
  const end = await outcome(open[kind](id));
  figure(21, { blocked: { found: end === "file-blocked" ? 1 : 0, of: 1 } }, { "hostile files": 1 });
  expect(end).toBe("file-blocked");
});
