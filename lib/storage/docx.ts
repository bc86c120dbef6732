import { Readable } from "node:stream";
import { promisify } from "node:util";
import { createInflateRaw, inflateRaw } from "node:zlib";
import { DOCX, FileRefused } from "@/lib/storage/file-types";

/**
 * Whether a file is a Word document by what Word itself would read: the zip's central directory (PKWARE APPNOTE 6.3.10)
 * and the content types it leads to (ECMA-376, part 2). The beginning of a zip doesn't tell: its local headers may
 * differ from the directory, and LibreOffice writes the content types last.
 */

const END_BYTES = 22;
const ENTRY_BYTES = 46;
const LOCAL_BYTES = 30;
/** In bytes. Ten times what a file may have (lib/storage/file-types); real documents unpack to less. */
const LARGEST_UNPACKED = 500 * 1000 * 1000;
const LARGEST_DIRECTORY = 4 * 1024 * 1024;
const LARGEST_CONTENT_TYPES = 1024 * 1024;
const PIECE_BYTES = 1024 * 1024;

type Entry = {
  name: string;
  encrypted: boolean;
  method: number;
  packed: number;
  unpacked: number;
  at: number;
};

/**
 * Throws `FileRefused`: `encrypted` if an entry is, `type` if it isn't a zip from its first byte to its last, has
 * entries that overlap, lead out of the folder they're unpacked in, unpack to other than they declare or to more than 500 MB (a bomb),
 * or isn't a Word document without macros.
 * `read` gives `length` bytes from offset `start` of the file of `size` bytes.
 */
export async function checkDocx(size: number, read: (start: number, length: number) => Promise<Buffer>): Promise<void> {
  const refuseUnless = (holds: boolean) => {
    if (!holds) throw new FileRefused("type");
  };

  const tailLength = Math.min(size, END_BYTES + 0xffff);
  const tail = await read(size - tailLength, tailLength);
  const endAt = tail.lastIndexOf("PK\x05\x06", undefined, "latin1");
  refuseUnless(endAt !== -1 && endAt + END_BYTES <= tail.length);
  const end = tail.subarray(endAt);
  const count = end.readUInt16LE(10);
  const directoryLength = end.readUInt32LE(12);
  const directoryAt = end.readUInt32LE(16);
  refuseUnless(
    end.length === END_BYTES + end.readUInt16LE(20) && end.readUInt32LE(4) === 0 && end.readUInt16LE(8) === count,
  );
  // No gap before the end record: a zip that something was put in front of is shifted, and readers mend it.
  refuseUnless(directoryAt + directoryLength === size - end.length && directoryLength <= LARGEST_DIRECTORY);

  const entries = parseDirectory(await read(directoryAt, directoryLength));
  refuseUnless(entries.length === count);
  if (entries.some((entry) => entry.encrypted)) throw new FileRefused("encrypted");
  refuseUnless(entries.every((entry) => entry.method === 0 || entry.method === 8));
  refuseUnless(sum(entries.map((entry) => LOCAL_BYTES + entry.name.length + entry.packed)) <= directoryAt);
  refuseUnless(sum(entries.map((entry) => entry.unpacked)) <= LARGEST_UNPACKED);
  refuseUnless(!entries.some((entry) => /vbaProject|vbaData/i.test(entry.name)));
  refuseUnless(!entries.some((entry) => /^[/\\]|\\|(^|\/)\.\.(\/|$)/.test(entry.name)));

  const named = entries.filter((entry) => entry.name.toLowerCase() === "[content_types].xml");
  const contentTypes = named[0];
  if (!contentTypes || named.length > 1) throw new FileRefused("type");
  const xml = await unpack(contentTypes, directoryAt, read);
  refuseUnless(xml.includes(`"${DOCX}.main+xml"`) || xml.includes(`'${DOCX}.main+xml'`));
  // Comments and character references could hide what the other two look for; no writer of documents uses them here.
  refuseUnless(!/macroEnabled|vbaProject|<!|&#/i.test(xml));
  // Last, since it reads all of it: what an entry declares says nothing of what it unpacks to.
  for (const entry of entries) refuseUnless((await measure(entry, directoryAt, read)) === entry.unpacked);
}

function parseDirectory(directory: Buffer): Entry[] {
  const entries: Entry[] = [];
  for (let at = 0; at < directory.length; ) {
    if (at + ENTRY_BYTES > directory.length || directory.readUInt32LE(at) !== 0x02014b50) throw new FileRefused("type");
    const flags = directory.readUInt16LE(at + 8);
    const nameLength = directory.readUInt16LE(at + 28);
    entries.push({
      name: directory.toString("latin1", at + ENTRY_BYTES, at + ENTRY_BYTES + nameLength),
      encrypted: (flags & 0x2041) !== 0,
      method: directory.readUInt16LE(at + 10),
      packed: directory.readUInt32LE(at + 20),
      unpacked: directory.readUInt32LE(at + 24),
      at: directory.readUInt32LE(at + 42),
    });
    at += ENTRY_BYTES + nameLength + directory.readUInt16LE(at + 30) + directory.readUInt16LE(at + 32);
  }
  return entries;
}

/** How many bytes an entry unpacks to, counted up to one more than it declares. */
async function measure(
  entry: Entry,
  directoryAt: number,
  read: (start: number, length: number) => Promise<Buffer>,
): Promise<number> {
  if (entry.method === 0) return entry.packed;
  const dataAt = await dataOf(entry, directoryAt, read);
  async function* packed() {
    for (let at = 0; at < entry.packed; at += PIECE_BYTES)
      yield await read(dataAt + at, Math.min(PIECE_BYTES, entry.packed - at));
  }
  const source = Readable.from(packed());
  const pieces = source.pipe(createInflateRaw());
  source.once("error", (error) => pieces.destroy(error));
  let unpacked = 0;
  try {
    for await (const piece of pieces as AsyncIterable<Buffer>) {
      unpacked += piece.length;
      if (unpacked > entry.unpacked) break;
    }
  } catch (error) {
    // Only what zlib can't read is the file's fault.
    if (String((error as NodeJS.ErrnoException).code).startsWith("Z_")) throw new FileRefused("type");
    throw error;
  }
  return unpacked;
}

/** Where an entry's data begin, behind its local header. */
async function dataOf(
  entry: Entry,
  directoryAt: number,
  read: (start: number, length: number) => Promise<Buffer>,
): Promise<number> {
  if (entry.at + LOCAL_BYTES > directoryAt) throw new FileRefused("type");
  const local = await read(entry.at, LOCAL_BYTES);
  const dataAt = entry.at + LOCAL_BYTES + local.readUInt16LE(26) + local.readUInt16LE(28);
  if (local.readUInt32LE(0) !== 0x04034b50 || dataAt + entry.packed > directoryAt) throw new FileRefused("type");
  return dataAt;
}

async function unpack(
  entry: Entry,
  directoryAt: number,
  read: (start: number, length: number) => Promise<Buffer>,
): Promise<string> {
  if (entry.packed > LARGEST_CONTENT_TYPES) throw new FileRefused("type");
  const packed = await read(await dataOf(entry, directoryAt, read), entry.packed);
  if (entry.method === 0) return packed.toString("utf8");
  try {
    const unpacked = await promisify(inflateRaw)(packed, { maxOutputLength: LARGEST_CONTENT_TYPES });
    return unpacked.toString("utf8");
  } catch {
    throw new FileRefused("type");
  }
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, each) => total + each, 0);
}
