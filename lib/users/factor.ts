import type { SystemTx } from "@/lib/db/types";
import { passwordMatches } from "@/lib/users/password";
import { recoveryHash } from "@/lib/users/recovery-code";
import { openTotpSecret, totpStep } from "@/lib/users/totp";

/** What a person shows who they are with, as it stands in their row. Never leaves lib/users. */
export type FactorRow = {
  id: string;
  passwordHash: string | null;
  totpSecret: Uint8Array | null;
  totpEnrolledAt: Date | null;
  totpLastStep: number | null;
};

/** A factor that is right, and still has to be used up: by `useFactor`, in the transaction of what it's shown for. */
export type ShownFactor =
  | { by: "code"; userId: string; enrolledAt: Date; step: number }
  | { by: "recovery"; userId: string; hash: Uint8Array<ArrayBuffer> }
  | { by: "password"; userId: string; passwordHash: string };

/** Reads what the check needs; null when there's no such person. In the transaction that counts the try. */
export function readFactor(tx: SystemTx, userId: string): Promise<FactorRow | null> {
  return tx.appUser.findUnique({
    where: { id: userId },
    select: { id: true, passwordHash: true, totpSecret: true, totpEnrolledAt: true, totpLastStep: true },
  });
}

/** The second factor that was typed, a code of the app or a recovery code, if it can be right; null if not. Outside of a transaction. */
export function checkSecondFactor(row: FactorRow, typed: string): ShownFactor | null {
  if (!row.totpSecret || !row.totpEnrolledAt) return null;
  const plain = typed.trim();
  const digits = plain.replaceAll(/\s/g, "");
  if (/^[0-9]{6}$/.test(digits)) {
    const step = totpStep(openTotpSecret(row.id, row.totpSecret), digits, row.totpLastStep);
    return step === null ? null : { by: "code", userId: row.id, enrolledAt: row.totpEnrolledAt, step };
  }
  const hash = recoveryHash(row.id, plain);
  return hash && { by: "recovery", userId: row.id, hash };
}

/** As `checkSecondFactor`; of who has no second factor, the password. About 20 ms of one core. */
export async function checkFactor(row: FactorRow, typed: string): Promise<ShownFactor | null> {
  if (row.totpSecret) return checkSecondFactor(row, typed);
  const right = await passwordMatches(typed, row.passwordHash);
  return right && row.passwordHash !== null ? { by: "password", userId: row.id, passwordHash: row.passwordHash } : null;
}

/**
 * Uses the factor up: each step's code and each recovery code is taken once, and a factor that was changed meanwhile isn't taken at all.
 * False when it can't be used. Holds the person's row, so it comes first in its transaction.
 */
export async function useFactor(tx: SystemTx, shown: ShownFactor): Promise<boolean> {
  const { userId } = shown;
  if (shown.by === "code") {
    // Not the secret's bytes: a rotation of keys wraps the same secret anew.
    const taken = await tx.$executeRaw`
      update app_user set totp_last_step = ${shown.step}::int
      where id = ${userId}::uuid and totp_secret is not null and date_trunc('milliseconds', totp_enrolled_at) = ${shown.enrolledAt}::timestamptz and coalesce(totp_last_step, -1) < ${shown.step}::int`;
    return taken === 1;
  }
  if (shown.by === "password") {
    const rows = await tx.$queryRaw<unknown[]>`
      select 1 from app_user where id = ${userId}::uuid and password_hash = ${shown.passwordHash} and totp_secret is null for share`;
    return rows.length === 1;
  }
  await tx.$queryRaw`select 1 from app_user where id = ${userId}::uuid for share`;
  const taken = await tx.$executeRaw`
    update recovery_code set used_at = now() where user_id = ${userId}::uuid and code_hash = ${shown.hash} and used_at is null`;
  return taken === 1;
}
