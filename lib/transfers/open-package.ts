import { createHash } from "node:crypto";
import type { ExchangeTx } from "@/lib/db/types";
import { DomainError } from "@/lib/errors";
import { SealError } from "@/lib/storage/aes-gcm";
import { keys } from "@/lib/storage/keys";
import { getParties } from "@/lib/transfers/apply";
import { type CaseContent, type Cover, caseContentSchema, coverSchema } from "@/lib/transfers/package-content";
import { bound } from "@/lib/transfers/package-place";
import { openItem } from "@/lib/transfers/seal";

export type SealedPackage = {
  place: { transferId: string; sendingDistrictId: string; receivingDistrictId: string };
  reference: string;
  keyByReceiver: Uint8Array;
  items: { n: number; sealed: Uint8Array; sha256: Uint8Array }[];
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
  const found = await tx.$queryRaw<SealedPackage["items"]>`
      select i.n, i.sealed, m.sha256 from package_item i join package_manifest m on m.transfer_id = i.transfer_id and m.n = i.n
      where i.transfer_id = ${transferId}::uuid and (${items ? [0, ...items] : null}::int[] is null or i.n = any (${items ? [0, ...items] : null}::int[])) order by i.n`;
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
  const open = (item: SealedPackage["items"][number]): unknown => {
    const bytes = openItem(dataKey, Buffer.from(item.sealed), bound(place, `item ${item.n}`));
    // What was sent is what arrives: the manifest's hash of the plain bytes.
    if (!createHash("sha256").update(bytes).digest().equals(item.sha256)) throw new SealError();
    return JSON.parse(bytes.toString());
  };
  const [first, ...rest] = sealed.items;
  if (!first) throw new DomainError("not-there");
  return {
    dataKey,
    cover: coverSchema.parse(open(first)),
    cases: rest.map((item) => ({ n: item.n, content: caseContentSchema.parse(open(item)) })),
  };
}
