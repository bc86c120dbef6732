import type { DistrictTx } from "@/lib/db/types";
import type { Actor } from "@/lib/policy";

/**
 * Until the transaction ends, nobody else of the district changes buildings, teams or settings. A name that differs from another in
 * capitals only passes the unique key; so who looks for it first must not be overtaken.
 */
export async function lockSettings(tx: DistrictTx, actor: Actor): Promise<void> {
  await tx.$queryRaw`select 1 from district_settings where district_id = ${actor.districtId}::uuid for update`;
}
