import { audit } from "@/lib/audit";
import type { DistrictTx } from "@/lib/db/types";
import { DomainError } from "@/lib/errors";
import { isId } from "@/lib/is-id";
import { type Actor, demand } from "@/lib/policy";
import { seenCase } from "@/lib/students/student-access";

/** Whom or what a hold is placed on: by id, or as somebody types it, an SIS ID or a case number. */
export type HoldSubject = { studentId: string } | { caseId: string } | { typed: string };

/**
 * Places a legal hold on a student, and so on their documents and cases, or on a single case that the actor sees: from its commit on, the database destroys
 * nothing of it. Several may stand, one per matter. Throws `forbidden`, `bad-value` without a reason, `no-such-record`, `two-records`, `not-there`,
 * `hold-stands` where one does on the same, for the same reason.
 */
export async function placeHold(
  tx: DistrictTx,
  actor: Actor,
  input: { on: HoldSubject; reason: string },
): Promise<{ id: string }> {
  demand(actor, "manageDistrict");
  const reason = input.reason.trim().slice(0, 1_000);
  if (!reason) throw new DomainError("bad-value", { field: "reason" });
  const on = "typed" in input.on ? await findTyped(tx, actor, input.on.typed) : input.on;
  const [studentId, caseId] = "studentId" in on ? [on.studentId, null] : [null, on.caseId];
  if (!isId(studentId ?? caseId ?? "")) throw new DomainError("not-there");
  // The row itself, held: who destroys it at this moment is waited for, and then there's nothing to hold.
  const found = studentId
    ? await tx.$queryRaw<unknown[]>`
        select 1 from student s where s.district_id = current_district() and s.id = ${studentId}::uuid for update`
    : await tx.$queryRaw<unknown[]>`
        select 1 from "case" c where c.district_id = current_district() and c.id = ${caseId}::uuid and ${seenCase(actor)} for update of c`;
  if (found.length === 0) throw new DomainError("not-there");
  const [hold] = await tx.$queryRaw<{ id: string }[]>`
    insert into legal_hold (district_id, student_id, case_id, reason, placed_by, placed_by_name)
    select current_district(), ${studentId}::uuid, ${caseId}::uuid, ${reason}, ${actor.membershipId}::uuid, ${actor.name}
    where not exists (select 1 from legal_hold h where h.district_id = current_district() and h.lifted_at is null
      and (h.student_id = ${studentId}::uuid or h.case_id = ${caseId}::uuid) and lower(h.reason) = lower(${reason})) returning id`;
  if (!hold) throw new DomainError("hold-stands");
  audit(tx, {
    action: "hold.place",
    ...(studentId ? { subject: "student", subjectId: studentId } : { subject: "case", subjectId: caseId ?? "" }),
    detail: { hold: hold.id },
  });
  return hold;
}

async function findTyped(
  tx: DistrictTx,
  actor: Actor,
  typed: string,
): Promise<{ studentId: string } | { caseId: string }> {
  const text = typed.trim();
  const [found, other] = await tx.$queryRaw<{ studentId: string | null; caseId: string | null }[]>`
    select s.id as "studentId", null::uuid as "caseId" from student s where s.district_id = current_district() and s.sis_id = ${text}
    union all select null, c.id from "case" c where c.district_id = current_district() and c.number = ${text} and ${seenCase(actor)}`;
  if (other) throw new DomainError("two-records", { field: "about" });
  if (found?.studentId) return { studentId: found.studentId };
  if (found?.caseId) return { caseId: found.caseId };
  throw new DomainError("no-such-record", { field: "about" });
}
