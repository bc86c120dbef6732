import { DomainError } from "@/lib/errors";
import type { FileAddress } from "@/lib/storage/files";
import { keys } from "@/lib/storage/keys";
import { blockOf, type ScanState } from "@/lib/storage/scan-state";

/** A file's address as its row keeps it: where it lies, and its key wrapped for the district that owns it. */
export type StoredAddress = { storageKey: string; keyWrapped: Uint8Array };

/** What a file's wrapped key is bound to. */
export const fileBound = (storageKey: string): Buffer => Buffer.from(`file ${storageKey}`);

/** Wraps a file's key for the row of a district. */
export function keepAddress(districtId: string, address: FileAddress): StoredAddress {
  return {
    storageKey: address.storageKey,
    keyWrapped: keys().wrapForDistrict(districtId, address.fileKey, fileBound(address.storageKey)),
  };
}

/**
 * The address that `keepAddress` kept, for whoever hands the file to somebody: looked at, downloaded, packed for a transfer. Throws
 * `file-blocked` where it isn't known to be clean and there's a scanner, or a virus was found; `SealError` for another district's row.
 */
export function openAddress(districtId: string, stored: StoredAddress & { scan: ScanState }): FileAddress {
  const block = blockOf(stored.scan);
  if (block) throw new DomainError("file-blocked", { block });
  return unwrapAddress(districtId, stored);
}

/** The same, scanned or not: for the scanner, and for what only the worker reads. tests/architecture names who may. */
export function unwrapAddress(districtId: string, stored: StoredAddress): FileAddress {
  return {
    storageKey: stored.storageKey,
    fileKey: keys().unwrapForDistrict(districtId, Buffer.from(stored.keyWrapped), fileBound(stored.storageKey)),
  };
}
