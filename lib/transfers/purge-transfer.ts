import type { Doors } from "@/lib/db/types";
import { purgeDocuments } from "@/lib/documents/purge-documents";
import { openQuarantine } from "@/lib/documents/quarantine";
import { DomainError } from "@/lib/errors";
import { demand } from "@/lib/policy";
import { auditBoth, getParties } from "@/lib/transfers/apply";

/**
 * **Purge**: destroys what came with a transfer and is in quarantine, for good; certificates stay, and both districts' timelines say so.
 * `confirm` is the transfer's reference, typed. Throws `forbidden`, `not-there`, `bad-value` for a missing reason, `not-confirmed`,
 * `transfer-moved` where nothing is in quarantine, `on-hold`, `being-packed`.
 */
export async function purgeTransfer(
  doors: Doors,
  input: { transferId: string; reason: string; confirm: string },
): Promise<void> {
  demand(doors.actor, "purge");
  demand(doors.actor, "manageDocuments");
  const { transferId } = input;
  const reason = input.reason.trim();
  if (!reason) throw new DomainError("bad-value", { field: "reason" });
  const { parties, documentIds } = await doors.exchange(transferId, async (tx) => {
    const found = await getParties(tx, transferId);
    if (found.kind !== "documents" || found.receivingDistrictId !== doors.actor.districtId)
      throw new DomainError("not-there");
    await openQuarantine(tx);
    const rows = await tx.document.findMany({
      where: { originTransferId: transferId, quarantinedAt: { not: null } },
      select: { id: true },
    });
    return { parties: found, documentIds: rows.map((row) => row.id) };
  });
  if (input.confirm.trim().toUpperCase() !== parties.reference)
    throw new DomainError("not-confirmed", { field: "confirm", reference: parties.reference });
  if (documentIds.length === 0) throw new DomainError("transfer-moved");
  // What is destroyed and its note on both timelines: one transaction. The note comes first: whoever releases at this moment holds the
  // transfer, and is waited for before the documents are looked at again.
  const together: Doors = {
    ...doors,
    district: (run) =>
      doors.exchange(transferId, async (tx) => {
        await tx.$executeRaw`select exchange_note_purge(${transferId}::uuid, ${reason})::text`;
        await openQuarantine(tx);
        const left = await tx.document.count({ where: { id: { in: documentIds }, quarantinedAt: { not: null } } });
        if (left !== documentIds.length) throw new DomainError("transfer-moved");
        const purged = await run(tx);
        auditBoth(tx, transferId, parties, "transfer.purge", { documents: documentIds.length });
        return purged;
      }),
  };
  await purgeDocuments(together, { documentIds, reason, transferId }).catch((error: unknown) => {
    // Purged by a colleague between the count and the lock.
    if (error instanceof DomainError && error.kind === "not-there") throw new DomainError("transfer-moved");
    throw error;
  });
}
