import { audit } from "@/lib/audit";
import type { DistrictTx } from "@/lib/db/types";
import { demandUnpacked, lockChosen } from "@/lib/documents/document-access";
import { type Actor, demand } from "@/lib/policy";

/** How long what's deleted can be restored. */
export const daysInBin = 30;

/**
 * Puts documents into the bin, from where they can be restored for 30 days. Those that lie there already stay as they are. Gives how
 * many went. Throws `forbidden`, `nothing-chosen`, `not-there` if one isn't there, `being-packed`.
 */
export async function deleteDocuments(
  tx: DistrictTx,
  actor: Actor,
  input: { documentIds: readonly string[] },
): Promise<number> {
  demand(actor, "manageDocuments");
  const { binned, live } = await lockChosen(tx, input.documentIds);
  await demandUnpacked(tx, [...binned, ...live]);
  const count = await tx.$executeRaw`
    update document d set deleted_at = now(), deleted_by = ${actor.membershipId}::uuid where d.district_id = current_district() and d.id = any (${live}::uuid[])`;
  for (const id of live) audit(tx, { action: "document.delete", subject: "document", subjectId: id });
  return count;
}
