import type { CaseFilter } from "@/lib/cases/case-filter";
import { searchCaseIds } from "@/lib/cases/search-case-ids";
import type { DistrictTx } from "@/lib/db/types";
import { DomainError } from "@/lib/errors";
import { type Actor, demand } from "@/lib/policy";
import { demandAnswerable } from "@/lib/requests/demand-answerable";
import { mostCases } from "@/lib/transfers/limits";

/**
 * Drafts a dispatch of the chosen cases, or of all that match a filter. The draft's id is what the dialog's URL carries and what makes
 * a repeated click one. `listQuery` leads back to the list. `requestId` is the record request that they are to answer.
 * Throws `forbidden`, `nothing-chosen`, `too-many-cases`, `not-there`, `request-decided`.
 */
export async function chooseCases(
  tx: DistrictTx,
  actor: Actor,
  chosen: { caseIds: readonly string[] } | { matching: CaseFilter },
  listQuery: string,
  requestId: string | null = null,
): Promise<{ dispatchId: string }> {
  demand(actor, "manageCases");
  if (requestId) await demandAnswerable(tx, actor, requestId, "cases");
  const caseIds =
    "matching" in chosen
      ? (await searchCaseIds(tx, actor, chosen.matching, mostCases + 1)).ids
      : [...new Set(chosen.caseIds)];
  if (caseIds.length > mostCases) throw new DomainError("too-many-cases", { limit: mostCases });
  const dispatch = await tx.dispatch.create({
    data: {
      districtId: actor.districtId,
      createdBy: actor.membershipId as string,
      listQuery: listQuery.slice(0, 500),
      requestId,
    },
    select: { id: true },
  });
  // Only what is there and the district's own: a foreign or deleted id simply isn't found, and who destroys one at this moment is waited for.
  const found = await tx.$executeRaw`
    insert into dispatch_case (district_id, dispatch_id, case_id)
    select c.district_id, ${dispatch.id}::uuid, c.id from "case" c where c.district_id = ${actor.districtId}::uuid and c.id = any (${caseIds}::uuid[])
    order by c.id for key share of c`;
  if (found === 0) throw new DomainError("nothing-chosen");
  return { dispatchId: dispatch.id };
}
