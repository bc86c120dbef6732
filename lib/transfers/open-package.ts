import type { ExchangeTx } from "@/lib/db/types";
import { DomainError } from "@/lib/errors";
import { keys } from "@/lib/storage/keys";
import { getParties } from "@/lib/transfers/apply";
import { type CaseContent, type Cover, caseContentSchema, coverSchema } from "@/lib/transfers/package-content";
import { bound, type Place } from "@/lib/transfers/package-place";
import { openSealed, readItems, type SealedItem } from "@/lib/transfers/sealed-items";

export type SealedPackage = {
  place: Place;
  reference: string;
  keyByReceiver: Uint8Array;
  items: SealedItem[];
};

/** Reads an unlocked package, still sealed, for its receiver; of the items those named, or all. Throws `not-there`, `code-first`, `transfer-decided`. */
export async function readPackage(
  tx: ExchangeTx,
  transferId: string,
  items?: readonly number[],
): Promise<SealedPackage> {
  const parties = await getParties(tx, transferId);
  const [row] = await tx.$queryRaw<[{ key: Uint8Array | null; theirs: boolean }]>`
    select exchange_receiver_key(${transferId}::uuid) key, current_district() <> ${parties.receivingDistrictId}::uuid theirs`;
  if (row.theirs) throw new DomainError("not-there");
  // Without a key while it's unlocked, it was decided between the two statements.
  if (!row.key) throw new DomainError(parties.status === "pending" ? "code-first" : "transfer-decided");
  const found = await readItems(tx, transferId, items && [0, ...items]);
  // Decided between the two statements: the package is gone.
  if (found.length === 0) throw new DomainError("transfer-decided");
  return {
    place: {
      transferId,
      sendingDistrictId: parties.sendingDistrictId,
      receivingDistrictId: parties.receivingDistrictId,
    },
    reference: parties.reference,
    keyByReceiver: row.key,
    items: found,
  };
}

export type OpenPackage = { dataKey: Buffer; cover: Cover; cases: { n: number; content: CaseContent }[] };

/** Opens what `readPackage` read. Throws `SealError` where a byte was changed or moved. Not inside a transaction for many items. */
export function openPackage(sealed: SealedPackage): OpenPackage {
  const { place } = sealed;
  const dataKey = keys().unwrapForDistrict(
    place.receivingDistrictId,
    Buffer.from(sealed.keyByReceiver),
    bound(place, "key by receiver"),
  );
  const [first, ...rest] = sealed.items;
  if (!first) throw new DomainError("not-there");
  return {
    dataKey,
    cover: coverSchema.parse(openSealed(dataKey, place, first)),
    cases: rest.map((item) => ({ n: item.n, content: caseContentSchema.parse(openSealed(dataKey, place, item)) })),
  };
}
