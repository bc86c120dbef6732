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
  /** Those of them whose due day has gone by. */
  overdueRequests: number;
  /** Proposals for destruction of colleagues, which wait for a second person. */
  proposals: number;
};

export const nothingWaits: Waiting = {
  caseTransfers: 0,
  documentTransfers: 0,
  recordRequests: 0,
  overdueRequests: 0,
  proposals: 0,
};

/** How much waits for the actor's district; of what they can't act on, nothing. */
export async function countWaiting(tx: DistrictTx, actor: Actor): Promise<Waiting> {
  const [cases, documents, purge] = [may(actor, "manageCases"), may(actor, "manageDocuments"), may(actor, "purge")];
  if (!cases && !documents && !purge) return nothingWaits;
  const [row] = await tx.$queryRaw<[Waiting]>`
    with mine as (select r.due_on from record_request r where r.holding_district_id = ${actor.districtId}::uuid and r.status = 'open'
      and case r.kind when 'cases' then ${cases}::boolean else ${documents}::boolean end)
    select
      (select count(*)::int from transfer t where ${cases}::boolean and t.receiving_district_id = ${actor.districtId}::uuid and t.kind = 'cases' and t.status in ('pending', 'unlocked')) "caseTransfers",
      (select count(*)::int from transfer t where ${documents}::boolean and t.receiving_district_id = ${actor.districtId}::uuid and t.kind = 'documents' and t.status = 'held') "documentTransfers",
      (select count(*)::int from mine) "recordRequests",
      (select count(*)::int from mine where due_on < (now() at time zone (select s.time_zone from district_settings s where s.district_id = ${actor.districtId}::uuid))::date) "overdueRequests",
      (select count(*)::int from purge_proposal p where ${purge}::boolean and p.district_id = ${actor.districtId}::uuid and p.status = 'open' and p.proposed_by_user <> ${actor.userId}::uuid) proposals`;
  return row;
}
