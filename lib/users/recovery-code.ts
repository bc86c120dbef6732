import { createHmac, randomInt } from "node:crypto";
import { joinFields } from "@/lib/storage/aes-gcm";
import { keys } from "@/lib/storage/keys";

/** How many recovery codes a person gets; each opens the door once in place of the app's code. */
const recoveryCodeCount = 10;

// Crockford's base 32: no I, L, O, U. Twelve symbols are 60 bits.
const alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const length = 12;

/** New recovery codes, in groups of four. They are shown once; the database holds `recoveryHash` of each. */
export function newRecoveryCodes(): string[] {
  return Array.from({ length: recoveryCodeCount }, () =>
    Array.from({ length }, (_, at) => (at > 0 && at % 4 === 0 ? "-" : "") + alphabet[randomInt(32)]).join(""),
  );
}

/**
 * What the database keeps of a recovery code: HMAC-SHA256 with the pepper, bound to the person; random codes need no slow hash. Case,
 * spaces, hyphens, O for 0, I and L for 1 don't matter. Null for what isn't of a code's form.
 */
export function recoveryHash(userId: string, typed: string): Uint8Array<ArrayBuffer> | null {
  const plain = typed.toUpperCase().replaceAll(/[\s-]/g, "").replaceAll("O", "0").replaceAll(/[IL]/g, "1");
  if (plain.length !== length || [...plain].some((symbol) => !alphabet.includes(symbol))) return null;
  const mac = createHmac("sha256", keys().pepper()).update(joinFields("recovery code", userId, plain));
  return new Uint8Array(mac.digest());
}
