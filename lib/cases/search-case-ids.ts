import { seesAllCases } from "@/lib/cases/case-access";
import type { CaseFilter } from "@/lib/cases/case-filter";
import type { DistrictTx } from "@/lib/db/types";
import type { Actor } from "@/lib/policy";

/** The ids of all cases that the filter lets through and the actor sees, in its order, from its first page on; at most `limit`. */
export async function searchCaseIds(
  tx: DistrictTx,
  actor: Actor,
  filter: CaseFilter,
  limit: number,
): Promise<{ ids: string[] }> {
  const [found] = await tx.$queryRaw<{ ids: string[] }[]>`
    select f.ids from search_cases(${filter.q}, ${filter.status === "all" ? null : filter.status}, ${filter.buildingId}::uuid, ${filter.teamId}::uuid, ${filter.level},
      ${seesAllCases(actor) ? null : actor.membershipId}::uuid, ${filter.sort}, ${filter.descending}, ${limit}::int, 0, ${limit}::int) f`;
  return { ids: found?.ids ?? [] };
}
