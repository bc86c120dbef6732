import { randomBytes } from "node:crypto";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { FileRefused } from "@/lib/storage/file-types";
import { fileShop } from "../support/file-shop";
import { contentTypes, docxEntries, makeZip } from "../support/zip";

const DOCX = makeZip(docxEntries());
const OLE = Buffer.from("d0cf11e0a1b11ae1", "hex");

const { write, expectRefused } = fileShop();

describe("a Word document", () => {
  const [types, ...rest] = docxEntries();
  const docx = "a.docx";

  test("is taken with its content types last and its entries stored (as LibreOffice writes them)", async () => {
    const picture = { name: "word/media/image1.png", content: randomBytes(200_000), stored: true };
    const content = makeZip([picture, ...rest, types]);
    expect((await write(docx, content)).size).toBe(content.length);
  });

  test("is refused with macros, whatever it calls them", async () => {
    const macros = "application/vnd.ms-word.document.macroEnabled.main+xml";
    await expectRefused("type", docx, makeZip(docxEntries(macros)));
    await expectRefused("type", docx, makeZip([...rest, { ...types, content: contentTypes(macros) }]));
    await expectRefused("type", docx, makeZip([...docxEntries(), { name: "word/vbaProject.bin", content: "x" }]));
    const more = `<Override PartName="/word/a.xml" ContentType="${macros}"/></Types>`;
    const both = contentTypes().replace("</Types>", more);
    await expectRefused("type", docx, makeZip([...rest, { ...types, content: both }]));
    const hidden = contentTypes("application/vnd.ms-word.document.macro&#69;nabled.main+xml");
    const decoy = hidden.replace("<Default", `<!-- ${contentTypes()} --><Default`);
    await expectRefused("type", docx, makeZip([...rest, { ...types, content: decoy }]));
  });

  test("is refused when an entry unpacks to other than it declares, or leads out of its folder", async () => {
    const bomb = { name: "word/media/a.xml", content: Buffer.alloc(5_000_000), claims: { unpacked: 13 } };
    await expectRefused("type", docx, makeZip([...docxEntries(), bomb]));
    await expectRefused("type", docx, makeZip([...docxEntries(), { ...bomb, claims: { unpacked: 5_000_001 } }]));
    await expectRefused("type", docx, makeZip([...docxEntries(), { ...bomb, stored: true }]));
    for (const name of ["../../evil.sh", "word/../../evil.sh", "/etc/passwd", "\\\\host\\share", "a\\..\\b", ".."])
      await expectRefused("type", docx, makeZip([...docxEntries(), { name, content: "x" }]));
    expect((await write(docx, makeZip([...docxEntries(), { ...bomb, claims: {} }]))).size).toBeGreaterThan(0);
  });

  test("is refused when it's another Office file, a template or a plain zip", async () => {
    const sheet = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml";
    const template = "application/vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml";
    for (const type of [sheet, template]) {
      await expectRefused("type", docx, makeZip(docxEntries(type)));
      await expectRefused("type", docx, makeZip([...rest, { ...types, content: contentTypes(type) }]));
    }
    await expectRefused("type", docx, makeZip(rest));
  });

  test("is refused when its directory and its beginning disagree, or there are two lists of types", async () => {
    const decoy = { ...types, claims: { name: "decoy/[Content_Types.xml" } };
    await expectRefused("type", docx, makeZip([decoy, ...rest]));
    await expectRefused("type", docx, makeZip([types, ...rest, { ...types, name: "[content_types].XML" }]));
    await expectRefused("type", docx, makeZip([{ ...types, claims: { at: 5 } }, ...rest]));
    await expectRefused("type", docx, makeZip([{ ...types, claims: { at: 0xfffffff0 } }, ...rest]));
  });

  test("is refused as encrypted when an entry is, or all of it", async () => {
    const locked = { name: "word/settings.xml", content: "x" };
    await expectRefused("encrypted", docx, makeZip([types, ...rest, { ...locked, claims: { flags: 1 } }]));
    const office = Buffer.concat([
      OLE,
      Buffer.alloc(1200),
      Buffer.from("EncryptedPackage", "utf16le"),
      Buffer.alloc(3000),
    ]);
    await expectRefused("encrypted", docx, office);
    await expectRefused("type", docx, Buffer.concat([OLE, Buffer.alloc(5000)]));
  });

  test("is refused as a bomb: unpacks to more than 500 MB, entries that overlap, content types that never end", async () => {
    const many = Array.from({ length: 3 }, (_, i) => ({
      name: `word/${i}.xml`,
      content: "x",
      claims: { unpacked: 200_000_000 },
    }));
    await expectRefused("type", docx, makeZip([types, ...rest, ...many]));
    const overlapping = Array.from({ length: 50 }, (_, i) => ({
      name: `word/${i}.xml`,
      content: "x",
      claims: { at: 0, packed: 1_000 },
    }));
    await expectRefused("type", docx, makeZip([types, ...rest, ...overlapping]));
    const endless = { ...types, content: contentTypes() + " ".repeat(3_000_000), claims: { unpacked: 500 } };
    await expectRefused("type", docx, makeZip([...rest, endless]));
  });

  test("is refused with bytes before or behind the zip, cut off, or with any other end", async () => {
    await expectRefused("type", docx, Buffer.concat([DOCX, Buffer.from("more")]));
    await expectRefused("type", docx, Buffer.concat([makeZip([{ name: "a", content: "a" }]), DOCX]));
    for (const end of [30, 500, DOCX.length - 100, DOCX.length - 1])
      await expectRefused("type", docx, DOCX.subarray(0, end));
  });

  test("never makes the check fail otherwise, whatever bytes are altered", { timeout: 60_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.nat(DOCX.length - 1), fc.nat(255)), { minLength: 1, maxLength: 5 }),
        async (changes) => {
          const altered = Buffer.from(DOCX);
          for (const [at, byte] of changes) altered.writeUInt8(byte, at);
          await write(docx, altered).catch((error: unknown) => expect(error).toBeInstanceOf(FileRefused));
        },
      ),
      { numRuns: 400 },
    );
  });
});
