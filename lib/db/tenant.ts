import { flushAudit } from "@/lib/audit";
import { database, transactionOptions } from "@/lib/db/client";
import type { DistrictTx } from "@/lib/db/types";
import type { Actor } from "@/lib/policy";

/**
 * Opens a transaction fenced to the actor's district by row-level security, runs the work in it, and writes the audit entries
 * collected on it with its last statement. The setting is local to the transaction: a pooled connection carries nothing over.
 */
export function withDistrict<T>(actor: Actor, run: (tx: DistrictTx) => Promise<T>): Promise<T> {
  return database().$transaction(async (raw) => {
    const tx = raw as DistrictTx;
    await tx.$queryRaw`select set_config('app.district_id', ${actor.districtId}, true), set_config('app.membership_id', ${actor.membershipId ?? ""}, true), set_config('app.user_id', ${actor.userId ?? ""}, true)`;
    const result = await run(tx);
    await flushAudit(tx, actor);
    return result;
  }, transactionOptions);
}
