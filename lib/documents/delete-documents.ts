import { audit } from "@/lib/audit";
import type { DistrictTx } from "@/lib/db/types";
import { chosenIds, demandUnpacked } from "@/lib/documents/document-access";
import { DomainError } from "@/lib/errors";
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
  const ids = chosenIds(input.documentIds);
  const rows = await tx.$queryRaw<{ id: string; deleted: boolean }[]>`
    select d.id, d.deleted_at is not null as deleted from document d where d.district_id = current_district() and d.id = any (${ids}::uuid[]) order by d.id for update`;
  if (rows.length !== ids.length) throw new DomainError("not-there");
  await demandUnpacked(tx, ids);
  const live = rows.filter((row) => !row.deleted).map((row) => row.id);
  const count = await tx.$executeRaw`
    update document d set deleted_at = now(), deleted_by = ${actor.membershipId}::uuid where d.district_id = current_district() and d.id = any (${live}::uuid[])`;
  for (const id of live) audit(tx, { action: "document.delete", subject: "document", subjectId: id });
  return count;
}
