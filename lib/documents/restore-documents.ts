import { audit } from "@/lib/audit";
import type { DistrictTx } from "@/lib/db/types";
import { lockChosen } from "@/lib/documents/document-access";
import { type Actor, demand } from "@/lib/policy";

/**
 * Takes documents out of the bin. Those that aren't in it stay as they are. Gives how many came back. Throws `forbidden`,
 * `nothing-chosen`, `not-there` if one isn't there any more.
 */
export async function restoreDocuments(
  tx: DistrictTx,
  actor: Actor,
  input: { documentIds: readonly string[] },
): Promise<number> {
  demand(actor, "manageDocuments");
  const { binned } = await lockChosen(tx, input.documentIds);
  const count = await tx.$executeRaw`
    update document d set deleted_at = null, deleted_by = null where d.district_id = current_district() and d.id = any (${binned}::uuid[])`;
  for (const id of binned) audit(tx, { action: "document.restore", subject: "document", subjectId: id });
  return count;
}
