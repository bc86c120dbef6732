import { audit } from "@/lib/audit";
import type { DistrictTx } from "@/lib/db/types";
import { type DayKind, dayKinds } from "@/lib/districts/school-days";
import { moveDueDays } from "@/lib/districts/set-due-days";
import { DomainError } from "@/lib/errors";
import { type Actor, demand } from "@/lib/policy";

/**
 * Sets the district's own number of days (1 to 90) to answer a record request, or none, and moves the due days of its open ones. Where its
 * state's law gives a number as well, the earlier day counts. Throws `forbidden`, `bad-value`.
 */
export async function saveAnswerDays(
  tx: DistrictTx,
  actor: Actor,
  input: { days: number | null; kind: DayKind },
  now: Date = new Date(),
): Promise<void> {
  demand(actor, "manageDistrict");
  const { days, kind } = input;
  if (days !== null && (!Number.isInteger(days) || days < 1 || days > 90))
    throw new DomainError("bad-value", { field: "days" });
  if (!dayKinds.includes(kind)) throw new DomainError("bad-value", { field: "kind" });
  const { count } = await tx.districtSettings.updateMany({
    where: { districtId: actor.districtId },
    data: { answerDays: days, answerKind: days === null ? null : kind },
  });
  if (count === 0) throw new DomainError("not-there");
  audit(tx, {
    action: "district.answer-days",
    subject: "district",
    subjectId: actor.districtId,
    detail: { days, kind: days === null ? null : kind },
  });
  await moveDueDays(tx, actor, now);
}
