import type { SystemTx } from "@/lib/db/types";

type Limit = { key: string; most: number; minutes: number };

/** A try that was counted, for `forgiveTry`. */
export type CountedTry = {
  /** The keys it counts against, the narrowest first: rows of `attempt` are always taken in this order. */
  narrow: string;
  wide: string[];
  /** Minutes until the next try is checked; 0 when this one may be. */
  lockedMinutes: number;
};

// By account and address together, so that nobody locks a person out from elsewhere; by account alone against a guesser with many
// addresses. A school sits behind one address: its limit counts the tries that failed, over all accounts.
function limitsOf(accountOrName: string, ip: string | null): { narrow: Limit; wide: Limit[] } {
  const account = accountOrName.slice(0, 254);
  const network = ip === null ? null : networkOf(ip);
  return {
    narrow: { key: `pair:${network ?? "-"} ${account}`, most: 10, minutes: 15 },
    wide: [
      { key: `account:${account}`, most: 100, minutes: 60 },
      ...(network === null ? [] : [{ key: `address:${network}`, most: 100, minutes: 15 }]),
    ],
  };
}

/**
 * Counts a try of a password before it's checked: ten for an account from one address in fifteen minutes, a hundred for an account in
 * an hour, a hundred that failed for an address in fifteen minutes. A try that one limit refuses counts against none of the wider ones
 * and makes no lock longer. To be committed before the password is looked at, or parallel tries would each find room.
 */
export function countTry(tx: SystemTx, accountOrName: string, ip: string | null): Promise<CountedTry> {
  const { narrow, wide } = limitsOf(accountOrName, ip);
  return count(tx, narrow, wide);
}

/** As `countTry`, for who is signed in and gives their own password: ten for a session, whatever others try at the account. */
export function countOwnTry(tx: SystemTx, sessionId: string): Promise<CountedTry> {
  return count(tx, { key: `session:${sessionId}`, most: 10, minutes: 15 }, []);
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
  const caller: Limit = { key: `reset-from:${ip === null ? "-" : networkOf(ip)}`, most: 30, minutes: 60 };
  const { lockedMinutes } = await count(tx, caller, []);
  if (lockedMinutes > 0) return { lockedMinutes, tooMany: false };
  const asked = await count(tx, { key: `reset:${email.slice(0, 254)}`, most: 3, minutes: 60 }, []);
  return { lockedMinutes: 0, tooMany: asked.lockedMinutes > 0 };
}

async function count(tx: SystemTx, narrow: Limit, wide: Limit[]): Promise<CountedTry> {
  let lockedMinutes = 0;
  for (const { key, most, minutes } of [narrow, ...wide]) {
    const [row] = await tx.$queryRaw<{ count: number; minutes: number }[]>`
      insert into attempt as a (key, count, since) values (${key}, 1, now())
      on conflict (key) do update set
        count = case when a.since < now() - make_interval(mins => ${minutes}::int) then 1 else a.count + 1 end,
        since = case when a.since < now() - make_interval(mins => ${minutes}::int) then now() else a.since end
      returning count, ceil(extract(epoch from since + make_interval(mins => ${minutes}::int) - now()) / 60)::int minutes`;
    if (row && row.count > most) {
      lockedMinutes = Math.max(1, row.minutes);
      break;
    }
  }
  return { narrow: narrow.key, wide: wide.map(({ key }) => key), lockedMinutes };
}

/** A try was right: the account begins anew at this address, and the wider counts get their try back. */
export async function forgiveTry(tx: SystemTx, tried: Pick<CountedTry, "narrow" | "wide">): Promise<void> {
  await tx.$executeRaw`delete from attempt where key = ${tried.narrow}`;
  for (const key of tried.wide)
    await tx.$executeRaw`update attempt set count = greatest(count - 1, 0) where key = ${key}`;
}

/** The account begins anew at this address and altogether: its person chose a new password by a link. */
export async function forgetTries(tx: SystemTx, userId: string, ip: string | null): Promise<void> {
  const { narrow } = limitsOf(userId, ip);
  await tx.$executeRaw`delete from attempt where key = ${narrow.key}`;
  await tx.$executeRaw`delete from attempt where key = ${`account:${userId}`}`;
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
