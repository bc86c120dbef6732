import { fileTypeFromBuffer } from "file-type";
import { extensionOf, safeFileName } from "@/lib/storage/file-name";

/**
 * Which files are taken (product.md, "Limits and conventions"), judged by extension and by content, never by what a
 * browser says they are (OWASP ASVS 5.0, 5.2.2). Every file is served as an attachment with `nosniff` besides.
 */

/** In bytes: 50 MB. */
export const LARGEST_FILE = 50 * 1000 * 1000;

export const DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
const TEXT = "text/plain";

/** Extension, in lower case → media type. */
const MEDIA_TYPES = {
  pdf: "application/pdf",
  docx: DOCX,
  png: "image/png",
  jpg: "image/jpeg",
  jpeg: "image/jpeg",
  txt: TEXT,
} as const;

export type MediaType = (typeof MEDIA_TYPES)[keyof typeof MEDIA_TYPES];

/**
 * How a file of each kind begins, to the byte, and what file-type may call it, which looks further in but also past
 * marks and tags that stand before. The beginning of a DOCX can be any zip's; lib/storage/docx looks at the rest.
 */
const BEGINNINGS: Record<Exclude<MediaType, typeof TEXT>, { bytes: string; detected: readonly string[] }> = {
  "application/pdf": { bytes: "%PDF-", detected: ["pdf"] },
  "image/png": { bytes: "\x89PNG\r\n\x1a\n", detected: ["png", "apng"] },
  "image/jpeg": { bytes: "\xff\xd8\xff", detected: ["jpg"] },
  [DOCX]: { bytes: "PK\x03\x04", detected: ["docx", "zip"] },
};

/**
 * A file isn't taken. `extension`: not one of the five kinds. `type`: the content isn't what the extension says, or is
 * two kinds at once, or a Word file with macros or one that unpacks out of all proportion. `encrypted`: a Word file or
 * zip with a password, which no scanner can look into.
 */
export class FileRefused extends Error {
  override name = "FileRefused";
  constructor(readonly reason: "empty" | "tooLarge" | "type" | "extension" | "encrypted") {
    super(`file refused: ${reason}`);
  }
}

/** The media type that goes with a name's extension. Throws `FileRefused("extension")`. */
export function mediaTypeOf(name: string): MediaType {
  const extension = extensionOf(safeFileName(name)).toLowerCase();
  const known = Object.entries(MEDIA_TYPES).find(([taken]) => taken === extension);
  if (!known) throw new FileRefused("extension");
  return known[1];
}

/** In bytes: what is looked at before the first byte is passed on. */
const HEAD_BYTES = 16 * 1024;
/** In bytes: the longest end record of a zip, which tells zip readers that a file is one (APPNOTE 6.3.10, 4.3.16). */
const TAIL_BYTES = 22 + 0xffff;

/**
 * Passes `source` on while counting and checking it; at most `limit` bytes, and a few blocks in memory. Throws
 * `FileRefused` as soon as it shows, which closes the source. A DOCX is checked here only by its beginning.
 */
export async function* checkContent(
  source: AsyncIterable<Uint8Array>,
  mediaType: MediaType,
  limit: number,
): AsyncGenerator<Buffer> {
  const text = mediaType === TEXT ? new TextCheck() : undefined;
  const tail = new Tail(TAIL_BYTES);
  let size = 0;
  for await (const block of inBlocks(source, HEAD_BYTES)) {
    if (size === 0) await checkHead(block, mediaType);
    size += block.length;
    if (size > limit) throw new FileRefused("tooLarge");
    text?.add(block);
    tail.add(block);
    yield block;
  }
  if (size === 0) throw new FileRefused("empty");
  text?.end();
  if (mediaType !== DOCX && endsAsZip(tail.bytes())) throw new FileRefused("type");
}

/** The same bytes in blocks of `atLeast` bytes or more (the last one of one or more), however small they come. */
async function* inBlocks(source: AsyncIterable<Uint8Array>, atLeast: number): AsyncGenerator<Buffer> {
  let block: Uint8Array[] = [];
  let length = 0;
  for await (const bytes of source) {
    block.push(bytes);
    length += bytes.length;
    if (length < atLeast) continue;
    yield Buffer.concat(block);
    block = [];
    length = 0;
  }
  if (length > 0) yield Buffer.concat(block);
}

async function checkHead(head: Buffer, mediaType: MediaType): Promise<void> {
  // Readers of PDF look for its mark anywhere in the first 1,024 bytes, so elsewhere than at 0 it makes a file of two
  // kinds (a picture that is a PDF as well).
  const pdfAt = head.subarray(0, 1024 + 5).indexOf("%PDF-", 0, "latin1");
  if (pdfAt !== (mediaType === "application/pdf" ? 0 : -1)) throw new FileRefused("type");
  if (mediaType === TEXT) return;
  if (mediaType === DOCX && isEncryptedOffice(head)) throw new FileRefused("encrypted");
  const beginning = BEGINNINGS[mediaType];
  if (head.indexOf(beginning.bytes, 0, "latin1") !== 0) throw new FileRefused("type");
  const detected = await fileTypeFromBuffer(head).catch(() => undefined);
  if (!detected || !beginning.detected.includes(detected.ext)) throw new FileRefused("type");
}

/** A Word file with a password is a compound file (MS-CFB) with a stream of this name (MS-OFFCRYPTO, 2.3.4.4). */
function isEncryptedOffice(head: Buffer): boolean {
  const isCompound = head.subarray(0, 8).equals(Buffer.from("d0cf11e0a1b11ae1", "hex"));
  return isCompound && head.includes("EncryptedPackage", 0, "utf16le");
}

/** Whether a zip's end record stands near the file's end, so that zip readers open it as one whatever it begins with; what follows it, they pass over. */
function endsAsZip(tail: Buffer): boolean {
  for (let at = tail.indexOf("PK\x05\x06", 0, "latin1"); at !== -1; at = tail.indexOf("PK\x05\x06", at + 1, "latin1")) {
    // One of a single disk, as all are today: four bytes alone may stand in a picture by chance.
    if (at + 22 <= tail.length && tail.readUInt32LE(at + 4) === 0) return true;
  }
  return false;
}

/** The last `size` bytes or more of what was added. */
class Tail {
  #chunks: Buffer[] = [];
  #length = 0;

  constructor(readonly size: number) {}

  add(chunk: Buffer): void {
    this.#chunks.push(chunk);
    this.#length += chunk.length;
    for (let first = this.#chunks[0]; first && this.#length - first.length >= this.size; first = this.#chunks[0]) {
      this.#chunks.shift();
      this.#length -= first.length;
    }
  }

  bytes(): Buffer {
    return Buffer.concat(this.#chunks).subarray(-this.size);
  }
}

/**
 * Plain text: UTF-8, UTF-16 with a byte order mark, or else Windows-1252; in each without control characters but tab,
 * line feed, vertical tab, form feed and carriage return (Word writes the middle two).
 */
class TextCheck {
  #encoding: "utf-8" | "utf-16le" | "utf-16be" | undefined;
  #decoder = new TextDecoder("utf-8", { fatal: true });
  #isUnicode = true;
  #isWindows1252 = true;

  /** The first `block` has two bytes or more, or is all there is. */
  add(block: Buffer): void {
    this.#encoding ??= this.#begin(block);
    const decoded = this.#decode(block);
    // UTF-8 and Windows-1252 write control characters as the same single bytes.
    const bytes = block.toString("latin1");
    if (HAS_CONTROLS.test(this.#encoding === "utf-8" ? bytes : decoded)) throw new FileRefused("type");
    if (UNDEFINED_IN_WINDOWS_1252.test(bytes)) this.#isWindows1252 = false;
    if (!this.#isUnicode && !this.#isWindows1252) throw new FileRefused("type");
  }

  end(): void {
    this.#decode();
    if (!this.#isUnicode && !this.#isWindows1252) throw new FileRefused("type");
  }

  #begin(block: Buffer): "utf-8" | "utf-16le" | "utf-16be" {
    const mark = block.toString("hex", 0, 2);
    if (mark !== "fffe" && mark !== "feff") return "utf-8";
    const encoding = mark === "fffe" ? "utf-16le" : "utf-16be";
    this.#decoder = new TextDecoder(encoding, { fatal: true });
    this.#isWindows1252 = false;
    return encoding;
  }

  #decode(block?: Buffer): string {
    if (!this.#isUnicode) return "";
    try {
      return block ? this.#decoder.decode(block, { stream: true }) : this.#decoder.decode();
    } catch {
      this.#isUnicode = false;
      return "";
    }
  }
}

const HAS_CONTROLS = /[[\p{Cc}&&\p{ASCII}]--[\t-\r]]/v;
const UNDEFINED_IN_WINDOWS_1252 = /[\x81\x8d\x8f\x90\x9d]/;
