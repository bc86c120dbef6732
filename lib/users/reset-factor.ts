import type { SystemTx } from "@/lib/db/types";
import { DomainError } from "@/lib/errors";
import { outbox } from "@/lib/outbox";
import { type Actor, demand } from "@/lib/policy";
import { takeFactor } from "@/lib/users/remove-factor";
import type { SignInDoor } from "@/lib/users/sign-in";

/**
 * An admin takes a colleague's second factor away, who lost phone and recovery codes: their sessions end, and they're told by mail. One's
 * own goes by Your account. Each district of the person has it in its log; who it was, the admin's own district alone. Where there is
 * none, nothing happens. Throws `forbidden`, `not-there`.
 */
export async function resetFactor(system: SignInDoor, actor: Actor, input: { id: string }): Promise<void> {
  demand(actor, "manageDistrict");
  await system(async (tx) => {
    const [member] = await tx.$queryRaw<{ user_id: string }[]>`
      select m.user_id from membership m
      where m.district_id = ${actor.districtId}::uuid and m.id = ${input.id}::uuid and m.disabled_at is null and m.joined_at is not null
        and m.id <> ${actor.membershipId}::uuid
        -- The actor's permission as it is now: this is no transaction of the district, which would hold the admins' rows.
        and exists (select 1 from membership a where a.district_id = m.district_id and a.id = ${actor.membershipId}::uuid
          and 'manageDistrict' = any (a.permissions) and a.disabled_at is null)`;
    if (!member) throw new DomainError("not-there");
    const userId = member.user_id;
    if (!(await takeFactor(tx, userId))) return;
    await tx.session.deleteMany({ where: { userId } });
    await outbox(tx, "notify", {
      event: "factor-reset",
      districtId: actor.districtId,
      membershipId: input.id,
      key: `factor-reset:${input.id}:${Date.now()}`,
    });
    await auditReset(tx, userId, actor);
  });
}

/** The chains' locks: the transaction's last statement. */
async function auditReset(tx: SystemTx, userId: string, actor: Actor): Promise<void> {
  await tx.$queryRaw`
    select audit_append(coalesce(jsonb_agg(jsonb_build_object('districtId', m.district_id,
      'actorId', case when own then ${actor.membershipId}::uuid end, 'actorName', case when own then ${actor.name}::text end, 'ip', case when own then ${actor.ip}::text end,
      'action', 'factor.reset', 'subject', 'user', 'subjectId', m.id)), '[]'))::text
    from membership m cross join lateral (select m.district_id = ${actor.districtId}::uuid own) o
    where m.user_id = ${userId}::uuid and m.disabled_at is null and m.joined_at is not null`;
}

/** Since when a member has a second factor; null for none, or where the member isn't of the actor's district. Throws `forbidden`. */
export async function findFactorOf(tx: SystemTx, actor: Actor, id: string): Promise<Date | null> {
  demand(actor, "manageDistrict");
  const [row] = await tx.$queryRaw<{ since: Date | null }[]>`
    select u.totp_enrolled_at since from membership m join app_user u on u.id = m.user_id
    where m.district_id = ${actor.districtId}::uuid and m.id = ${id}::uuid`;
  return row?.since ?? null;
}
