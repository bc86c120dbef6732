import type { DistrictTx } from "@/lib/db/types";
import { type Actor, demand } from "@/lib/policy";

/** How many students of the district are on the roster, and how many were added by hand and aren't on it yet. Throws `forbidden`. */
export async function countStudents(tx: DistrictTx, actor: Actor): Promise<{ active: number; byHand: number }> {
  demand(actor, "manageDistrict");
  const [row] = await tx.$queryRaw<[{ active: number; byHand: number }]>`
    select count(*) filter (where active)::int active, count(*) filter (where source = 'manual')::int "byHand" from student where district_id = ${actor.districtId}::uuid`;
  return row;
}
