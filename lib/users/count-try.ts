import type { SystemTx } from "@/lib/db/types";

// Per quarter of an hour. A school sits behind one address: its limit counts the tries that failed, over all accounts.
const triesPerAccount = 10;
const triesPerAddress = 100;
const windowMinutes = 15;

export type CountedTry = {
  account: string;
  address: string | null;
  /** Minutes until the next try is checked; 0 when this one may be. */
  lockedMinutes: number;
};

/**
 * Counts a try of a password before it's checked: ten for an account, a hundred that failed for an address, in fifteen minutes.
 * Tries that come while it's locked don't make the lock longer. To be committed before the password is looked at, or parallel tries
 * would each find room.
 */
export async function countTry(tx: SystemTx, accountOrName: string, ip: string | null): Promise<CountedTry> {
  const account = `account:${accountOrName.slice(0, 254)}`;
  const address = ip ? `address:${ip}` : null;
  const keys = address ? [account, address] : [account];
  const rows = await tx.$queryRaw<{ key: string; count: number; minutes: number }[]>`
    insert into attempt as a (key, count, since) select k, 1, now() from unnest(${keys}::text[]) k order by k
    on conflict (key) do update set
      count = case when a.since < now() - make_interval(mins => ${windowMinutes}::int) then 1 else a.count + 1 end,
      since = case when a.since < now() - make_interval(mins => ${windowMinutes}::int) then now() else a.since end
    returning key, count, ceil(extract(epoch from since + make_interval(mins => ${windowMinutes}::int) - now()) / 60)::int minutes`;
  const locked = rows.filter((row) => row.count > (row.key === address ? triesPerAddress : triesPerAccount));
  return { account, address, lockedMinutes: Math.max(0, ...locked.map((row) => Math.max(1, row.minutes))) };
}

/** A try was right: the account begins anew, and the address gets its try back. Also drops counts that are over. */
export async function forgiveTry(tx: SystemTx, tried: CountedTry): Promise<void> {
  await tx.$executeRaw`update attempt set count = greatest(count - 1, 0) where key = ${tried.address}`;
  await tx.$executeRaw`delete from attempt where key = ${tried.account} or since < now() - make_interval(mins => ${windowMinutes}::int * 2)`;
}
