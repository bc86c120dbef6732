import { seesAllCases } from "@/lib/cases/case-access";
import type { DistrictTx } from "@/lib/db/types";
import { isId } from "@/lib/is-id";
import type { Actor } from "@/lib/policy";

/** The number of a case that the actor sees, or null. It tells nothing of the case's content, so it isn't a reading. */
export async function findCaseNumber(tx: DistrictTx, actor: Actor, caseId: string): Promise<string | null> {
  if (!isId(caseId)) return null;
  const [row] = await tx.$queryRaw<{ number: string }[]>`
    select c.number from "case" c
    where c.district_id = current_district() and c.id = ${caseId}::uuid and (${seesAllCases(actor)} or exists (
      select 1 from case_assignment a where a.district_id = c.district_id and a.case_id = c.id and a.membership_id = ${actor.membershipId}::uuid))`;
  return row?.number ?? null;
}
