import { createHash } from "node:crypto";
import type { ExchangeTx } from "@/lib/db/types";
import type { StoredAddress } from "@/lib/storage/file-address";
import type { ScanState } from "@/lib/storage/scan-state";
import type { Parties } from "@/lib/transfers/apply";
import { bound, type Place } from "@/lib/transfers/package-place";
import { sealItem } from "@/lib/transfers/seal";

/** A file that will be copied into the package. */
export type PackedFile = StoredAddress & {
  n: number;
  itemN: number;
  size: bigint;
  sha256: Uint8Array;
  mediaType: string;
  scan: ScanState;
};

/** What a package will hold, in the clear: item 0 is the cover, the others a case or a document each; `files` by their numbers. */
export type Contents = { items: { n: number; content: unknown; files: number[] }[]; files: PackedFile[] };

/** What one kind of transfer does its own way: what it packs, and how its package is closed, told and audited. */
export type Packing = {
  /** Opens and checks what was read. Outside of a transaction. Throws `SealError` for what the receiver couldn't read. */
  contents(): Contents;
  /** Prepares the end, outside of the transaction (a code is hashed), and gives what ends it inside of it. */
  closing(dataKey: Buffer): Promise<(tx: ExchangeTx, parties: Parties, total: bigint) => Promise<void>>;
};

export type SealedItem = { n: number; sealed: Buffer; sha256: Buffer; files: string[] };

/** Encrypts each item under the package's key; beside it the hashes of the plain bytes and of its files, for the manifest. */
export function sealItems(place: Place, dataKey: Buffer, { items, files }: Contents): SealedItem[] {
  const hashOf = new Map(files.map((file) => [file.n, Buffer.from(file.sha256).toString("hex")]));
  return items.map(({ n, content, files: numbers }) => {
    const bytes = Buffer.from(JSON.stringify(content));
    return {
      n,
      sealed: sealItem(dataKey, bytes, bound(place, `item ${n}`)),
      sha256: createHash("sha256").update(bytes).digest(),
      files: numbers.map((file) => hashOf.get(file) as string),
    };
  });
}
