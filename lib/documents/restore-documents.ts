import { audit } from "@/lib/audit";
import type { DistrictTx } from "@/lib/db/types";
import { chosenIds } from "@/lib/documents/document-access";
import { DomainError } from "@/lib/errors";
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
  const ids = chosenIds(input.documentIds);
  const rows = await tx.$queryRaw<{ id: string; deleted: boolean }[]>`
    select d.id, d.deleted_at is not null as deleted from document d where d.district_id = current_district() and d.id = any (${ids}::uuid[]) order by d.id for update`;
  if (rows.length !== ids.length) throw new DomainError("not-there");
  const binned = rows.filter((row) => row.deleted).map((row) => row.id);
  const count = await tx.$executeRaw`
    update document d set deleted_at = null, deleted_by = null where d.district_id = current_district() and d.id = any (${binned}::uuid[])`;
  for (const id of binned) audit(tx, { action: "document.restore", subject: "document", subjectId: id });
  return count;
}
