import type { DistrictTx } from "@/lib/db/types";
import { DomainError } from "@/lib/errors";
import { type Actor, may } from "@/lib/policy";

/** Whether the actor sees every case of the district, or only those that they're assigned to (product.md, section 2). */
export function seesAllCases(actor: Actor): boolean {
  return may(actor, "manageCases");
}

/**
 * Marks the case as changed now, and holds its row to the end of the transaction: the first statement of every verb that changes
 * something of a case. Throws `not-there` for a case that isn't there or that the actor doesn't see.
 */
export async function touchCase(tx: DistrictTx, actor: Actor, caseId: string): Promise<void> {
  const touched = await tx.$executeRaw`
    update "case" c set updated_at = now()
    where c.id = ${caseId}::uuid and (${seesAllCases(actor)} or exists (
      select 1 from case_assignment a where a.district_id = c.district_id and a.case_id = c.id and a.membership_id = ${actor.membershipId}::uuid))`;
  if (touched === 0) throw new DomainError("not-there");
}

/**
 * Throws `on-hold` while a legal hold stands on the case or on its student. Call it with the case's row locked; whoever places a hold at
 * this moment waits for, or is waited for by, the student's row.
 */
export async function demandUnheldCase(tx: DistrictTx, caseId: string): Promise<void> {
  await tx.$queryRaw`
    select 1 from student s where s.district_id = current_district() and s.id in (
      select c.student_id from "case" c where c.district_id = current_district() and c.id = ${caseId}::uuid) for key share`;
  const held = await tx.$queryRaw<unknown[]>`
    select 1 from "case" c where c.district_id = current_district() and c.id = ${caseId}::uuid and is_held(c.student_id, c.id)`;
  if (held.length > 0) throw new DomainError("on-hold");
}
