import type { DistrictTx } from "@/lib/db/types";
import { type Actor, demand } from "@/lib/policy";

/** The ids of the document transfers that are held in the actor's district, the oldest first. Throws `forbidden`. */
export async function listHeld(tx: DistrictTx, actor: Actor): Promise<string[]> {
  demand(actor, "manageDocuments");
  const rows = await tx.$queryRaw<{ id: string }[]>`
    select t.id from transfer t where t.receiving_district_id = ${actor.districtId}::uuid and t.kind = 'documents' and t.status = 'held' order by t.held_at, t.id`;
  return rows.map((row) => row.id);
}
