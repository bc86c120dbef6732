import { createHash } from "node:crypto";
import type { ExchangeTx } from "@/lib/db/types";
import { SealError } from "@/lib/storage/aes-gcm";
import { bound, type Place } from "@/lib/transfers/package-place";
import { openItem } from "@/lib/transfers/seal";

/** A sealed piece of a package, with the hash of its plain bytes out of the manifest. Item 0 is the cover. */
export type SealedItem = { n: number; sealed: Uint8Array; sha256: Uint8Array };

/** A package's items, still sealed; those named, or all. None where it was destroyed since. */
export function readItems(tx: ExchangeTx, transferId: string, named?: readonly number[]): Promise<SealedItem[]> {
  const wanted = named ? [...named] : null;
  return tx.$queryRaw<SealedItem[]>`
    select i.n, i.sealed, m.sha256 from package_item i join package_manifest m on m.transfer_id = i.transfer_id and m.n = i.n
    where i.transfer_id = ${transferId}::uuid and (${wanted}::int[] is null or i.n = any (${wanted}::int[])) order by i.n`;
}

/** Opens an item. What was sent is what arrives: throws `SealError` where a byte was changed or moved. */
export function openSealed(dataKey: Buffer, place: Place, item: SealedItem): unknown {
  const bytes = openItem(dataKey, Buffer.from(item.sealed), bound(place, `item ${item.n}`));
  if (!createHash("sha256").update(bytes).digest().equals(item.sha256)) throw new SealError();
  return JSON.parse(bytes.toString());
}
