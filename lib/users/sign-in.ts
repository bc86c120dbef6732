import type { SystemTx } from "@/lib/db/types";
import { DomainError } from "@/lib/errors";
import { auditPerson } from "@/lib/users/audit-person";
import { type Begun, beginSession } from "@/lib/users/begin-session";
import { type CountedTry, countTry, forgiveTry } from "@/lib/users/count-try";
import { passwordMatches } from "@/lib/users/password";

/** Opens the sign-in door (lib/db/system); the domain doesn't know the door itself. */
export type SignInDoor = <T>(run: (tx: SystemTx) => Promise<T>) => Promise<T>;

type Found = { id: string; passwordHash: string | null };

/** People in different districts may have the same username; of more than this many none signs in by it. */
const mostNamesakes = 5;

/**
 * Signs a person in by e-mail or username; a username that several people have, in different districts, by whose password it is. Every try is counted, in a committed transaction of
 * its own, before it's checked; see `countTry` for the limits. Of who has a second factor it's the first half: `finishSignIn` is the
 * other. Throws `wrong-password`, `locked-out`.
 */
export async function signIn(
  system: SignInDoor,
  input: { identifier: string; password: string; ip: string | null; agent: string | null },
): Promise<Begun> {
  const identifier = input.identifier.trim().toLowerCase();
  const { found, tried } = await system(async (tx) => {
    const accounts = await findAccounts(tx, identifier);
    // By the account where there is one, so that e-mail and username don't give a guesser twice the tries.
    const only = accounts.length === 1 ? accounts[0] : undefined;
    return { found: accounts, tried: await countTry(tx, only?.id ?? identifier, input.ip) };
  });
  return enter(system, found, tried, input);
}

/** The try is counted already. Throws `wrong-password`, `locked-out`. */
async function enter(
  system: SignInDoor,
  found: Found[],
  tried: CountedTry,
  input: { password: string; ip: string | null; agent: string | null },
): Promise<Begun> {
  if (tried.lockedMinutes > 0) throw new DomainError("locked-out", { minutes: tried.lockedMinutes });
  const matches = await Promise.all(
    (found.length > 0 ? found : [null]).map(async (one) =>
      (await passwordMatches(input.password, one?.passwordHash ?? null)) ? one : null,
    ),
  );
  const [person, another] = matches.filter((one) => one !== null);
  // Two namesakes with one password: nobody can tell who it is, so that takes the e-mail address.
  if (!person || another) throw new DomainError("wrong-password");
  const { id: userId, passwordHash } = person;
  if (passwordHash === null) throw new DomainError("wrong-password");
  return system(async (tx) => {
    const counted = [tried.narrow, ...tried.wide];
    const begun = await beginSession(tx, { userId, passwordHash, counted, ip: input.ip, agent: input.agent });
    if (!begun) throw new DomainError("wrong-password");
    // With a second factor to come the try stays counted: else each right password would make room for ten more codes.
    if ("half" in begun) return begun;
    await forgiveTry(tx, tried);
    await auditPerson(tx, { userId, ip: input.ip, action: "user.sign-in" });
    return begun;
  });
}

/** Whom the e-mail or username may mean. A membership's username counts once its person has joined, so that inviting takes nobody's. */
async function findAccounts(tx: SystemTx, identifier: string): Promise<Found[]> {
  const rows = await tx.$queryRaw<{ id: string; password_hash: string | null }[]>`
    select u.id, u.password_hash from app_user u
    where u.email = ${identifier}
      or u.id in (select m.user_id from membership m where m.username = ${identifier} and m.disabled_at is null and m.joined_at is not null)
    limit ${mostNamesakes + 1}`;
  return rows.length > mostNamesakes ? [] : rows.map((row) => ({ id: row.id, passwordHash: row.password_hash }));
}
