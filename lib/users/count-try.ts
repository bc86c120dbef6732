import type { SystemTx } from "@/lib/db/types";

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
const kinds = ["device", "session", "name-pair", "pair", "none-pair", "name", "account", "none", "address"];
const narrowKinds = ["device", "session", "name-pair", "pair", "none-pair"];

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

  const places = Array.from({ length: Math.max(input.places, input.accounts.length) }, (_, i) => input.accounts[i]);
  const pairKey = (account: string | undefined, i: number) =>
    account === undefined ? `none-pair:${network} ${i} ${name}` : `pair:${network} ${account}`;
  const pairs = places.map(pairKey);
  const pairLocks = await take(tx, few, pairs);
  const roomNear = input.accounts.filter((account, i) => pairLocks.get(pairKey(account, i)) === 0);

  const far = await count(tx, [[many, `name:${name}`]]);
  if (far.lockedMinutes > 0) return closed(far, [...near.keys, ...pairs]);
  // An account that refuses by its pair isn't counted further: from one address nobody locks it for the others.
  const accounts = places.map((account, i) =>
    account !== undefined && roomNear.includes(account) ? `account:${account}` : `none:${i} ${name}`,
  );
  const accountLocks = await take(tx, many, accounts);

  const caller = await count(tx, addressSteps(network));
  const counted = closed(caller, [...near.keys, ...pairs, ...far.keys, ...accounts]);
  if (caller.lockedMinutes > 0) return counted;
  return { ...counted, open: new Set(roomNear.filter((account) => accountLocks.get(`account:${account}`) === 0)) };
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

/** The name that was counted with a password's try; null where a known device's counter took its place. */
export const nameOfTry = (keys: readonly string[]): string | null =>
  keys.find((key) => kindOf(key) === "name")?.slice("name:".length) ?? null;

/** As `countTry`, from browsers where the person signed in before: ten for each in fifteen minutes, whatever strangers try elsewhere. */
export async function countDeviceTry(tx: SystemTx, devices: readonly string[]): Promise<CountedTry> {
  if (devices.length === 0) return { keys: [], lockedMinutes: 0 };
  const keys = inOrder(devices.map((device) => `device:${device}`));
  const locks = await take(tx, few, keys);
  return { keys, lockedMinutes: Math.max(...locks.values()) };
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
  keys.filter((key) => ids.some((id) => key.endsWith(` ${id}`) || key === `account:${id}` || key === `device:${id}`));

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
  const keys = inOrder([`pair:${network} ${userId}`, `account:${userId}`, ...names]);
  await tx.$executeRaw`
    with held as materialized (
      select a.key from unnest(${keys}::text[]) with ordinality as k(key, n) join attempt a on a.key = k.key order by k.n for update of a)
    delete from attempt a using held where a.key = held.key`;
}

/** What an address is counted as: of IPv6 its network of 64 bits, which one customer has to themselves. */
export function networkOf(ip: string): string {
  const bracketed = `http://[${ip.replace(/%.*$/, "")}]`;
  if (!ip.includes(":") || !URL.canParse(bracketed)) return ip;
  const [head = "", tail] = new URL(bracketed).hostname.slice(1, -1).split("::");
  const groups = (text: string) => text.split(":").filter(Boolean);
  const after = tail === undefined ? [] : groups(tail);
  const zeros = Array.from({ length: 8 - groups(head).length - after.length }, () => "0");
  return `${[...groups(head), ...zeros, ...after].slice(0, 4).join(":")}::/64`;
}
