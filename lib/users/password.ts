import { hash, verify } from "@node-rs/argon2";
import { DomainError } from "@/lib/errors";

// OWASP Password Storage Cheat Sheet: argon2id, 19 MiB, two passes, one lane.
const cost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

/** argon2id hash of a password; about 20 ms of one core. Never inside a transaction. */
export function hashPassword(password: string): Promise<string> {
  return hash(password.normalize("NFKC"), cost);
}

let nobody: Promise<string> | undefined;

/** Whether the password is the hash's. With no hash it takes the same time, so that nobody learns which accounts exist. */
export async function passwordMatches(password: string, passwordHash: string | null): Promise<boolean> {
  nobody ??= hashPassword("no such account");
  const right = await verify(passwordHash ?? (await nobody), password.normalize("NFKC"));
  return right && passwordHash !== null;
}

/** NIST SP 800-63B-4, 3.1.1.2: the minimum of a single factor. */
export const shortestPassword = 15;
/** The same section asks for 64 at least; more than this would only cost time to hash. */
export const longestPassword = 256;

// What the lists of common passwords hold of fifteen characters and more: one word over and over, with digits around it.
const commonWords =
  /password|passwort|letmein|welcome|changeme|administrator|qwertyuiop|asdfghjkl|zxcvbnm|qwerty|1qaz2wsx|3edc4rfv|baseball|football|iloveyou|sunshine|princess|monkey|dragon|superman|trustno1|computer|whatever|abcdefghijklmnop|abc123|school|district|teacher|student|baton/g;
const rows = ["abcdefghijklmnopqrstuvwxyz", "qwertyuiopasdfghjklzxcvbnm", "01234567890123456789012345678901234567890"];

/**
 * Throws `password-weak` unless the password has 15 characters or more, and something is left of it without the common words, the
 * person's own (e-mail, name, district), and rows of the keyboard.
 */
export function demandStrongPassword(password: string, own: readonly string[]): void {
  if ([...password].length < shortestPassword) throw new DomainError("password-weak", { reason: "short" });
  const plain = password.normalize("NFKC").toLowerCase();
  let rest = own
    .flatMap((text) => text.toLowerCase().split(/[\s@]+/))
    .filter((word) => word.length > 3)
    .reduce((left, word) => left.replaceAll(word, ""), plain);
  rest = withoutRows(rest.replaceAll(commonWords, "")).replaceAll(/[\d\s!?.,_@#$*-]/g, "");
  if (new Set(plain).size < 5 || new Set(rest).size < 4 || /^(.{1,5})\1+.{0,4}$/.test(plain))
    throw new DomainError("password-weak", { reason: "common" });
}

function withoutRows(text: string): string {
  let rest = text;
  for (const row of rows) {
    for (const line of [row, [...row].reverse().join("")]) {
      for (let length = Math.min(line.length, rest.length); length >= 4; length--) {
        for (let start = 0; start + length <= line.length; start++)
          rest = rest.replaceAll(line.slice(start, start + length), "");
      }
    }
  }
  return rest;
}
