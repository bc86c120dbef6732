import { audit } from "@/lib/audit";
import type { DistrictTx } from "@/lib/db/types";
import { DomainError } from "@/lib/errors";
import { outbox } from "@/lib/outbox";
import { type Actor, demand } from "@/lib/policy";
import { lockAdmins } from "@/lib/users/lock-admins";

/**
 * Gives a disabled user their place back, with the permissions that they had. The browsers that they were known by stay unknown: the time
 * of enabling is one more state of their credentials. Enabling twice is once. Throws `forbidden`, `not-there`.
 */
export async function enableUser(tx: DistrictTx, actor: Actor, input: { id: string }): Promise<void> {
  demand(actor, "manageDistrict");
  await lockAdmins(tx, actor);
  const enabled = await tx.$executeRaw`
    update membership set disabled_at = null, enabled_at = now() where district_id = ${actor.districtId}::uuid and id = ${input.id}::uuid and disabled_at is not null`;
  if (enabled === 0) {
    const there = await tx.membership.count({ where: { districtId: actor.districtId, id: input.id } });
    if (there === 0) throw new DomainError("not-there");
    return;
  }
  audit(tx, { action: "user.enable", subject: "user", subjectId: input.id });
  // Documents may be held for want of this owner.
  await outbox(tx, "recheck", { districtId: actor.districtId });
}
