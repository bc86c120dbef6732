import { createHash } from "node:crypto";
import type { ExchangeTx } from "@/lib/db/types";
import { DomainError } from "@/lib/errors";
import { SealError } from "@/lib/storage/aes-gcm";
import { keys } from "@/lib/storage/keys";
import { getParties } from "@/lib/transfers/apply";
import {
  type DocumentContent,
  type DocumentCover,
  documentContentSchema,
  documentCoverSchema,
} from "@/lib/transfers/package-content";
import { bound, type Place } from "@/lib/transfers/package-place";
import { openItem } from "@/lib/transfers/seal";

export type SealedDocuments = {
  place: Place;
  reference: string;
  status: "preparing" | "held";
  /** The package's key, wrapped by the exchange's. */
  key: Uint8Array;
  items: { n: number; sealed: Uint8Array; sha256: Uint8Array }[];
};

/**
 * Reads a document package, still sealed, for the receiving district while it's to be delivered; null where it isn't any more. With
 * `identity`, item 0 of a held one alone, for people to see: a disclosure, which the database records. Throws `not-there`.
 */
export async function readDocuments(
  tx: ExchangeTx,
  transferId: string,
  options: { identity?: boolean } = {},
): Promise<SealedDocuments | null> {
  const parties = await getParties(tx, transferId);
  const { sendingDistrictId, receivingDistrictId, reference, status, kind } = parties;
  const [row] = await tx.$queryRaw<[{ theirs: boolean }]>`
    select current_district() <> ${receivingDistrictId}::uuid theirs`;
  if (kind !== "documents" || row.theirs) throw new DomainError("not-there");
  const [found] = options.identity
    ? await tx.$queryRaw<[{ key: Uint8Array | null }]>`select exchange_show_identity(${transferId}::uuid) key`
    : await tx.$queryRaw<[{ key: Uint8Array | null }]>`select exchange_document_key(${transferId}::uuid) key`;
  if (!found.key || (status !== "preparing" && status !== "held")) return null;
  const items = await tx.$queryRaw<SealedDocuments["items"]>`
    select i.n, i.sealed, m.sha256 from package_item i join package_manifest m on m.transfer_id = i.transfer_id and m.n = i.n
    where i.transfer_id = ${transferId}::uuid and (i.n = 0 or not ${options.identity ?? false}) order by i.n`;
  // Decided between the statements: the package is gone.
  if (items.length === 0) return null;
  return {
    place: { transferId, sendingDistrictId, receivingDistrictId },
    reference,
    status,
    key: found.key,
    items,
  };
}

export type OpenDocuments = {
  dataKey: Buffer;
  cover: DocumentCover;
  documents: { n: number; content: DocumentContent }[];
};

/** Opens what `readDocuments` read. Throws `SealError` where a byte was changed or moved. Not inside a transaction for many items. */
export function openDocuments(sealed: SealedDocuments): OpenDocuments {
  const { place } = sealed;
  const dataKey = keys().unwrapForExchange(Buffer.from(sealed.key), bound(place, "key by exchange"));
  const open = (item: SealedDocuments["items"][number]): unknown => {
    const bytes = openItem(dataKey, Buffer.from(item.sealed), bound(place, `item ${item.n}`));
    // What was sent is what arrives: the manifest's hash of the plain bytes.
    if (!createHash("sha256").update(bytes).digest().equals(item.sha256)) throw new SealError();
    return JSON.parse(bytes.toString());
  };
  const [first, ...rest] = sealed.items;
  if (!first) throw new DomainError("not-there");
  return {
    dataKey,
    cover: documentCoverSchema.parse(open(first)),
    documents: rest.map((item) => ({ n: item.n, content: documentContentSchema.parse(open(item)) })),
  };
}
