import type { DistrictTx } from "@/lib/db/types";
import { type Actor, may } from "@/lib/policy";

/** What waits for a district's decision, as far as one may decide it. */
export type Waiting = {
  /** Incoming case transfers that wait for the code, or for details. */
  caseTransfers: number;
  /** Incoming document transfers that are held. */
  documentTransfers: number;
  /** Open record requests of other districts. */
  recordRequests: number;
};

export const nothingWaits: Waiting = { caseTransfers: 0, documentTransfers: 0, recordRequests: 0 };

/** How much waits for the actor's district; of what they can't act on, nothing. */
export async function countWaiting(tx: DistrictTx, actor: Actor): Promise<Waiting> {
  const [cases, documents] = [may(actor, "manageCases"), may(actor, "manageDocuments")];
  if (!cases && !documents) return nothingWaits;
  const [row] = await tx.$queryRaw<[Waiting]>`
    select
      (select count(*)::int from transfer t where ${cases}::boolean and t.receiving_district_id = ${actor.districtId}::uuid and t.kind = 'cases' and t.status in ('pending', 'unlocked')) "caseTransfers",
      (select count(*)::int from transfer t where ${documents}::boolean and t.receiving_district_id = ${actor.districtId}::uuid and t.kind = 'documents' and t.status = 'held') "documentTransfers",
      (select count(*)::int from record_request r where r.holding_district_id = ${actor.districtId}::uuid and r.status = 'open'
        and case r.kind when 'cases' then ${cases}::boolean else ${documents}::boolean end) "recordRequests"`;
  return row;
}
