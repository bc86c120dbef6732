import { createHash, randomBytes } from "node:crypto";
import { readFile as readBytes, readdir, stat, writeFile as writeBytes } from "node:fs/promises";
import { join } from "node:path";
import type { Readable } from "node:stream";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import fc from "fast-check";
import { beforeEach, describe, expect, test } from "vitest";
import { newKey } from "@/lib/storage/aes-gcm";
import { CHUNK_BYTES, FileDamaged } from "@/lib/storage/encrypted-file";
import { FileRefused } from "@/lib/storage/file-types";
import { copyFile, deleteFiles, readFile, readRange } from "@/lib/storage/files";
import { ObjectMissing, type ObjectStore } from "@/lib/storage/store";
import { fileShop, pieces } from "../support/file-shop";
import { docxEntries, makeZip } from "../support/zip";

const PNG = Buffer.from(
  "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c626001000000ffff03000006000557bfabd40000000049454e44ae426082",
  "hex",
);
const JPEG = Buffer.from("ffd8ffe000104a46494600010100000100010000ffd9", "hex");
const PDF = Buffer.from("%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n", "latin1");
const DOCX = makeZip(docxEntries());
const PE = Buffer.concat([
  Buffer.from("4d5a90000300000004000000ffff0000", "hex"),
  Buffer.alloc(200),
  Buffer.from("PE\0\0"),
]);
const ELF = Buffer.concat([Buffer.from("7f454c4602010100", "hex"), Buffer.alloc(60)]);

const shop = fileShop();
const { write, expectRefused, onDisk } = shop;
let folder: string;
let store: ObjectStore;
beforeEach(() => {
  ({ folder, store } = shop);
});

async function bytesOf(stream: Readable): Promise<Buffer> {
  return Buffer.concat(await stream.toArray());
}

describe("a file that is taken", () => {
  test.each([
    ["letter.pdf", PDF, "application/pdf"],
    ["LETTER.PDF", PDF, "application/pdf"],
    ["scan.png", PNG, "image/png"],
    ["photo.jpg", JPEG, "image/jpeg"],
    ["photo.jpeg", JPEG, "image/jpeg"],
    ["plan.docx", DOCX, "application/vnd.openxmlformats-officedocument.wordprocessingml.document"],
    ["notes.txt", Buffer.from("Zażółć gęślą jaźń\r\n\tplan\f😀"), "text/plain"],
  ])("%s: comes back as it was, with its size, SHA-256 and type", async (name, content, mediaType) => {
    const { size, sha256, mediaType: found, ...address } = await write(name, content);
    expect([size, found]).toEqual([content.length, mediaType]);
    expect(sha256.equals(createHash("sha256").update(content).digest())).toBe(true);
    expect((await bytesOf(readFile({ ...address, store }))).equals(content)).toBe(true);
    expect(await onDisk()).toEqual([join(folder, address.storageKey)]);
  });

  test("comes back as it was, whatever its size and the pieces it came in", { timeout: 60_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(3 * CHUNK_BYTES), fc.integer({ min: 100, max: 100_000 }), async (more, length) => {
        const content = Buffer.concat([PDF, randomBytes(more)]);
        const file = await write("a.pdf", pieces(content, length));
        expect((await bytesOf(readFile({ ...file, store }))).equals(content)).toBe(true);
      }),
      { numRuns: 40 },
    );
  });

  test("lies encrypted, readable by its owner alone", async () => {
    const file = await write("notes.txt", Buffer.from("canary Zebulon Quill ".repeat(5000)));
    const path = join(folder, file.storageKey);
    expect((await readBytes(path)).includes("Zebulon")).toBe(false);
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    expect((await stat(join(path, ".."))).mode & 0o777).toBe(0o700);
    await expect(bytesOf(readFile({ ...file, fileKey: newKey(), store }))).rejects.toThrow(FileDamaged);
  });

  test("may have exactly the limit", async () => {
    const { size } = await write("notes.txt", Buffer.alloc(5000, "x"), 5000);
    expect(size).toBe(5000);
  });
});

describe("by size", () => {
  test("nothing is refused", () => expectRefused("empty", "notes.txt", Buffer.alloc(0)));
  test("an empty PDF is refused", () => expectRefused("empty", "letter.pdf", Buffer.alloc(0)));
  test("one byte over is refused", () => expectRefused("tooLarge", "notes.txt", Buffer.alloc(5001, "x"), 5000));
  test("one byte over 50 MB is refused", { timeout: 60_000 }, () =>
    expectRefused("tooLarge", "letter.pdf", Buffer.concat([PDF, Buffer.alloc(50_000_001 - PDF.length)])),
  );

  test("an endless source is closed as soon as the limit is passed", async () => {
    let given = 0;
    let isClosed = false;
    async function* endless() {
      try {
        yield PDF;
        for (;;) {
          given += 10_000;
          yield Buffer.alloc(10_000, 1);
        }
      } finally {
        isClosed = true;
      }
    }
    await expect(write("a.pdf", endless(), 1_000_000)).rejects.toThrow(FileRefused);
    expect(given).toBeLessThan(1_050_000);
    expect(isClosed).toBe(true);
    expect(await onDisk()).toEqual([]);
  });
});

describe("by extension", () => {
  test.each(["a.exe", "a.html", "a.svg", "a.docm", "a.doc", "a.zip", "pdf", ".pdf", "a", "", "a.pdf.exe", "a.pdf-"])(
    "%j is refused",
    (name) => expectRefused("extension", name, PDF),
  );
  test("what the name hides doesn't count: a bidirectional override, a NUL", async () => {
    await expectRefused("extension", "letter\u202efdp.exe", PDF);
    await expectRefused("type", "letter.exe\0.pdf", PE);
    await expectRefused("extension", "letter.pdf\0.exe", PE);
  });
});

describe("by content", () => {
  const kinds = { "a.pdf": PDF, "a.png": PNG, "a.jpg": JPEG, "a.docx": DOCX };
  const others = {
    ...kinds,
    program: PE,
    elf: ELF,
    zip: makeZip([{ name: "a.txt", content: "a" }]),
    text: Buffer.from("text"),
  };
  for (const name of [...Object.keys(kinds), "a.txt"]) {
    for (const [other, content] of Object.entries(others)) {
      if (other === name || (name === "a.txt" && other === "text")) continue;
      test(`${other} as ${name} is refused`, () => expectRefused("type", name, content));
    }
  }

  test.each([
    ["a PDF behind other bytes", "a.pdf", Buffer.concat([Buffer.from("\n"), PDF])],
    ["a PDF behind a byte order mark", "a.pdf", Buffer.concat([Buffer.from("\ufeff"), PDF])],
    ["a PDF that is a zip as well", "a.pdf", Buffer.concat([PDF, makeZip([{ name: "a", content: "a" }])])],
    [
      "a PDF in the comment of a zip at its end",
      "a.pdf",
      Buffer.concat([PDF, makeZip([{ name: "a", content: "a" }], "\n%%EOF")]),
    ],
    ["a picture that is a zip as well", "a.png", Buffer.concat([PNG, makeZip([{ name: "a", content: "a" }])])],
    [
      "a picture with a zip behind it, and some bytes behind that",
      "a.png",
      Buffer.concat([PNG, makeZip([{ name: "a", content: "a" }]), Buffer.from("four")]),
    ],
    ["a picture that is a PDF as well", "a.jpg", Buffer.concat([JPEG, PDF])],
    ["a picture behind an audio tag", "a.jpg", Buffer.concat([Buffer.from("ID3\x03\0\0\0\0\0\0"), JPEG])],
    [
      "a picture of another kind that begins alike (JPEG-LS)",
      "a.jpg",
      Buffer.from("ffd8fff7000b08000100010101", "hex"),
    ],
    ["a text that is a PDF as well", "a.txt", Buffer.concat([Buffer.from("Dear all,\n"), PDF])],
    [
      "a Word document that is a PDF as well",
      "a.docx",
      makeZip([{ name: "a", content: PDF, stored: true }, ...docxEntries()]),
    ],
  ])("%s is refused", (_, name, content) => expectRefused("type", name, content));
});

describe("text", () => {
  test.each([
    ["UTF-8", Buffer.from("Niño, 日本, 😀")],
    ["UTF-8 with a mark", Buffer.from("\ufeffNiño")],
    ["UTF-16 little-endian", Buffer.concat([Buffer.from("fffe", "hex"), Buffer.from("Niño 😀\r\n", "utf16le")])],
    ["UTF-16 big-endian", Buffer.concat([Buffer.from("feff", "hex"), Buffer.from("Niño\n", "utf16le").swap16()])],
    ["Windows-1252", Buffer.from("Ni\xf1o \x80 \x93quoted\x94", "latin1")],
    ["one byte", Buffer.from("x")],
    ["markup, since it's never shown as such", Buffer.from("<svg onload=alert(1)><script>alert(1)</script>")],
    ["a text that begins like a program", Buffer.from("MZ and BM are her initials")],
    ["many characters of several bytes", Buffer.from("é日😀x".repeat(20_000))],
    ["many characters of UTF-16", Buffer.from("\ufeffé日😀".repeat(20_000), "utf16le")],
  ])("in %s is taken", async (_, content) => {
    for (const length of [1, 16_385, 100_001])
      expect((await write("a.txt", pieces(content, length))).size).toBe(content.length);
  });

  test.each([
    ["a NUL", Buffer.from("a\0b")],
    ["an escape", Buffer.from("a\x1b[31m")],
    ["a delete", Buffer.from("a\x7f")],
    ["UTF-16 without a mark", Buffer.from("Plan", "utf16le")],
    ["UTF-16 with a NUL", Buffer.concat([Buffer.from("fffe", "hex"), Buffer.from("a\0b", "utf16le")])],
    ["UTF-16 cut in half", Buffer.from("fffe4100d8", "hex")],
    ["UTF-16 with half a pair", Buffer.from("fffe00d84100", "hex")],
    ["neither UTF-8 nor Windows-1252", Buffer.from("c3288190", "hex")],
    ["random bytes", randomBytes(10_000)],
    ["a NUL after 100 kB of text", Buffer.concat([Buffer.alloc(100_000, "text "), Buffer.of(0)])],
  ])("with %s is refused", (_, content) => expectRefused("type", "a.txt", content));
});

describe("a write that fails", () => {
  test("midway, by its source, leaves nothing and gives the source's error", async () => {
    async function* broken() {
      yield PDF;
      yield randomBytes(300_000);
      throw new Error("the browser went away");
    }
    await expect(write("a.pdf", broken())).rejects.toThrow("the browser went away");
    expect(await onDisk()).toEqual([]);
  });

  test("because of the disk gives the disk's error", async () => {
    await writeBytes(join(folder, ".unfinished"), "in the way");
    await expect(write("a.pdf", PDF)).rejects.toThrow(/EEXIST|ENOTDIR/);
  });
});

describe("a range of a file", () => {
  test("is that part of its plaintext", { timeout: 60_000 }, async () => {
    const content = Buffer.concat([PDF, randomBytes(3 * CHUNK_BYTES)]);
    const file = await write("a.pdf", pieces(content, 50_000));
    await fc.assert(
      fc.asyncProperty(fc.nat(content.length - 1), fc.nat(content.length), async (start, most) => {
        const length = Math.max(1, Math.min(most, content.length - start));
        const range = await bytesOf(await readRange({ ...file, start, length, store }));
        expect(range.equals(content.subarray(start, start + length))).toBe(true);
      }),
      {
        numRuns: 100,
        examples: [
          [0, content.length],
          [CHUNK_BYTES, CHUNK_BYTES],
          [content.length - 1, 1],
        ],
      },
    );
    await expect(readRange({ ...file, start: 0, length: content.length + 1, store })).rejects.toThrow(RangeError);
    await expect(readRange({ ...file, start: -1, length: 1, store })).rejects.toThrow(RangeError);
    await expect(readRange({ ...file, start: 0, length: 0, store })).rejects.toThrow(RangeError);
  });

  test("fails when the chunk it lies in was altered", async () => {
    const file = await write("a.pdf", pieces(Buffer.concat([PDF, randomBytes(3 * CHUNK_BYTES)]), 50_000));
    const path = join(folder, file.storageKey);
    const stored = await readBytes(path);
    const at = CHUNK_BYTES * 2 + 1000;
    stored.writeUInt8(stored.readUInt8(at) ^ 1, at);
    await writeBytes(path, stored);
    const good = await readRange({ ...file, start: 0, length: 10, store });
    expect((await bytesOf(good)).toString("latin1")).toBe("%PDF-1.7\n1");
    const bad = await readRange({ ...file, start: CHUNK_BYTES * 2, length: 10, store });
    await expect(bytesOf(bad)).rejects.toThrow(FileDamaged);
  });
});

describe("a copy", () => {
  test("has the same plaintext under another key, at another place, in other bytes", async () => {
    const content = Buffer.concat([PDF, randomBytes(2 * CHUNK_BYTES)]);
    const file = await write("a.pdf", pieces(content, 50_000));
    const copy = await copyFile({ ...file, store });
    expect(copy.storageKey).not.toBe(file.storageKey);
    expect(copy.fileKey.equals(file.fileKey)).toBe(false);
    expect((await bytesOf(readFile({ ...copy, store }))).equals(content)).toBe(true);
    await deleteFiles([file.storageKey], store);
    expect((await bytesOf(readFile({ ...copy, store }))).equals(content)).toBe(true);
  });

  test("isn't made of a file that is damaged, gone, or not the one meant", async () => {
    const file = await write("a.txt", Buffer.from("original"));
    await expect(copyFile({ ...file, fileKey: newKey(), store })).rejects.toThrow(FileDamaged);
    expect(await onDisk()).toHaveLength(1);
    await deleteFiles([file.storageKey], store);
    await expect(copyFile({ ...file, store })).rejects.toThrow(ObjectMissing);
    expect(await onDisk()).toEqual([]);
  });
});

test("deleting is for good, and can be repeated", async () => {
  const files = await Promise.all(Array.from({ length: 20 }, () => write("a.txt", Buffer.from("text"))));
  const keys = files.map((file) => file.storageKey);
  await deleteFiles(keys, store);
  await deleteFiles(keys, store);
  expect(await onDisk()).toEqual([]);
  for (const file of files) await expect(bytesOf(readFile({ ...file, store }))).rejects.toThrow(ObjectMissing);
});

test.skipIf(process.platform === "win32")("a reader who leaves early closes the file", async () => {
  const file = await write("a.pdf", pieces(Buffer.concat([PDF, randomBytes(2_000_000)]), 50_000));
  const before = (await readdir("/dev/fd")).length;
  for (let i = 0; i < 50; i++) {
    for await (const _ of readFile({ ...file, store })) break;
  }
  await expect.poll(async () => (await readdir("/dev/fd")).length).toBeLessThan(before + 5);
});

test("100 MB pass in and out in constant memory", { timeout: 60_000 }, async () => {
  const block = randomBytes(100_000);
  const held: number[] = [];
  async function* source() {
    yield PDF;
    for (let i = 0; i < 1000; i++) {
      // Another buffer each time, as from a socket.
      yield Buffer.from(block);
      if (i % 50 === 0) held.push(heldMemory());
    }
  }
  const before = heldMemory();
  const file = await write("a.pdf", source(), 150_000_000);
  let read = 0;
  for await (const chunk of readFile({ ...file, store })) {
    if (Math.floor((read + chunk.length) / 5_000_000) > Math.floor(read / 5_000_000)) held.push(heldMemory());
    read += chunk.length;
  }
  expect([file.size, read]).toEqual([PDF.length + 100_000_000, file.size]);
  expect(held).toHaveLength(40);
  expect(Math.max(...held) - before).toBeLessThan(8_000_000);
});

/** In bytes, after what is garbage was collected: how soon the engine does that by itself isn't the point. */
function heldMemory(): number {
  setFlagsFromString("--expose-gc");
  const collect = runInNewContext("gc") as () => void;
  // Twice: a collection that was under way already keeps what has died since it began.
  collect();
  collect();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}
