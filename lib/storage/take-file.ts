import { DomainError, type DomainErrors } from "@/lib/errors";
import { safeFileName } from "@/lib/storage/file-name";
import { FileRefused, LARGEST_FILE, type MediaType } from "@/lib/storage/file-types";
import { deleteFiles, type FileAddress, writeFile } from "@/lib/storage/files";
import { scanFile } from "@/lib/storage/scan-file";

/** A file that ended before, or went on after, the number of bytes that its sender had announced. */
class WrongLength extends Error {}

/** What somebody uploads: its name, its bytes, and the length that was announced, null where none was. */
export type Upload = { name: string; bytes: number | null; source: AsyncIterable<Uint8Array> };

/**
 * Streams an upload into the storage, checked and scanned. Gives what `writeFile` gives, the name made safe, and what the scanner said:
 * `none` where it didn't, and then the worker asks it again. Throws `file-refused`, and then nothing is left in the storage; otherwise
 * the caller deletes the object again if its row can't be written.
 */
export async function takeFile(
  upload: Upload,
): Promise<FileAddress & { name: string; size: number; sha256: Buffer; mediaType: MediaType; scan: "none" | "clean" }> {
  const name = safeFileName(upload.name);
  if (upload.bytes !== null && upload.bytes > LARGEST_FILE)
    throw new DomainError("file-refused", { reason: "tooLarge", name });
  const file = await writeFile({ source: measured(upload.source, upload.bytes), name }).catch((error: unknown) => {
    if (error instanceof FileRefused) throw new DomainError("file-refused", { reason: error.reason, name });
    if (error instanceof WrongLength) throw new DomainError("file-refused", { reason: "truncated", name });
    throw error;
  });
  const scanned = await scanFile(file);
  if (scanned.scan === "infected") {
    await deleteFiles([file.storageKey]);
    throw new DomainError("file-refused", { reason: "infected", name, signature: scanned.signature });
  }
  return { ...file, name, scan: scanned.scan };
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

/** What the scanner called the virus that an upload was refused for; null for whatever else went wrong. */
export function virusOf(error: unknown): string | null {
  if (!(error instanceof DomainError) || error.kind !== "file-refused") return null;
  const data = error.data as DomainErrors["file-refused"];
  return data.reason === "infected" ? data.signature : null;
}
