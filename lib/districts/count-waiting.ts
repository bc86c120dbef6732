import type { DistrictTx } from "@/lib/db/types";
import { type Actor, may } from "@/lib/policy";

/** How many incoming case transfers wait for the actor's district: for the code, or for details. None for who can't act on them. */
export async function countWaiting(tx: DistrictTx, actor: Actor): Promise<number> {
  if (!may(actor, "manageCases")) return 0;
  const [row] = await tx.$queryRaw<[{ n: number }]>`
    select count(*)::int n from transfer
    where receiving_district_id = ${actor.districtId}::uuid and kind = 'cases' and status in ('pending', 'unlocked')`;
  return row.n;
}
