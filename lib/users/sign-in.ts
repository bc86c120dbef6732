import type { SystemTx } from "@/lib/db/types";
import { DomainError } from "@/lib/errors";
import { auditPerson } from "@/lib/users/audit-person";
import { type Begun, beginSession } from "@/lib/users/begin-session";
import { countDeviceTry, countTry, forgiveTry, keysOf } from "@/lib/users/count-try";
import { credentialsOf, knownDevice } from "@/lib/users/known-device";
import { passwordMatches } from "@/lib/users/password";

/** Opens the sign-in door (lib/db/system); the domain doesn't know the door itself. */
export type SignInDoor = <T>(run: (tx: SystemTx) => Promise<T>) => Promise<T>;

type Found = { id: string; passwordHash: string | null };

/** People in different districts may have the same username; of more than this many none signs in by it. */
const mostNamesakes = 5;

/** Whose password may be looked at, and what of the try was counted. */
type Tried = {
  found: Found[];
  open: ReadonlySet<string>;
  /** Of whom the browser knows, by what it counts. */
  devices: ReadonlyMap<string, string>;
  keys: string[];
  lockedMinutes: number;
};

/**
 * Signs a person in by e-mail or username; a username that several people have, in different districts, by whose password it is. Every
 * try is counted, in a committed transaction of its own, before it's checked: see `countTry` for the limits, `countDeviceTry` for those of
 * a browser that the person signed in with before (`devices`, its cookie). Of who has a second factor it's the first half:
 * `finishSignIn` is the other. Throws `wrong-password`, `locked-out`.
 */
export async function signIn(
  system: SignInDoor,
  input: { identifier: string; password: string; ip: string | null; agent: string | null; devices?: string },
): Promise<Begun> {
  const name = input.identifier.trim().toLowerCase();
  // An e-mail is one person's, and no username looks like one: the form of what was typed alone says how many hashes are looked at.
  const places = name.includes("@") ? 1 : mostNamesakes;
  const tried = await system((tx) => countAll(tx, { ...input, name, places }));
  return enter(system, tried, { ...input, places });
}

/** Counts the try: where the browser knows somebody of the name, by the browser; else by name, account, and address. */
async function countAll(
  tx: SystemTx,
  input: { name: string; places: number; ip: string | null; devices?: string },
): Promise<Tried> {
  const found = await findAccounts(tx, input.name);
  const credentials = await credentialsOf(
    tx,
    found.map(({ id }) => id),
  );
  const devices = new Map(
    found.flatMap(({ id }) => {
      const device = knownDevice(input.devices ?? "", { id, credentials: credentials.get(id) ?? "" });
      return device === null ? [] : [[id, device] as const];
    }),
  );
  const strangers = found.map(({ id }) => id).filter((id) => !devices.has(id));
  const counted =
    devices.size > 0
      ? await countDeviceTry(tx, { ...input, devices, strangers })
      : await countTry(tx, { ...input, accounts: strangers });
  return { ...counted, found, devices };
}

/** The try is counted already. Throws `wrong-password`, `locked-out`. */
async function enter(
  system: SignInDoor,
  tried: Tried,
  input: { password: string; places: number; ip: string | null; agent: string | null },
): Promise<Begun> {
  if (tried.lockedMinutes > 0) throw new DomainError("locked-out", { minutes: tried.lockedMinutes });
  const open = tried.found.filter(({ id }) => tried.open.has(id));
  // As many hashes whether the name is nobody's, one person's, or several people's: else time would tell.
  const looked = Array.from({ length: input.places }, (_, i) => open[i] ?? null);
  const matches = await Promise.all(
    looked.map(async (one) => ((await passwordMatches(input.password, one?.passwordHash ?? null)) ? one : null)),
  );
  const [person, another] = matches.filter((one) => one !== null);
  // Two namesakes with one password: nobody can tell who it is, so that takes the e-mail address.
  if (!person || another) throw new DomainError("wrong-password");
  const { id: userId, passwordHash } = person;
  if (passwordHash === null) throw new DomainError("wrong-password");
  const namesakes = tried.found.map(({ id }) => id).filter((id) => id !== userId);
  const theirs = keysOf(tried.keys, [...namesakes, ...namesakes.flatMap((id) => tried.devices.get(id) ?? [])]);
  return system(async (tx) => {
    const counted = tried.keys.filter((key) => !theirs.includes(key));
    const begun = await beginSession(tx, { userId, passwordHash, counted, ip: input.ip, agent: input.agent });
    if (!begun) throw new DomainError("wrong-password");
    // With a second factor to come the try stays counted: else each right password would make room for ten more codes.
    await forgiveTry(tx, "half" in begun ? [] : counted, theirs);
    if ("half" in begun) return begun;
    await auditPerson(tx, { userId, ip: input.ip, action: "user.sign-in" });
    return begun;
  });
}

/** Whom the e-mail or username may mean. A membership's username counts once its person has joined, so that inviting takes nobody's. */
async function findAccounts(tx: SystemTx, name: string): Promise<Found[]> {
  const rows = await tx.$queryRaw<{ id: string; password_hash: string | null }[]>`
    select u.id, u.password_hash from app_user u
    where u.email = ${name}
      or u.id in (select m.user_id from membership m where m.username = ${name} and m.disabled_at is null and m.joined_at is not null)
    limit ${mostNamesakes + 1}`;
  return rows.length > mostNamesakes ? [] : rows.map((row) => ({ id: row.id, passwordHash: row.password_hash }));
}
