import type { DistrictTx } from "@/lib/db/types";
import { outbox } from "@/lib/outbox";
import type { Actor } from "@/lib/policy";

/**
 * Tells the district's admins by e-mail that an import waits for somebody, or has failed, where it was picked up from the folder: of one
 * that somebody uploaded, the person sees it. Once for each, through the caller's transaction.
 */
export async function tellPickedUp(
  tx: DistrictTx,
  actor: Actor,
  { importId, event }: { importId: string; event: "roster-waits" | "roster-failed" },
): Promise<void> {
  const { districtId } = actor;
  const pickedUp = await tx.rosterImport.count({ where: { districtId, id: importId, pickupMark: { not: null } } });
  if (pickedUp > 0) await outbox(tx, "notify", { event, districtId, importId, key: `${importId}:${event}` });
}
