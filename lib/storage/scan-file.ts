import { env } from "@/lib/env";
import { log } from "@/lib/log";
import { ScannerDown, scan } from "@/lib/storage/clamd";
import { type FileAddress, readFile } from "@/lib/storage/files";

export type Scanned = { scan: "none" | "clean" } | { scan: "infected"; signature: string };

/**
 * Scans a stored file. `none` where there's no scanner or it doesn't answer. Throws `FileDamaged`, `ObjectMissing`. Not in a transaction.
 */
export async function scanFile(address: FileAddress): Promise<Scanned> {
  const { CLAMD_URL } = env();
  if (CLAMD_URL === undefined) return { scan: "none" };
  try {
    const verdict = await scan(CLAMD_URL, readFile(address));
    return verdict.clean ? { scan: "clean" } : { scan: "infected", signature: verdict.signature.slice(0, 100) };
  } catch (error) {
    if (!(error instanceof ScannerDown)) throw error;
    log.warn({ why: error.message, storageKey: address.storageKey }, "not scanned");
    return { scan: "none" };
  }
}
