import { audit } from "@/lib/audit";
import type { DistrictTx } from "@/lib/db/types";
import { moveDueDays } from "@/lib/districts/set-due-days";
import { isTimeZone } from "@/lib/districts/time-zones";
import { DomainError } from "@/lib/errors";
import { type Actor, demand } from "@/lib/policy";

/**
 * Sets the district's time zone (an IANA name of the list) and the days until a transfer expires (1 to 90; for transfers sent or
 * given a new code from now on). Throws `forbidden`, `bad-value`.
 */
export async function saveSettings(
  tx: DistrictTx,
  actor: Actor,
  input: { timeZone: string; expiryDays: number },
  now: Date = new Date(),
): Promise<void> {
  demand(actor, "manageDistrict");
  if (!isTimeZone(input.timeZone)) throw new DomainError("bad-value", { field: "timeZone" });
  if (!Number.isInteger(input.expiryDays) || input.expiryDays < 1 || input.expiryDays > 90)
    throw new DomainError("bad-value", { field: "expiryDays" });
  const { count } = await tx.districtSettings.updateMany({
    where: { districtId: actor.districtId },
    data: { timeZone: input.timeZone, expiryDays: input.expiryDays },
  });
  if (count === 0) throw new DomainError("not-there");
  audit(tx, {
    action: "district.settings",
    subject: "district",
    subjectId: actor.districtId,
    detail: { timeZone: input.timeZone, expiryDays: input.expiryDays },
  });
  // The day on which a request arrived may be another one there.
  await moveDueDays(tx, actor, now);
}
