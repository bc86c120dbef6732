import type { SystemTx } from "@/lib/db/types";
import { networkOf } from "@/lib/users/network-of";

/** Tries that were counted, for `forgiveTry`. */
export type CountedTry = {
  keys: string[];
  /** Minutes until the next try is checked; 0 when this one may be. */
  lockedMinutes: number;
};

type Limit = { most: number; minutes: number };

// What a key counts stands before its colon. The order is the one in which rows of `attempt` are always taken, the narrow ones first:
// else two sign-ins would wait for each other. The narrow ones begin anew when a try was right; the wide ones get that try back.
const few: Limit = { most: 10, minutes: 15 };
const many: Limit = { most: 100, minutes: 60 };
const kinds = [
  "device-name",
  "device",
  "devices",
  "session",
  "name-pair",
  "pair",
  "none-pair",
  "name",
  "account",
  "none",
  "address",
];
const narrowKinds = ["device-name", "device", "session", "name-pair", "pair", "none-pair"];

const kindOf = (key: string) => key.slice(0, key.indexOf(":"));
/** Its kind's place, then its own text; the pair of an account and of nobody's stand in one statement and go by text alone. */
const inOrder = (keys: readonly string[]): string[] => {
  const place = (key: string) =>
    kinds.indexOf(
      kindOf(key)
        .replace(/^none-pair$/, "pair")
        .replace(/^none$/, "account"),
    );
  return [...new Set(keys)].sort((a, b) => place(a) - place(b) || (a < b ? -1 : 1));
};

/** Of each key the minutes that it's locked; 0 where there's room. */
async function take(tx: SystemTx, limit: Limit, keys: readonly string[]): Promise<Map<string, number>> {
  const rows = await tx.$queryRaw<{ key: string; count: number; minutes: number }[]>`
    insert into attempt as a (key, count, since)
    select key, 1, now() from unnest(${inOrder(keys)}::text[]) with ordinality as k(key, n) order by n
    on conflict (key) do update set
      count = case when a.since < now() - make_interval(mins => ${limit.minutes}::int) then 1 else a.count + 1 end,
      since = case when a.since < now() - make_interval(mins => ${limit.minutes}::int) then now() else a.since end
    returning key, count, ceil(extract(epoch from since + make_interval(mins => ${limit.minutes}::int) - now()) / 60)::int minutes`;
  return new Map(rows.map((row) => [row.key, row.count > limit.most ? Math.max(1, row.minutes) : 0]));
}

/** Counts against one key after the other, until one refuses: a try that one limit refuses counts against none of the wider ones. */
async function count(tx: SystemTx, steps: readonly (readonly [Limit, string])[]): Promise<CountedTry> {
  const keys: string[] = [];
  for (const [limit, key] of steps) {
    keys.push(key);
    const lockedMinutes = (await take(tx, limit, [key])).get(key) ?? 0;
    if (lockedMinutes > 0) return { keys, lockedMinutes };
  }
  return { keys, lockedMinutes: 0 };
}

/** Names are what somebody typed, known or not. */
const short = (name: string) => name.slice(0, 254);
// A school sits behind one address: its limit counts the tries that failed, over all accounts.
const addressSteps = (network: string) =>
  network === "-" ? [] : [[{ ...few, most: 100 }, `address:${network}`] as const];

/**
 * Counts a try of a password before it's checked, by the name that was typed and by every account that the name may mean: ten from one
 * address in fifteen minutes, a hundred in an hour; a hundred that failed for an address in fifteen minutes. To be committed before the
 * password is looked at, or parallel tries would each find room.
 *
 * `lockedMinutes` goes by the name and the address alone, which count the same whether the name is anybody's: that an account has no room
 * left (its other name was tried) isn't said, its password just isn't looked at (`open` lacks it). Else a lock that shows up under two
 * names would tell that they are one person's. `places` accounts are counted, of nobody's where there are fewer, so that time tells no more.
 */
export async function countTry(
  tx: SystemTx,
  input: { name: string; accounts: readonly string[]; places: number; ip: string | null },
): Promise<CountedTry & { open: ReadonlySet<string> }> {
  const network = input.ip === null ? "-" : networkOf(input.ip);
  const name = short(input.name);
  const closed = (tried: CountedTry, keys: readonly string[]) => ({
    keys: inOrder([...keys, ...tried.keys]),
    lockedMinutes: tried.lockedMinutes,
    open: new Set<string>(),
  });
  const near = await count(tx, [[few, `name-pair:${network} ${name}`]]);
  if (near.lockedMinutes > 0) return closed(near, []);

  const pairs = await countPairs(tx, { ...input, network, name });
  const far = await count(tx, [[many, `name:${name}`]]);
  if (far.lockedMinutes > 0) return closed(far, [...near.keys, ...pairs.keys]);
  const accounts = await countAccounts(tx, pairs.places);
  const caller = await count(tx, addressSteps(network));
  const counted = closed(caller, [...near.keys, ...pairs.keys, ...far.keys, ...accounts.keys]);
  return caller.lockedMinutes > 0 ? counted : { ...counted, open: accounts.open };
}

/** A place for each account that is counted; who has none left from here, or is nobody, takes a key that refuses nobody. */
type Place = { account: string; none: string; room: boolean };

/** The accounts with this address. */
async function countPairs(
  tx: SystemTx,
  input: { accounts: readonly string[]; places: number; network: string; name: string },
): Promise<{ keys: string[]; places: Place[] }> {
  const { accounts, network, name } = input;
  const keys = Array.from({ length: Math.max(input.places, accounts.length) }, (_, i) =>
    accounts[i] === undefined ? `none-pair:${network} ${i} ${name}` : `pair:${network} ${accounts[i]}`,
  );
  const locks = await take(tx, few, keys);
  const places = keys.map((key, i) => ({
    account: accounts[i] ?? "",
    none: `none:${i} ${name}`,
    room: accounts[i] !== undefined && locks.get(key) === 0,
  }));
  return { keys, places };
}

/** The accounts altogether. One that refuses by its pair isn't counted further: from one address nobody locks it for the others. */
async function countAccounts(
  tx: SystemTx,
  places: readonly Place[],
): Promise<{ keys: string[]; open: ReadonlySet<string> }> {
  const keys = places.map(({ account, none, room }) => (room ? `account:${account}` : none));
  const locks = await take(tx, many, keys);
  const open = places.filter(({ account, room }) => room && locks.get(`account:${account}`) === 0);
  return { keys, open: new Set(open.map(({ account }) => account)) };
}

/**
 * As `countTry`, for who has shown already whose account it is, by the password or an invitation: its lock is said. `name` is the name
 * that the password came with, so that further tries by it are told the same.
 */
export function countAccountTry(
  tx: SystemTx,
  input: { userId: string; name: string | null; ip: string | null },
): Promise<CountedTry> {
  const network = input.ip === null ? "-" : networkOf(input.ip);
  const { userId, name } = input;
  return count(tx, [
    ...(name === null ? [] : [[few, `name-pair:${network} ${name}`] as const]),
    [few, `pair:${network} ${userId}`],
    ...(name === null ? [] : [[many, `name:${name}`] as const]),
    [many, `account:${userId}`],
    ...addressSteps(network),
  ]);
}

/** The name that was counted with a password's try; null where there was none. */
export function nameOfTry(keys: readonly string[]): string | null {
  const name = keys.find((key) => kindOf(key) === "name");
  const here = keys.find((key) => kindOf(key) === "device-name");
  return name?.slice("name:".length) ?? here?.slice(here.indexOf(" ") + 1) ?? null;
}

/**
 * As `countTry`, from a browser where somebody of that name signed in before (`devices`, by account): ten in fifteen minutes, whatever
 * strangers try elsewhere; all such browsers of an account a hundred in an hour. Again the name alone says `lockedMinutes`. Namesakes whom
 * the browser doesn't know (`strangers`) are counted for themselves, unseen: whether there are any changes no answer, here or elsewhere.
 */
export async function countDeviceTry(
  tx: SystemTx,
  input: {
    name: string;
    devices: ReadonlyMap<string, string>;
    strangers: readonly string[];
    places: number;
    ip: string | null;
  },
): Promise<CountedTry & { open: ReadonlySet<string> }> {
  const { devices } = input;
  const [browser = ""] = [...devices.values()].sort();
  const near = await count(tx, [[few, `device-name:${browser} ${short(input.name)}`]]);
  if (near.lockedMinutes > 0) return { ...near, open: new Set() };
  const narrow = [...devices.values()].map((device) => `device:${device}`);
  const narrowLocks = await take(tx, few, narrow);
  const roomNear = [...devices].filter(([, device]) => narrowLocks.get(`device:${device}`) === 0).map(([id]) => id);
  const wide = roomNear.map((id) => `devices:${id}`);
  const wideLocks = await take(tx, many, wide);
  const network = input.ip === null ? "-" : networkOf(input.ip);
  const pairs = await countPairs(tx, { ...input, accounts: input.strangers, network, name: short(input.name) });
  const others = await countAccounts(tx, pairs.places);
  return {
    keys: inOrder([...near.keys, ...narrow, ...wide, ...pairs.keys, ...others.keys]),
    lockedMinutes: 0,
    open: new Set([...roomNear.filter((id) => wideLocks.get(`devices:${id}`) === 0), ...others.open]),
  };
}

/** As `countAccountTry`, from a browser where the person signed in before. */
export function countOwnDeviceTry(
  tx: SystemTx,
  input: { userId: string; name: string | null; device: string },
): Promise<CountedTry> {
  const { userId, name, device } = input;
  return count(tx, [
    ...(name === null ? [] : [[few, `device-name:${device} ${name}`] as const]),
    [few, `device:${device}`],
    [many, `devices:${userId}`],
  ]);
}

/** As `countTry`, for who is signed in and gives their own password: ten for a session, whatever others try at the account. */
export function countOwnTry(tx: SystemTx, sessionId: string): Promise<CountedTry> {
  return count(tx, [[few, `session:${sessionId}`]]);
}

/**
 * Counts that somebody asked for a new password: thirty from one address in an hour, beyond which it's refused; three for one e-mail,
 * known or not, beyond which (`tooMany`) no mail goes out and nobody is told so.
 */
export async function countResetAsk(
  tx: SystemTx,
  email: string,
  ip: string | null,
): Promise<{ lockedMinutes: number; tooMany: boolean }> {
  const caller = `reset-from:${ip === null ? "-" : networkOf(ip)}`;
  const { lockedMinutes } = await count(tx, [[{ most: 30, minutes: 60 }, caller]]);
  if (lockedMinutes > 0) return { lockedMinutes, tooMany: false };
  const asked = await count(tx, [[{ most: 3, minutes: 60 }, `reset:${short(email)}`]]);
  return { lockedMinutes: 0, tooMany: asked.lockedMinutes > 0 };
}

/** Which of the keys count for these accounts or devices. */
export const keysOf = (keys: readonly string[], ids: readonly string[]): string[] =>
  keys.filter((key) =>
    ids.some((id) => key.endsWith(` ${id}`) || [`account:${id}`, `device:${id}`, `devices:${id}`].includes(key)),
  );

/**
 * Tries were right: their narrow counts begin anew, the wider ones get each try back. `back` are keys that only get the try back: of people
 * whom the same name meant. One statement, so that two namesakes who sign in at once don't wait for each other.
 */
export async function forgiveTry(tx: SystemTx, keys: readonly string[], back: readonly string[] = []): Promise<void> {
  const all = inOrder([...keys, ...back]);
  const anew = all.map((key) => narrowKinds.includes(kindOf(key)) && !back.includes(key));
  const tries = all.map((key) => [...keys, ...back].filter((one) => one === key).length);
  await tx.$executeRaw`
    with held as materialized (
        select a.key, k.anew, k.tries from unnest(${all}::text[], ${anew}::bool[], ${tries}::int[]) with ordinality as k(key, anew, tries, n)
        join attempt a on a.key = k.key order by k.n for update of a),
      gone as (delete from attempt a using held where a.key = held.key and held.anew)
    update attempt a set count = greatest(a.count - held.tries, 0) from held where a.key = held.key and not held.anew`;
}

/** The account begins anew at this address and altogether, by all its names: its person chose a new password by a link. */
export async function forgetTries(tx: SystemTx, userId: string, ip: string | null): Promise<void> {
  const network = ip === null ? "-" : networkOf(ip);
  const named = await tx.$queryRaw<{ name: string }[]>`
    select email name from app_user where id = ${userId}::uuid
    union select username from membership where user_id = ${userId}::uuid`;
  const names = named.flatMap(({ name }) => [`name-pair:${network} ${short(name)}`, `name:${short(name)}`]);
  const keys = inOrder([`devices:${userId}`, `pair:${network} ${userId}`, `account:${userId}`, ...names]);
  await tx.$executeRaw`
    with held as materialized (
      select a.key from unnest(${keys}::text[]) with ordinality as k(key, n) join attempt a on a.key = k.key order by k.n for update of a)
    delete from attempt a using held where a.key = held.key`;
}
