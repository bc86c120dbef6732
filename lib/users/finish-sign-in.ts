import { DomainError } from "@/lib/errors";
import { auditPerson } from "@/lib/users/audit-person";
import { halfHash, halfMinutes } from "@/lib/users/begin-session";
import { countTry, forgiveTry } from "@/lib/users/count-try";
import { checkSecondFactor, readFactor, useFactor } from "@/lib/users/factor";
import { startSession } from "@/lib/users/session";
import type { SignInDoor } from "@/lib/users/sign-in";

/**
 * The second half of a sign-in: the code of the app, or a recovery code. Its tries count against the same limits as the password's, before
 * they're checked. Returns the session's token; the half session is used up. Throws `sign-in-over`, `wrong-factor`, `locked-out`.
 */
export async function finishSignIn(
  system: SignInDoor,
  input: { half: string; typed: string; ip: string | null; agent: string | null },
): Promise<string> {
  const tokenHash = halfHash(input.half);
  const { row, tried } = await system(async (tx) => {
    const [half] = await tx.$queryRaw<{ user_id: string }[]>`
      select user_id from half_session
      where token_hash = ${tokenHash} and created_at > now() - make_interval(mins => ${halfMinutes}::int)`;
    if (!half) throw new DomainError("sign-in-over");
    return { row: await readFactor(tx, half.user_id), tried: await countTry(tx, half.user_id, input.ip) };
  });
  if (tried.lockedMinutes > 0) throw new DomainError("locked-out", { minutes: tried.lockedMinutes });
  const shown = row && checkSecondFactor(row, input.typed);
  if (!shown) throw new DomainError("wrong-factor");
  const { userId } = shown;
  return system(async (tx) => {
    if (!(await useFactor(tx, shown))) throw new DomainError("wrong-factor");
    // A half session makes one session; a new password or a reset has taken it away.
    const [half] = await tx.$queryRaw<{ counted: string[] }[]>`
      delete from half_session where token_hash = ${tokenHash} and user_id = ${userId}::uuid returning counted`;
    if (!half) throw new DomainError("sign-in-over");
    const [narrow = "", ...wide] = half.counted;
    await forgiveTry(tx, { narrow, wide });
    await forgiveTry(tx, tried);
    const session = await startSession(tx, { userId, ip: input.ip, agent: input.agent });
    await auditPerson(tx, { userId, ip: input.ip, action: "sign-in.factor", detail: { by: shown.by } });
    await auditPerson(tx, { userId, ip: input.ip, action: "user.sign-in" });
    return session;
  });
}
