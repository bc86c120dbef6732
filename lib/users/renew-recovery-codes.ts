import type { SystemTx } from "@/lib/db/types";
import { DomainError } from "@/lib/errors";
import { auditPerson } from "@/lib/users/audit-person";
import { newRecoveryCodes, recoveryHash } from "@/lib/users/recovery-code";
import type { SignInDoor } from "@/lib/users/sign-in";

/** Gives the person new recovery codes; the earlier ones stop working. Returns them, this once. Throws `factor-missing`. */
export function renewRecoveryCodes(
  system: SignInDoor,
  input: { userId: string; ip: string | null },
): Promise<string[]> {
  const { userId, ip } = input;
  return system(async (tx) => {
    const rows = await tx.$queryRaw<unknown[]>`
      select 1 from app_user where id = ${userId}::uuid and totp_secret is not null for no key update`;
    if (rows.length === 0) throw new DomainError("factor-missing");
    const codes = await giveRecoveryCodes(tx, userId);
    await auditPerson(tx, { userId, ip, action: "factor.recovery-codes" });
    return codes;
  });
}

/** Replaces the person's recovery codes. The caller holds the person's row. */
export async function giveRecoveryCodes(tx: SystemTx, userId: string): Promise<string[]> {
  const codes = newRecoveryCodes();
  await tx.recoveryCode.deleteMany({ where: { userId } });
  await tx.recoveryCode.createMany({
    data: codes.map((code) => ({ userId, codeHash: recoveryHash(userId, code) as Uint8Array<ArrayBuffer> })),
  });
  return codes;
}

/** How many of the person's recovery codes are left. */
export function countRecoveryCodes(tx: SystemTx, userId: string): Promise<number> {
  return tx.recoveryCode.count({ where: { userId, usedAt: null } });
}
