import { createHash } from "node:crypto";
import { Readable } from "node:stream";
import { newKey } from "@/lib/storage/aes-gcm";
import { checkDocx } from "@/lib/storage/docx";
import {
  CHUNK_BYTES,
  decryptFile,
  encryptFile,
  HEADER_BYTES,
  plaintextSize,
  SEALED_CHUNK_BYTES,
} from "@/lib/storage/encrypted-file";
import { checkContent, DOCX, LARGEST_FILE, type MediaType, mediaTypeOf } from "@/lib/storage/file-types";
import { mapLimit } from "@/lib/storage/map-limit";
import { objectStore } from "@/lib/storage/open-store";
import { newStorageKey, type ObjectStore } from "@/lib/storage/store";

/**
 * Files in and out of the object store: streamed, checked, encrypted under a key of their own. The file's key is
 * returned, stored nowhere: the caller wraps it (lib/storage/keys) and writes it, with the storage key, into the row
 * that names the file. Do all of this outside of a transaction.
 */

/** In bytes: what is read at a time to look into a file. */
const BLOCK_BYTES = 1024 * 1024;

/** Where a file lies and the key that opens it. */
export type FileAddress = { storageKey: string; fileKey: Buffer };

/**
 * Stores a file that comes from outside. Gives its address, its size in bytes and SHA-256 (of the plaintext), and its
 * media type. `name` is the original file name, `limit` in bytes.
 *
 * Throws `FileRefused`, or what `source` throws; then nothing is left in the store. A refusal closes `source`.
 */
export async function writeFile(input: {
  source: AsyncIterable<Uint8Array>;
  name: string;
  limit?: number;
  store?: ObjectStore;
}): Promise<FileAddress & { size: number; sha256: Buffer; mediaType: MediaType }> {
  const { source, name, limit = LARGEST_FILE, store = objectStore() } = input;
  const mediaType = mediaTypeOf(name);
  const address = { storageKey: newStorageKey(), fileKey: newKey() };
  const hash = createHash("sha256");
  let size = 0;

  async function* measured(): AsyncGenerator<Buffer> {
    for await (const chunk of checkContent(source, mediaType, limit)) {
      hash.update(chunk);
      size += chunk.length;
      yield chunk;
    }
  }

  await store.put(address.storageKey, encryptFile(address.fileKey, measured()));
  if (mediaType === DOCX) {
    try {
      await checkDocx(size, inBlocks({ ...address, size, store }));
    } catch (error) {
      await store.delete(address.storageKey);
      throw error;
    }
  }
  return { ...address, size, sha256: hash.digest(), mediaType };
}

/** The plaintext of a file. The stream fails with `ObjectMissing` or `FileDamaged`, maybe after its first bytes. */
export function readFile(input: FileAddress & { store?: ObjectStore }): Readable {
  const { storageKey, fileKey, store = objectStore() } = input;
  return Readable.from(decryptFile(fileKey, store.get(storageKey)), { objectMode: false });
}

/**
 * `length` bytes of a file's plaintext from offset `start`, reading and verifying only the chunks they lie in (an HTTP
 * range). Rejects with `ObjectMissing`, `FileDamaged`, RangeError for bytes the file doesn't have.
 */
export async function readRange(
  input: FileAddress & { start: number; length: number; store?: ObjectStore },
): Promise<Readable> {
  const { storageKey, fileKey, start, length, store = objectStore() } = input;
  const storedSize = await store.size(storageKey);
  if (start < 0 || length < 1 || start + length > plaintextSize(storedSize)) throw new RangeError("no such bytes");
  const header = await collect(store.get(storageKey, { start: 0, end: HEADER_BYTES - 1 }));
  const first = Math.floor(start / CHUNK_BYTES);
  const storedEnd = HEADER_BYTES + (Math.floor((start + length - 1) / CHUNK_BYTES) + 1) * SEALED_CHUNK_BYTES;
  const sealed = store.get(storageKey, { start: HEADER_BYTES + first * SEALED_CHUNK_BYTES, end: storedEnd - 1 });
  const chunks = decryptFile(fileKey, sealed, { header, first, toEnd: storedEnd >= storedSize });

  async function* cut(): AsyncGenerator<Buffer> {
    let at = first * CHUNK_BYTES;
    for await (const chunk of chunks) {
      yield chunk.subarray(Math.max(0, start - at), start + length - at);
      at += chunk.length;
    }
  }
  return Readable.from(cut(), { objectMode: false });
}

/**
 * Copies a file under a new key, as a package needs it, and gives the copy's address. Every chunk is authenticated on the way, so that the
 * copy has the bytes whose SHA-256 was taken when they were written. Rejects with `FileDamaged`, `ObjectMissing`; then there is no copy.
 */
export async function copyFile({
  store = objectStore(),
  ...from
}: FileAddress & { store?: ObjectStore }): Promise<FileAddress> {
  const copy = { storageKey: newStorageKey(), fileKey: newKey() };
  await store.put(copy.storageKey, encryptFile(copy.fileKey, decryptFile(from.fileKey, store.get(from.storageKey))));
  return copy;
}

/** Deletes objects for good. Those that aren't there any more are fine, so it can be repeated. */
export async function deleteFiles(storageKeys: readonly string[], store = objectStore()): Promise<void> {
  await mapLimit(storageKeys, 16, (key) => store.delete(key));
}

/** Reads parts of a file by the block, and keeps the last one: what follows is often in it, and every reading asks the storage. */
function inBlocks({ size, ...file }: FileAddress & { size: number; store: ObjectStore }) {
  let held: { start: number; bytes: Buffer } = { start: 0, bytes: Buffer.alloc(0) };
  return async (start: number, length: number): Promise<Buffer> => {
    if (start < held.start || start + length > held.start + held.bytes.length) {
      const more = Math.max(length, Math.min(BLOCK_BYTES, size - start));
      held = { start, bytes: await readPart({ ...file, start, length: more }) };
    }
    return held.bytes.subarray(start - held.start, start - held.start + length);
  };
}

async function readPart(input: Parameters<typeof readRange>[0]): Promise<Buffer> {
  return input.length === 0 ? Buffer.alloc(0) : collect(await readRange(input));
}

async function collect(bytes: AsyncIterable<Buffer>): Promise<Buffer> {
  const collected: Buffer[] = [];
  for await (const each of bytes) collected.push(each);
  return Buffer.concat(collected);
}
