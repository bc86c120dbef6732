import { DomainError } from "@/lib/errors";
import { auditPerson } from "@/lib/users/audit-person";
import { closeInvitations } from "@/lib/users/close-invitations";
import { closeResets } from "@/lib/users/close-resets";
import { countOwnTry, forgiveTry } from "@/lib/users/count-try";
import { demandStrongPassword, hashPassword, passwordMatches } from "@/lib/users/password";
import type { SignInDoor } from "@/lib/users/sign-in";

/**
 * Changes the person's own password and ends all their other sessions, and the links that could set another. The present one is
 * asked for; its tries count for the session alone, so that nobody outside can keep a person from changing it. Throws `locked-out`, `own-password-wrong`, `password-weak`.
 */
export async function changePassword(
  system: SignInDoor,
  input: { userId: string; sessionId: string; currentPassword: string; password: string; ip: string | null },
): Promise<void> {
  const { user, tried } = await system(async (tx) => ({
    user: await tx.appUser.findUnique({
      where: { id: input.userId },
      select: { email: true, name: true, passwordHash: true },
    }),
    tried: await countOwnTry(tx, input.sessionId),
  }));
  if (tried.lockedMinutes > 0) throw new DomainError("locked-out", { minutes: tried.lockedMinutes });
  if (!user || !(await passwordMatches(input.currentPassword, user.passwordHash))) {
    throw new DomainError("own-password-wrong", { field: "currentPassword" });
  }
  demandStrongPassword(input.password, [user.email, user.name]);
  const passwordHash = await hashPassword(input.password);
  await system(async (tx) => {
    // Two changes at once: the second's present password isn't the present one any more.
    const { count } = await tx.appUser.updateMany({
      where: { id: input.userId, passwordHash: user.passwordHash },
      data: { passwordHash },
    });
    if (count === 0) throw new DomainError("own-password-wrong", { field: "currentPassword" });
    await closeInvitations(tx, input.userId);
    await forgiveTry(tx, tried.keys);
    await closeResets(tx, input.userId);
    await tx.halfSession.deleteMany({ where: { userId: input.userId } });
    await tx.session.deleteMany({ where: { userId: input.userId, id: { not: input.sessionId } } });
    await auditPerson(tx, { userId: input.userId, ip: input.ip, action: "user.password" });
  });
}
