import type { SystemTx } from "@/lib/db/types";
import { DomainError } from "@/lib/errors";
import { outbox } from "@/lib/outbox";
import { auditPerson } from "@/lib/users/audit-person";
import { type Begun, beginSession } from "@/lib/users/begin-session";
import { closeInvitations } from "@/lib/users/close-invitations";
import { closeResets } from "@/lib/users/close-resets";
import { type CountedTry, countAccountTry, forgetTries, forgiveTry } from "@/lib/users/count-try";
import { findInvitation } from "@/lib/users/find-invitation";
import { invitationHash } from "@/lib/users/issue-invitation";
import { demandStrongPassword, hashPassword, passwordMatches } from "@/lib/users/password";
import type { SignInDoor } from "@/lib/users/sign-in";

export type Accepted = {
  /** The district's slug: where to go on. */
  slug: string;
  /** A new session, or the half of one where a second factor is to come; null when the person was signed in already. */
  begun: Begun | null;
};

/**
 * Uses an invitation, once. Who has no password yet chooses one; who has one confirms by being signed in (`signedInAs`) or by it; who
 * had joined already chooses a new password, which ends their other sessions. A new password also ends the other links that could set one.
 * Throws `invitation-used`, `password-weak`, `own-password-wrong`, `locked-out`.
 */
export async function acceptInvitation(
  system: SignInDoor,
  input: { token: string; password: string; signedInAs: string | null; ip: string | null; agent: string | null },
): Promise<Accepted> {
  const invitation = await system((tx) => findInvitation(tx, input.token));
  if (!invitation) throw new DomainError("invitation-used");
  const { userId } = invitation;
  if (invitation.asks === "confirm") {
    const shown = input.signedInAs === userId ? null : await demandOwnPassword(system, userId, input);
    return system(async (tx) => {
      const { passwordHash = "", tried } = shown ?? {};
      const counted = tried?.keys ?? [];
      const begun = shown
        ? await beginSession(tx, { userId, passwordHash, counted, ip: input.ip, agent: input.agent })
        : null;
      if (shown && !begun) throw new DomainError("own-password-wrong", { field: "password" });
      const used = await use(tx, input.token, userId);
      if (tried && begun && "session" in begun) await forgiveTry(tx, tried.keys);
      await auditPerson(tx, { userId, ip: input.ip, action: "user.join", districtId: used.districtId });
      return { slug: used.slug, begun };
    });
  }
  demandStrongPassword(input.password, [invitation.email, invitation.name, invitation.districtName]);
  const passwordHash = await hashPassword(input.password);
  return system(async (tx) => {
    // The person's row before invitations, as everybody who sets a password does.
    await tx.$queryRaw`select id from app_user where id = ${userId}::uuid for no key update`;
    const used = await use(tx, input.token, userId);
    // Somebody who chose their first password through another district's link meanwhile keeps it: this link asks for it then.
    const first = invitation.asks === "first-password";
    const { count } = await tx.appUser.updateMany({
      where: { id: userId, ...(first ? { passwordHash: null } : {}) },
      data: { passwordHash },
    });
    if (count === 0) throw new DomainError("own-password-wrong", { field: "password" });
    await closeInvitations(tx, userId);
    await closeResets(tx, userId);
    await tx.session.deleteMany({ where: { userId } });
    await tx.halfSession.deleteMany({ where: { userId } });
    await forgetTries(tx, userId, input.ip);
    // A new password is no second factor: who has one is asked for it.
    const begun = await beginSession(tx, { userId, passwordHash, counted: [], ip: input.ip, agent: input.agent });
    if (first) await auditPerson(tx, { userId, ip: input.ip, action: "user.join", districtId: used.districtId });
    else await auditPerson(tx, { userId, ip: input.ip, action: "user.password" });
    return { slug: used.slug, begun };
  });
}

async function demandOwnPassword(
  system: SignInDoor,
  userId: string,
  input: { password: string; ip: string | null },
): Promise<{ passwordHash: string; tried: CountedTry }> {
  const { user, tried } = await system(async (tx) => ({
    user: await tx.appUser.findUnique({ where: { id: userId }, select: { passwordHash: true } }),
    tried: await countAccountTry(tx, { userId, name: null, ip: input.ip }),
  }));
  if (tried.lockedMinutes > 0) throw new DomainError("locked-out", { minutes: tried.lockedMinutes });
  const passwordHash = user?.passwordHash ?? null;
  if (!(await passwordMatches(input.password, passwordHash)) || passwordHash === null)
    throw new DomainError("own-password-wrong", { field: "password" });
  return { passwordHash, tried };
}

/** Takes the invitation, and every other link of the same membership with it; the membership is joined. One caller gets through. */
async function use(tx: SystemTx, token: string, userId: string): Promise<{ districtId: string; slug: string }> {
  const [row] = await tx.$queryRaw<{ district_id: string; membership_id: string; slug: string }[]>`
    with used as (
      update invitation i set used_at = now() from membership m
      where i.token_hash = ${invitationHash(token)} and i.used_at is null and i.expires_at > now()
        and m.district_id = i.district_id and m.id = i.membership_id and m.user_id = ${userId}::uuid and m.disabled_at is null
      returning i.district_id, i.membership_id)
    select used.district_id, used.membership_id, d.slug from used join district d on d.id = used.district_id`;
  if (!row) throw new DomainError("invitation-used");
  await tx.$executeRaw`
    update invitation set used_at = now() where district_id = ${row.district_id}::uuid and membership_id = ${row.membership_id}::uuid and used_at is null`;
  const joined = await tx.$executeRaw`
    update membership set joined_at = coalesce(joined_at, now())
    where district_id = ${row.district_id}::uuid and id = ${row.membership_id}::uuid and disabled_at is null`;
  if (joined === 0) throw new DomainError("invitation-used");
  // Documents may be held for want of this owner.
  await outbox(tx, "recheck", { districtId: row.district_id });
  return { districtId: row.district_id, slug: row.slug };
}
