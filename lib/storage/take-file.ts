import { DomainError } from "@/lib/errors";
import { safeFileName } from "@/lib/storage/file-name";
import { FileRefused, LARGEST_FILE, type MediaType } from "@/lib/storage/file-types";
import { type FileAddress, writeFile } from "@/lib/storage/files";

/** A file that ended before, or went on after, the number of bytes that its sender had announced. */
class WrongLength extends Error {}

/** What somebody uploads: its name, its bytes, and the length that was announced, null where none was. */
export type Upload = { name: string; bytes: number | null; source: AsyncIterable<Uint8Array> };

/**
 * Streams an upload into the storage, checked. Gives what `writeFile` gives, and the name made safe. Throws `file-refused`, and then
 * nothing is left in the storage; otherwise the caller deletes the object again if its row can't be written.
 */
export async function takeFile(
  upload: Upload,
): Promise<FileAddress & { name: string; size: number; sha256: Buffer; mediaType: MediaType }> {
  const name = safeFileName(upload.name);
  if (upload.bytes !== null && upload.bytes > LARGEST_FILE)
    throw new DomainError("file-refused", { reason: "tooLarge", name });
  const file = await writeFile({ source: measured(upload.source, upload.bytes), name }).catch((error: unknown) => {
    if (error instanceof FileRefused) throw new DomainError("file-refused", { reason: error.reason, name });
    if (error instanceof WrongLength) throw new DomainError("file-refused", { reason: "truncated", name });
    throw error;
  });
  return { ...file, name };
}

async function* measured(source: AsyncIterable<Uint8Array>, announced: number | null): AsyncGenerator<Uint8Array> {
  let received = 0;
  for await (const chunk of source) {
    received += chunk.length;
    if (announced !== null && received > announced) throw new WrongLength();
    yield chunk;
  }
  if (announced !== null && received !== announced) throw new WrongLength();
}
