import { audit } from "@/lib/audit";
import type { DistrictTx } from "@/lib/db/types";
import { DomainError } from "@/lib/errors";
import { type Actor, demand } from "@/lib/policy";
import { lockAdmins } from "@/lib/users/lock-admins";
import type { UserChange } from "@/lib/users/set-permissions";

/**
 * Ends a membership in this district only; the person's places in other districts stay. What they wrote stays theirs, links that were
 * mailed to them for this district die. Disabling twice is once. Throws `forbidden`, `not-there`, `last-admin`.
 */
export async function disableUser(tx: DistrictTx, actor: Actor, input: { id: string }): Promise<UserChange> {
  demand(actor, "manageDistrict");
  await lockAdmins(tx, actor);
  const [changed] = await tx.$queryRaw<{ user_id: string; joined: boolean }[]>`
    update membership m set disabled_at = now()
    where m.district_id = ${actor.districtId}::uuid and m.id = ${input.id}::uuid and m.disabled_at is null
      and exists (select 1 from membership o
        where o.district_id = m.district_id and o.id <> m.id and 'manageDistrict' = any (o.permissions) and o.disabled_at is null and o.joined_at is not null)
    returning m.user_id, m.joined_at is not null joined`;
  if (!changed) {
    const member = await tx.membership.findFirst({
      where: { districtId: actor.districtId, id: input.id },
      select: { disabledAt: true },
    });
    if (!member) throw new DomainError("not-there");
    if (member.disabledAt) return { endSessionsOf: null };
    throw new DomainError("last-admin");
  }
  await tx.$executeRaw`
    update invitation set used_at = now() where district_id = ${actor.districtId}::uuid and membership_id = ${input.id}::uuid and used_at is null`;
  audit(tx, { action: "user.disable", subject: "user", subjectId: input.id });
  return { endSessionsOf: changed.joined ? changed.user_id : null };
}
