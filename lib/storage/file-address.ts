import type { FileAddress } from "@/lib/storage/files";
import { keys } from "@/lib/storage/keys";

/** A file's address as its row keeps it: where it lies, and its key wrapped for the district that owns it. */
export type StoredAddress = { storageKey: string; keyWrapped: Uint8Array };

const bound = (storageKey: string) => Buffer.from(`file ${storageKey}`);

/** Wraps a file's key for the row of a district. */
export function keepAddress(districtId: string, address: FileAddress): StoredAddress {
  return {
    storageKey: address.storageKey,
    keyWrapped: keys().wrapForDistrict(districtId, address.fileKey, bound(address.storageKey)),
  };
}

/** The address that `keepAddress` kept. Throws `SealError` for another district's row. */
export function openAddress(districtId: string, stored: StoredAddress): FileAddress {
  return {
    storageKey: stored.storageKey,
    fileKey: keys().unwrapForDistrict(districtId, Buffer.from(stored.keyWrapped), bound(stored.storageKey)),
  };
}
