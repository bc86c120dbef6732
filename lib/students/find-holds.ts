import type { DistrictTx } from "@/lib/db/types";
import { type Actor, may } from "@/lib/policy";

/** A hold that stands, as the page of what it's on says it. Its reason is for who manages the district or purges. */
export type StandingHold = { id: string; on: "student" | "case"; placedAt: Date; reason: string | null };

/** The legal holds that stand on a student, or on a case: its own and its student's. The caller has seen to it that the actor sees these. */
export async function findHolds(
  tx: DistrictTx,
  actor: Actor,
  on: { studentId: string | null; caseId?: string | null },
): Promise<StandingHold[]> {
  const told = may(actor, "manageDistrict") || may(actor, "purge");
  return tx.$queryRaw<StandingHold[]>`
    select h.id, case when h.case_id is null then 'student' else 'case' end as on, h.placed_at as "placedAt", case when ${told} then h.reason end as reason from legal_hold h
    where h.district_id = current_district() and h.lifted_at is null and (h.student_id = ${on.studentId}::uuid or h.case_id = ${on.caseId ?? null}::uuid)
    order by h.placed_at, h.id`;
}
