import type { SystemTx } from "@/lib/db/types";
import { DomainError } from "@/lib/errors";
import { auditPerson } from "@/lib/users/audit-person";
import { countOwnTry, forgiveTry } from "@/lib/users/count-try";
import { giveRecoveryCodes } from "@/lib/users/renew-recovery-codes";
import type { SignInDoor } from "@/lib/users/sign-in";
import { newTotpSecret, openTotpSecret, sealTotpSecret, totpAddress, totpStep } from "@/lib/users/totp";

export type Enrolment = {
  /** Base 32, for typing it into an app. */
  secret: string;
  /** The same as an address, for a QR code. */
  address: string;
};

/**
 * The secret that is being set up in a session, made when it's first asked for: loading the page again shows the same one. Null when the
 * person has a second factor already.
 */
export async function findEnrolment(
  tx: SystemTx,
  input: { userId: string; sessionId: string; email: string },
): Promise<Enrolment | null> {
  const sealed = sealTotpSecret(input.userId, newTotpSecret());
  const [row] = await tx.$queryRaw<{ totp_secret: Uint8Array }[]>`
    update session s set totp_secret = coalesce(s.totp_secret, ${sealed}) from app_user u
    where s.id = ${input.sessionId}::uuid and s.user_id = ${input.userId}::uuid and u.id = s.user_id and u.totp_secret is null
    returning s.totp_secret`;
  if (!row) return null;
  const secret = openTotpSecret(input.userId, row.totp_secret);
  return { secret, address: totpAddress(secret, input.email) };
}

/**
 * Sets up the second factor with a code of the app that took the secret, which shows that it did. Ends the person's other sessions: they
 * came in without. Returns the recovery codes, which nobody sees again. Throws `factor-enrolled`, `wrong-factor`, `locked-out`.
 */
export async function enrolFactor(
  system: SignInDoor,
  input: { userId: string; sessionId: string; code: string; ip: string | null },
): Promise<string[]> {
  const { userId, sessionId, ip } = input;
  const { sealed, tried } = await system(async (tx) => {
    const session = await tx.session.findFirst({ where: { id: sessionId, userId }, select: { totpSecret: true } });
    return { sealed: session?.totpSecret, tried: await countOwnTry(tx, sessionId) };
  });
  if (tried.lockedMinutes > 0) throw new DomainError("locked-out", { minutes: tried.lockedMinutes });
  // Only a session that this or another page has finished has no secret: there is a second factor then.
  if (!sealed) throw new DomainError("factor-enrolled");
  const step = totpStep(openTotpSecret(userId, sealed), input.code.replaceAll(/\s/g, ""), null);
  if (step === null) throw new DomainError("wrong-factor");
  return system(async (tx) => {
    const { count } = await tx.appUser.updateMany({
      where: { id: userId, totpSecret: null },
      data: { totpSecret: sealed, totpEnrolledAt: new Date(), totpLastStep: step },
    });
    if (count === 0) throw new DomainError("factor-enrolled");
    const codes = await giveRecoveryCodes(tx, userId);
    await tx.session.deleteMany({ where: { userId, id: { not: sessionId } } });
    await tx.$executeRaw`update session set totp_secret = null, factor_at = now() where id = ${sessionId}::uuid`;
    await forgiveTry(tx, tried.keys);
    await auditPerson(tx, { userId, ip, action: "factor.enrol" });
    return codes;
  });
}
