import { DomainError } from "@/lib/errors";
import { auditPerson } from "@/lib/users/audit-person";
import { halfHash, halfMinutes } from "@/lib/users/begin-session";
import { countAccountTry, countOwnDeviceTry, forgiveTry, nameOfTry } from "@/lib/users/count-try";
import { checkSecondFactor, readFactor, useFactor } from "@/lib/users/factor";
import { credentialsOf, knownDevice } from "@/lib/users/known-device";
import { startSession } from "@/lib/users/session";
import type { SignInDoor } from "@/lib/users/sign-in";

/**
 * The second half of a sign-in: the code of the app, or a recovery code. Its tries count against the same limits as the password's, before
 * they're checked. Returns the session's token; the half session is used up. Throws `sign-in-over`, `wrong-factor`, `locked-out`.
 */
export async function finishSignIn(
  system: SignInDoor,
  input: { half: string; typed: string; ip: string | null; agent: string | null; devices?: string },
): Promise<string> {
  const tokenHash = halfHash(input.half);
  const { row, tried } = await system(async (tx) => {
    const [half] = await tx.$queryRaw<{ user_id: string; counted: string[] }[]>`
      select user_id, counted from half_session
      where token_hash = ${tokenHash} and created_at > now() - make_interval(mins => ${halfMinutes}::int)`;
    if (!half) throw new DomainError("sign-in-over");
    const { user_id: userId, counted } = half;
    const row = await readFactor(tx, userId);
    const credentials = (await credentialsOf(tx, [userId])).get(userId) ?? "";
    const device = knownDevice(input.devices ?? "", { id: userId, credentials });
    const name = nameOfTry(counted);
    const tried = device
      ? await countOwnDeviceTry(tx, { userId, name, device })
      : await countAccountTry(tx, { userId, name, ip: input.ip });
    return { row, tried };
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
    // Both tries, of the password and of this.
    await forgiveTry(tx, [...half.counted, ...tried.keys]);
    const session = await startSession(tx, { userId, ip: input.ip, agent: input.agent });
    await auditPerson(tx, { userId, ip: input.ip, action: "sign-in.factor", detail: { by: shown.by } });
    await auditPerson(tx, { userId, ip: input.ip, action: "user.sign-in" });
    return session;
  });
}
