import type { SystemTx } from "@/lib/db/types";
import { DomainError } from "@/lib/errors";
import { auditPerson } from "@/lib/users/audit-person";
import { closeInvitations } from "@/lib/users/close-invitations";
import { closeResets } from "@/lib/users/close-resets";
import { forgetTries } from "@/lib/users/count-try";
import { resetHash } from "@/lib/users/issue-reset";
import { demandStrongPassword, hashPassword } from "@/lib/users/password";
import type { SignInDoor } from "@/lib/users/sign-in";

/** Whose new password a link is for, or null: no such link, used, or run out. Consumes nothing. */
export async function findReset(tx: SystemTx, token: string): Promise<{ name: string; email: string } | null> {
  const [row] = await tx.$queryRaw<{ name: string; email: string }[]>`
    select u.name, u.email from password_reset r join app_user u on u.id = r.user_id
    where r.token_hash = ${resetHash(token)} and r.used_at is null and r.expires_at > now()`;
  return row ?? null;
}

/**
 * Uses a link that was mailed on asking, once: the password is the new one, all sessions end, every other link that could set one dies. It
 * signs nobody in, so the second factor is asked for. Throws `reset-used`, `password-weak`.
 */
export async function resetPassword(
  system: SignInDoor,
  input: { token: string; password: string; ip: string | null },
): Promise<void> {
  const person = await system((tx) => findReset(tx, input.token));
  if (!person) throw new DomainError("reset-used");
  demandStrongPassword(input.password, [person.email, person.name]);
  const passwordHash = await hashPassword(input.password);
  await system(async (tx) => {
    // The person's row before the links, as everybody who sets a password does.
    const [row] = await tx.$queryRaw<{ id: string }[]>`
      select u.id from app_user u join password_reset r on r.user_id = u.id where r.token_hash = ${resetHash(input.token)} for no key update of u`;
    const userId = row?.id;
    if (userId === undefined) throw new DomainError("reset-used");
    const used = await tx.$executeRaw`
      update password_reset set used_at = now()
      where token_hash = ${resetHash(input.token)} and user_id = ${userId}::uuid and used_at is null and expires_at > now()`;
    if (used === 0) throw new DomainError("reset-used");
    await tx.appUser.updateMany({ where: { id: userId }, data: { passwordHash } });
    await closeResets(tx, userId);
    await closeInvitations(tx, userId);
    await tx.session.deleteMany({ where: { userId } });
    await tx.halfSession.deleteMany({ where: { userId } });
    await forgetTries(tx, userId, input.ip);
    await auditPerson(tx, { userId, ip: input.ip, action: "password.reset" });
  });
}
