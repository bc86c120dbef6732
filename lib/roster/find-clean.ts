import type { DistrictTx } from "@/lib/db/types";
import type { Actor } from "@/lib/policy";

/** Whether an import was picked up from the folder and needs nobody's eyes: checked, not held, every row usable. */
export async function findClean(tx: DistrictTx, actor: Actor, importId: string): Promise<boolean> {
  const found = await tx.rosterImport.count({
    where: { districtId: actor.districtId, id: importId, status: "ready", errorCount: 0, pickupMark: { not: null } },
  });
  return found > 0;
}
