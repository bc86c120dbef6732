import { DomainError } from "@/lib/errors";
import { auditPerson } from "@/lib/users/audit-person";
import { countOwnTry, forgiveTry } from "@/lib/users/count-try";
import { checkFactor, readFactor, useFactor } from "@/lib/users/factor";
import type { SignInDoor } from "@/lib/users/sign-in";

/**
 * Shows the second factor once more, inside a session: a code of the app or a recovery code; of who has none, the password. It's fresh
 * from then on, for `freshMinutes`. Tries count for the session, before they're checked. Throws `wrong-factor`, `own-password-wrong`, `locked-out`.
 */
export async function confirmFactor(
  system: SignInDoor,
  input: { userId: string; sessionId: string; typed: string; ip: string | null },
): Promise<void> {
  const { userId, sessionId, ip } = input;
  const { row, tried } = await system(async (tx) => ({
    row: await readFactor(tx, userId),
    tried: await countOwnTry(tx, sessionId),
  }));
  if (tried.lockedMinutes > 0) throw new DomainError("locked-out", { minutes: tried.lockedMinutes });
  const wrong = () =>
    row?.totpSecret ? new DomainError("wrong-factor") : new DomainError("own-password-wrong", { field: "password" });
  const shown = row && (await checkFactor(row, input.typed));
  if (!shown) throw wrong();
  await system(async (tx) => {
    if (!(await useFactor(tx, shown))) throw wrong();
    await tx.$executeRaw`update session set factor_at = now() where id = ${sessionId}::uuid and user_id = ${userId}::uuid`;
    await forgiveTry(tx, tried.keys);
    await auditPerson(tx, { userId, ip, action: "sign-in.factor", detail: { by: shown.by } });
  });
}
