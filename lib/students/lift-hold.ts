import { audit } from "@/lib/audit";
import type { DistrictTx } from "@/lib/db/types";
import { DomainError } from "@/lib/errors";
import { isId } from "@/lib/is-id";
import { type Actor, demand } from "@/lib/policy";

/** Lifts a legal hold, saying why; others on the same student or case go on standing. Throws `forbidden`, `bad-value`, `not-there`, `hold-lifted`. */
export async function liftHold(tx: DistrictTx, actor: Actor, input: { id: string; reason: string }): Promise<void> {
  demand(actor, "manageDistrict");
  const reason = input.reason.trim().slice(0, 1_000);
  if (!reason) throw new DomainError("bad-value", { field: "reason" });
  if (!isId(input.id)) throw new DomainError("not-there");
  const [lifted] = await tx.$queryRaw<{ studentId: string | null; caseId: string | null }[]>`
    update legal_hold h set lifted_at = now(), lifted_by = ${actor.membershipId}::uuid, lifted_by_name = ${actor.name}, lift_reason = ${reason}
    where h.district_id = current_district() and h.id = ${input.id}::uuid and h.lifted_at is null
    returning h.student_id as "studentId", h.case_id as "caseId"`;
  if (!lifted) {
    const found = await tx.$queryRaw<unknown[]>`
      select 1 from legal_hold h where h.district_id = current_district() and h.id = ${input.id}::uuid`;
    throw new DomainError(found.length > 0 ? "hold-lifted" : "not-there");
  }
  audit(tx, {
    action: "hold.lift",
    ...(lifted.studentId
      ? { subject: "student", subjectId: lifted.studentId }
      : { subject: "case", subjectId: lifted.caseId ?? "" }),
    detail: { hold: input.id },
  });
}
