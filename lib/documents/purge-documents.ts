import type { Doors } from "@/lib/db/types";
import { type Certificate, deleteObjects, destroyDocuments } from "@/lib/documents/destroy-documents";
import { chosenIds, demandUnheld, demandUnpacked } from "@/lib/documents/document-access";
import { openQuarantine } from "@/lib/documents/quarantine";
import { DomainError } from "@/lib/errors";
import { demand } from "@/lib/policy";

/**
 * Destroys documents for good, whether live, in the bin or quarantined: rows, keys and objects. What stays is a certificate per student,
 * without titles. With `transferId` only what came with that transfer is purged, and the certificate names it.
 * Throws `forbidden`, `nothing-chosen`, `bad-value` for a missing reason, `not-there` if one isn't there (any more), `on-hold`, `being-packed`.
 */
export async function purgeDocuments(
  doors: Doors,
  input: { documentIds: readonly string[]; reason: string; transferId?: string | undefined },
): Promise<{ certificates: Certificate[] }> {
  const { actor } = doors;
  demand(actor, "purge");
  demand(actor, "manageDocuments");
  const ids = chosenIds(input.documentIds);
  const reason = input.reason.trim().slice(0, 1_000);
  if (!reason) throw new DomainError("bad-value", { field: "reason" });
  const transferId = input.transferId ?? null;
  const { certificates, storageKeys } = await doors.district(async (tx) => {
    await openQuarantine(tx);
    const rows = await tx.$queryRaw<unknown[]>`
      select 1 from document d where d.district_id = current_district() and d.id = any (${ids}::uuid[])
        and (${transferId}::uuid is null or d.origin_transfer_id = ${transferId}::uuid) order by d.id for update`;
    if (rows.length !== ids.length) throw new DomainError("not-there");
    await demandUnheld(tx, ids);
    await demandUnpacked(tx, ids);
    return destroyDocuments(tx, actor, { documentIds: ids, reason, transferId });
  });
  await deleteObjects(storageKeys);
  return { certificates };
}
