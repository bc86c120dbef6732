import type { ExchangeTx } from "@/lib/db/types";
import { DomainError } from "@/lib/errors";
import { keys } from "@/lib/storage/keys";
import { getParties } from "@/lib/transfers/apply";
import { type CaseContent, type Cover, caseContentSchema, coverSchema } from "@/lib/transfers/package-content";
import { openItem } from "@/lib/transfers/seal";
import { bound } from "@/lib/transfers/seal-transfer";

export type SealedPackage = {
  place: { transferId: string; sendingDistrictId: string; receivingDistrictId: string };
  reference: string;
  keyByReceiver: Uint8Array;
  items: { n: number; sealed: Uint8Array }[];
};

/** Reads an unlocked package, still sealed, for its receiver; of the items those named, or all. Throws `not-there`, `not-pending`. */
export async function readPackage(tx: ExchangeTx, transferId: string, items?: readonly number[]): Promise<SealedPackage> {
  const parties = await getParties(tx, transferId);
  const [row] = await tx.$queryRaw<[{ key: Uint8Array | null; theirs: boolean }]>`
    select exchange_receiver_key(${transferId}::uuid) key, current_district() <> ${parties.receivingDistrictId}::uuid theirs`;
  if (row.theirs) throw new DomainError("not-there");
  if (!row.key) throw new DomainError(parties.status === "completed" || parties.status === "rejected" ? "transfer-decided" : "not-pending");
  return {
    place: { transferId, sendingDistrictId: parties.sendingDistrictId, receivingDistrictId: parties.receivingDistrictId },
    reference: parties.reference,
    keyByReceiver: row.key,
    items: await tx.packageItem.findMany({
      where: { transferId, ...(items ? { n: { in: [0, ...items] } } : {}) },
      select: { n: true, sealed: true },
      orderBy: { n: "asc" },
    }),
  };
}

export type OpenPackage = { dataKey: Buffer; cover: Cover; cases: { n: number; content: CaseContent }[] };

/** Opens what `readPackage` read. Throws `SealError` where a byte was changed or moved. Not inside a transaction for many items. */
export function openPackage(sealed: SealedPackage): OpenPackage {
  const { place } = sealed;
  const dataKey = keys().unwrapForDistrict(place.receivingDistrictId, Buffer.from(sealed.keyByReceiver), bound(place, "key by receiver"));
  const open = (item: { n: number; sealed: Uint8Array }): unknown => JSON.parse(openItem(dataKey, Buffer.from(item.sealed), bound(place, `item ${item.n}`)).toString());
  const [first, ...rest] = sealed.items;
  if (!first) throw new DomainError("not-there");
  return { dataKey, cover: coverSchema.parse(open(first)), cases: rest.map((item) => ({ n: item.n, content: caseContentSchema.parse(open(item)) })) };
}
