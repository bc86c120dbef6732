import { createHash } from "node:crypto";
import { newKey } from "@/lib/storage/aes-gcm";
import { encryptFile } from "@/lib/storage/encrypted-file";
import { FileRefused } from "@/lib/storage/file-types";
import type { FileAddress } from "@/lib/storage/files";
import { objectStore } from "@/lib/storage/open-store";
import { newStorageKey, type ObjectStore } from "@/lib/storage/store";

export const ZIP = "application/zip";

/** How a zip begins: with its first file, or, empty, with its end (PKWARE APPNOTE 6.3.10, 4.3). */
const beginnings = ["504b0304", "504b0506"];

/**
 * Stores a zip that comes from outside, encrypted like every file, for the worker to read; attachments have `writeFile`, which takes no
 * zip. Looked at is only how it begins: what's in it shows when it's read. `limit` in bytes. Throws `FileRefused` (empty, tooLarge,
 * type) or what `source` throws; then nothing is left in the store, and `source` is closed.
 */
export async function writeZip(input: {
  source: AsyncIterable<Uint8Array>;
  limit: number;
  store?: ObjectStore;
}): Promise<FileAddress & { size: number; sha256: Buffer }> {
  const { source, limit, store = objectStore() } = input;
  const address = { storageKey: newStorageKey(), fileKey: newKey() };
  const hash = createHash("sha256");
  let size = 0;

  async function* measured(): AsyncGenerator<Uint8Array> {
    let head = Buffer.alloc(0);
    for await (const chunk of source) {
      if (head.length < 4) {
        head = Buffer.concat([head, chunk.subarray(0, 4)]);
        if (head.length >= 4 && !beginnings.includes(head.toString("hex", 0, 4))) throw new FileRefused("type");
      }
      size += chunk.length;
      if (size > limit) throw new FileRefused("tooLarge");
      hash.update(chunk);
      yield chunk;
    }
    if (size === 0) throw new FileRefused("empty");
    if (head.length < 4) throw new FileRefused("type");
  }

  await store.put(address.storageKey, encryptFile(address.fileKey, measured()));
  return { ...address, size, sha256: hash.digest() };
}
