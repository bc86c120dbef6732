import type { DistrictTx } from "@/lib/db/types";
import { type Actor, may } from "@/lib/policy";

/** How many incoming case transfers wait for the actor: pending ones and those whose details are needed. Zero without Manage Cases. */
export async function countWaitingTransfers(tx: DistrictTx, actor: Actor): Promise<number> {
  if (!may(actor, "manageCases")) return 0;
  return tx.transfer.count({ where: { receivingDistrictId: actor.districtId, status: { in: ["pending", "unlocked"] } } });
}
