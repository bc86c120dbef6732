import { createHmac, randomBytes, timingSafeEqual } from "node:crypto";
import type { SystemTx } from "@/lib/db/types";
import { joinFields } from "@/lib/storage/aes-gcm";
import { keys } from "@/lib/storage/keys";

// OWASP, Slow Down Online Guessing Attacks with Device Cookies: a browser where a person signed in before has tries of its own, so that
// strangers' tries, however many, don't lock the person out. It opens nothing: the password and the second factor are asked for as ever.

/** How long a browser is known after the last sign-in there, in days. */
export const knownDeviceDays = 180;
/** How many people one browser knows; a front office's has several. */
const mostPeople = 5;

const today = () => Math.floor(Date.now() / 86_400_000);

/** An account, and the state of its credentials that a browser is known by. */
export type KnownAccount = { id: string; credentials: string };

/** Signed with the pepper and bound to the account and its credentials; neither stands in it. */
const sign = ({ id, credentials }: KnownAccount, day: string, nonce: string) =>
  createHmac("sha256", keys().pepper())
    .update(joinFields("known device", id, credentials, day, nonce))
    .digest();

/**
 * What changes with a new password, a second factor set up or taken away, and a membership that is disabled, or enabled again: what was
 * known before isn't any more, whoever gathered it. Never leaves the server.
 */
export async function credentialsOf(tx: SystemTx, userIds: readonly string[]): Promise<Map<string, string>> {
  const rows = await tx.$queryRaw<KnownAccount[]>`
    select u.id, jsonb_build_array(u.password_hash, extract(epoch from u.totp_enrolled_at), extract(epoch from u.totp_removed_at),
      (select extract(epoch from max(greatest(m.disabled_at, m.enabled_at))) from membership m where m.user_id = u.id))::text credentials
    from app_user u where u.id = any (${[...userIds]}::uuid[])`;
  return new Map(rows.map(({ id, credentials }) => [id, credentials]));
}

/** By what the cookie's tries for this account are counted; null where it wasn't made for it as it is now, was altered, or is too old. */
export function knownDevice(cookie: string, account: KnownAccount): string | null {
  for (const entry of entries(cookie)) {
    const [day = "", nonce = "", mac = ""] = entry.split(".");
    const given = Buffer.from(mac, "base64url");
    const right = sign(account, day, nonce);
    if (given.length !== right.length || !timingSafeEqual(given, right)) continue;
    const age = today() - Number(day);
    if (age >= 0 && age <= knownDeviceDays) return nonce;
  }
  return null;
}

/** The cookie after this person signed in whole: theirs in front, the others' kept. A browser that is known stays the same one. */
export function withDevice(cookie: string, account: KnownAccount): string {
  const [day, nonce] = [String(today()), knownDevice(cookie, account) ?? randomBytes(16).toString("base64url")];
  const others = entries(cookie).filter((entry) => knownDevice(entry, account) === null);
  return [`${day}.${nonce}.${sign(account, day, nonce).toString("base64url")}`, ...others]
    .slice(0, mostPeople)
    .join("~");
}

const entries = (cookie: string): string[] =>
  cookie.split("~", mostPeople).filter((entry) => /^\d{1,6}\.[\w-]{22}\.[\w-]{43}$/.test(entry));
