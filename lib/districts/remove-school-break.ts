import { audit } from "@/lib/audit";
import type { DistrictTx } from "@/lib/db/types";
import { lockSettings } from "@/lib/districts/lock-settings";
import { moveDueDays } from "@/lib/districts/set-due-days";
import { DomainError } from "@/lib/errors";
import { type Actor, demand } from "@/lib/policy";

/**
 * Takes an entry out of the district's school calendar, and moves the due days of its open record requests. Returns how many moved.
 * Throws `forbidden`, `not-there`.
 */
export async function removeSchoolBreak(tx: DistrictTx, actor: Actor, input: { id: string }): Promise<number> {
  demand(actor, "manageDistrict");
  await lockSettings(tx, actor);
  const { count } = await tx.schoolBreak.deleteMany({ where: { districtId: actor.districtId, id: input.id } });
  if (count === 0) throw new DomainError("not-there");
  audit(tx, { action: "calendar.remove", detail: { breakId: input.id } });
  return moveDueDays(tx, actor);
}
