import { audit } from "@/lib/audit";
import type { ExchangeTx } from "@/lib/db/types";
import { DomainError } from "@/lib/errors";
import type { Actor } from "@/lib/policy";
import { keys } from "@/lib/storage/keys";
import { getParties } from "@/lib/transfers/apply";
import {
  type DocumentContent,
  type DocumentCover,
  documentContentSchema,
  documentCoverSchema,
} from "@/lib/transfers/package-content";
import { bound, type Place } from "@/lib/transfers/package-place";
import { openSealed, readItems, type SealedItem } from "@/lib/transfers/sealed-items";

export type SealedDocuments = {
  place: Place;
  reference: string;
  status: "preparing" | "held";
  /** The package's key, wrapped by the exchange's. */
  key: Uint8Array;
  items: SealedItem[];
};

/** Reads a document package, still sealed, for the receiving district while it's to be delivered; null where it isn't any more. Throws `not-there`. */
export const readDocuments = (tx: ExchangeTx, transferId: string): Promise<SealedDocuments | null> =>
  read(tx, transferId, "all");

/**
 * Whom a held package is about, still sealed, for somebody to see: a disclosure, which the database records, and a look that both
 * districts' logs hold. Who looks on (`again`, a search beside what is on the screen) has one look written down. Null where it isn't
 * held any more. Throws `not-there`.
 */
export async function readIdentity(
  tx: ExchangeTx,
  actor: Actor,
  transferId: string,
  { again = false } = {},
): Promise<SealedDocuments | null> {
  const sealed = await read(tx, transferId, "identity");
  if (sealed?.status !== "held") return null;
  const entry = { action: "transfer.identity", subject: "transfer", subjectId: transferId } as const;
  if (again && (await tx.audit.count({ where: { ...entry, actorId: actor.membershipId } })) > 0) return sealed;
  for (const districtId of [sealed.place.receivingDistrictId, sealed.place.sendingDistrictId])
    audit(tx, { ...entry, districtId, transferId });
  return sealed;
}

async function read(tx: ExchangeTx, transferId: string, what: "all" | "identity"): Promise<SealedDocuments | null> {
  const parties = await getParties(tx, transferId);
  const { sendingDistrictId, receivingDistrictId, reference, status, kind } = parties;
  const [row] = await tx.$queryRaw<[{ theirs: boolean }]>`
    select current_district() <> ${receivingDistrictId}::uuid theirs`;
  if (kind !== "documents" || row.theirs) throw new DomainError("not-there");
  const [found] =
    what === "identity"
      ? await tx.$queryRaw<[{ key: Uint8Array | null }]>`select exchange_show_identity(${transferId}::uuid) key`
      : await tx.$queryRaw<[{ key: Uint8Array | null }]>`select exchange_document_key(${transferId}::uuid) key`;
  if (!found.key || (status !== "preparing" && status !== "held")) return null;
  const items = await readItems(tx, transferId, what === "identity" ? [0] : undefined);
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
  const [first, ...rest] = sealed.items;
  if (!first) throw new DomainError("not-there");
  return {
    dataKey,
    cover: documentCoverSchema.parse(openSealed(dataKey, place, first)),
    documents: rest.map((item) => ({
      n: item.n,
      content: documentContentSchema.parse(openSealed(dataKey, place, item)),
    })),
  };
}
