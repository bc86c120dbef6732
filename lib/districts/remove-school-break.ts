import { audit } from "@/lib/audit";
import type { DistrictTx } from "@/lib/db/types";
import { lockSettings } from "@/lib/districts/lock-settings";
import { moveDueDays } from "@/lib/districts/set-due-days";
import { DomainError } from "@/lib/errors";
import { type Actor, demand } from "@/lib/policy";

/**
 * Takes an entry out of the district's school calendar, and moves the due days of its open record requests. Returns which days
 * they were (YYYY-MM-DD). Throws `forbidden`, `not-there`.
 */
export async function removeSchoolBreak(
  tx: DistrictTx,
  actor: Actor,
  input: { id: string },
  now: Date = new Date(),
): Promise<{ from: string; to: string }> {
  demand(actor, "manageDistrict");
  await lockSettings(tx, actor);
  const [removed] = await tx.$queryRaw<{ from: string; to: string }[]>`
    delete from school_break where district_id = ${actor.districtId}::uuid and id = ${input.id}::uuid
    returning from_date::text "from", to_date::text "to"`;
  if (!removed) throw new DomainError("not-there");
  audit(tx, { action: "calendar.remove", detail: { breakId: input.id } });
  await moveDueDays(tx, actor, now);
  return removed;
}
