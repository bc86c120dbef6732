import { networkOf } from "@/lib/users/network-of";

/** A fixed window of one minute per key. */
type Window = { count: number; ends: number };

const minute = 60_000;
const mostKeys = 100_000;
const windows = new Map<string, Window>();

export type Caller = {
  /** Where the request comes from; a whole school may stand behind one address. */
  address: string | null;
  /** Who is signed in: what their cookie holds, or their id; null for whoever isn't. */
  person: string | null;
  /** The district that the URL names. */
  district: string | null;
};

/**
 * Counts a request and says for how many seconds the caller has to wait; 0 when it may go on. `perMinute` is what one person may ask
 * for; an address (of IPv6 its network) gets ten times that, the people of a district twenty times; who isn't signed in isn't counted for
 * a district, or strangers could use up its requests. In this process alone: it keeps one caller from taking the server away
 * from the others, and isn't what guards codes and passwords (those are counted in the database).
 */
export function secondsToWait({ address, person, district }: Caller, perMinute: number, now = Date.now()): number {
  const keys = [
    [person && `person ${person}`, perMinute],
    [address && `address ${networkOf(address)}`, perMinute * 10],
    [person && district && `district ${district}`, perMinute * 20],
  ] as const;
  for (const [key, most] of keys) {
    if (!key) continue;
    const window = windowOf(key, now);
    window.count += 1;
    // What is refused to one caller isn't counted for all of a district: it would be refused to everybody there.
    if (window.count > most) return Math.ceil((window.ends - now) / 1000);
  }
  return 0;
}

function windowOf(key: string, now: number): Window {
  const known = windows.get(key);
  if (known && known.ends > now) return known;
  if (windows.size >= mostKeys) forget(now);
  const window = { count: 0, ends: now + minute };
  windows.set(key, window);
  return window;
}

/** Whoever makes up keys doesn't fill the memory: what has run out goes, and if that's nothing, the oldest half. */
function forget(now: number): void {
  for (const [key, { ends }] of windows) if (ends <= now) windows.delete(key);
  let left = windows.size >= mostKeys ? mostKeys / 2 : 0;
  for (const key of windows.keys()) {
    if (left-- <= 0) return;
    windows.delete(key);
  }
}

/** The answer to who has to wait. */
export function tooManyRequests(seconds: number): Response {
  return new Response(
    `Too many requests in the last minute. Wait ${seconds} second${seconds === 1 ? "" : "s"}, then go back and try again: what you typed is still there.`,
    {
      status: 429,
      headers: {
        "content-type": "text/plain; charset=utf-8",
        "cache-control": "no-store",
        "retry-after": String(seconds),
        "x-content-type-options": "nosniff",
      },
    },
  );
}
