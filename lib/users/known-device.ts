import { createHmac, randomBytes, timingSafeEqual } from "node:crypto";
import { joinFields } from "@/lib/storage/aes-gcm";
import { keys } from "@/lib/storage/keys";

// OWASP, Slow Down Online Guessing Attacks with Device Cookies: a browser where a person signed in before has tries of its own, so that
// strangers' tries, however many, don't lock the person out. It opens nothing: the password and the second factor are asked for as ever.

/** How long a browser is known after the last sign-in there, in days. */
export const knownDeviceDays = 180;
/** How many people one browser knows; a front office's has several. */
const mostPeople = 5;

const today = () => Math.floor(Date.now() / 86_400_000);
/** Signed with the pepper and bound to the account; the account itself doesn't stand in it. */
const sign = (userId: string, day: string, nonce: string) =>
  createHmac("sha256", keys().pepper())
    .update(joinFields("known device", userId, day, nonce))
    .digest();

function newDevice(userId: string): string {
  const [day, nonce] = [String(today()), randomBytes(16).toString("base64url")];
  return `${day}.${nonce}.${sign(userId, day, nonce).toString("base64url")}`;
}

/** By what the cookie's tries for this account are counted; null where it wasn't made for it, was altered, or is too old. */
export function knownDevice(cookie: string, userId: string): string | null {
  for (const entry of entries(cookie)) {
    const [day = "", nonce = "", mac = ""] = entry.split(".");
    const given = Buffer.from(mac, "base64url");
    const right = sign(userId, day, nonce);
    if (given.length !== right.length || !timingSafeEqual(given, right)) continue;
    const age = today() - Number(day);
    if (age >= 0 && age <= knownDeviceDays) return nonce;
  }
  return null;
}

/** The cookie after this person signed in whole: theirs in front, the others' kept. */
export function withDevice(cookie: string, userId: string): string {
  const others = entries(cookie).filter((entry) => knownDevice(entry, userId) === null);
  return [newDevice(userId), ...others].slice(0, mostPeople).join("~");
}

const entries = (cookie: string): string[] =>
  cookie.split("~", mostPeople).filter((entry) => /^\d{1,6}\.[\w-]{22}\.[\w-]{43}$/.test(entry));
