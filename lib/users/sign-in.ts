import type { SystemTx } from "@/lib/db/types";
import { DomainError } from "@/lib/errors";
import { auditPerson } from "@/lib/users/audit-person";
import { type CountedTry, countTry, forgiveTry } from "@/lib/users/count-try";
import { passwordMatches } from "@/lib/users/password";
import { startSession } from "@/lib/users/session";

/** Opens the sign-in door (lib/db/system); the domain doesn't know the door itself. */
export type SignInDoor = <T>(run: (tx: SystemTx) => Promise<T>) => Promise<T>;

type Found = { id: string; passwordHash: string | null };

/**
 * Signs a person in by e-mail, or by username where it belongs to one person only. Every try is counted, in a committed transaction of
 * its own, before it's checked; see `countTry` for the limits. Returns the session's token. Throws `wrong-password`, `locked-out`.
 */
export async function signIn(
  system: SignInDoor,
  input: { identifier: string; password: string; ip: string | null; agent: string | null },
): Promise<string> {
  const identifier = input.identifier.trim().toLowerCase();
  const { found, tried } = await system(async (tx) => {
    const account = await findAccount(tx, identifier);
    // By the account where there is one, so that e-mail and username don't give a guesser twice the tries.
    return { found: account, tried: await countTry(tx, account?.id ?? identifier, input.ip) };
  });
  return enter(system, found, tried, input);
}

/** The second half of a sign-in: the try is counted already. Throws `wrong-password`, `locked-out`. */
async function enter(
  system: SignInDoor,
  found: Found | null,
  tried: CountedTry,
  input: { password: string; ip: string | null; agent: string | null },
): Promise<string> {
  if (tried.lockedMinutes > 0) throw new DomainError("locked-out", { minutes: tried.lockedMinutes });
  if (!(await passwordMatches(input.password, found?.passwordHash ?? null)) || !found)
    throw new DomainError("wrong-password");
  return system(async (tx) => {
    await forgiveTry(tx, tried);
    const token = await startSession(tx, { userId: found.id, ip: input.ip, agent: input.agent });
    await auditPerson(tx, { userId: found.id, ip: input.ip, action: "user.sign-in" });
    return token;
  });
}

async function findAccount(tx: SystemTx, identifier: string): Promise<Found | null> {
  const rows = await tx.$queryRaw<{ id: string; password_hash: string | null }[]>`
    select distinct u.id, u.password_hash from app_user u
    where u.email = ${identifier} or u.id in (select m.user_id from membership m where m.username = ${identifier} and m.disabled_at is null)
    limit 2`;
  const row = rows[0];
  // A username that several districts gave to different people needs the e-mail address.
  return row && rows.length === 1 ? { id: row.id, passwordHash: row.password_hash } : null;
}
