import { audit } from "@/lib/audit";
import type { DistrictTx } from "@/lib/db/types";
import { DomainError } from "@/lib/errors";
import { type Actor, demand, type Permission } from "@/lib/policy";
import { lockAdmins } from "@/lib/users/lock-admins";

/** The person whose sessions are to be ended after the transaction (`endSessionsOf`); null when nothing changed, or who hasn't joined. */
export type UserChange = { endSessionsOf: string | null };

/**
 * Sets a user's permissions. The last one who has joined and holds **Manage District** keeps it. Throws `forbidden`, `not-there`,
 * `last-admin`.
 */
export async function setPermissions(
  tx: DistrictTx,
  actor: Actor,
  input: { id: string; permissions: readonly Permission[] },
): Promise<UserChange> {
  demand(actor, "manageDistrict");
  await lockAdmins(tx, actor);
  const wanted = [...new Set(input.permissions)].sort();
  const [changed] = await tx.$queryRaw<{ user_id: string; joined: boolean }[]>`
    update membership m set permissions = ${wanted}::text[]
    where m.district_id = ${actor.districtId}::uuid and m.id = ${input.id}::uuid and m.disabled_at is null
      and not (m.permissions @> ${wanted}::text[] and m.permissions <@ ${wanted}::text[])
      and ('manageDistrict' = any (${wanted}::text[]) or exists (select 1 from membership o
        where o.district_id = m.district_id and o.id <> m.id and 'manageDistrict' = any (o.permissions) and o.disabled_at is null and o.joined_at is not null))
    returning m.user_id, m.joined_at is not null joined`;
  if (!changed) {
    const member = await tx.membership.findFirst({
      where: { districtId: actor.districtId, id: input.id, disabledAt: null },
      select: { permissions: true },
    });
    if (!member) throw new DomainError("not-there");
    if (wanted.length === member.permissions.length && wanted.every((one) => member.permissions.includes(one)))
      return { endSessionsOf: null };
    throw new DomainError("last-admin");
  }
  audit(tx, {
    action: "user.permissions",
    subject: "user",
    subjectId: input.id,
    detail: { permissions: wanted.join(" ") },
  });
  return { endSessionsOf: changed.joined ? changed.user_id : null };
}
