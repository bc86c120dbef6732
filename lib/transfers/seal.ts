import { createHash, randomBytes } from "node:crypto";
import { hashRaw } from "@node-rs/argon2";
import { joinFields, KEY_BYTES, openBytes, sealBytes } from "@/lib/storage/aes-gcm";

/**
 * The sealed package (trust.md): its items are encrypted under a random data key; the data key is wrapped by a key
 * derived from authorization code and pepper, so that the receiving side can open it with the code alone.
 * What doesn't open throws `SealError` (lib/storage/aes-gcm).
 */

/** OWASP Password Storage Cheat Sheet, argon2id: 19 MiB, 2 passes, 1 lane. Version 0x13 (RFC 9106) by default. */
const ARGON2ID = { algorithm: 2, memoryCost: 19_456 /* KiB */, timeCost: 2, parallelism: 1 } as const;
/** RFC 9106, 3.1: 16 bytes are recommended. */
const SALT_BYTES = 16;

/** A random salt for `deriveFromCode` (16 bytes). A new one for every code. */
export function newSalt(): Buffer {
  return randomBytes(SALT_BYTES);
}

/**
 * What follows from a code: the verifier, which is stored and compared (SHA-256 of the first half of argon2id's
 * output), and the key that wraps the package's data key (the second half), which is never stored. The verifier tells
 * nothing of the wrapping key. Takes some 20 ms and 19 MiB: never inside a transaction.
 *
 * `code` is canonical (as `parseCode` gives it), `salt` 16 bytes, `pepper` 32 bytes from outside the database.
 * Throws TypeError for any other shape, which is a defect of the caller.
 */
export async function deriveFromCode(
  code: string,
  salt: Buffer,
  pepper: Buffer,
): Promise<{ verifier: Buffer; wrapKey: Buffer }> {
  if (!/^[0-9A-HJKMNP-TV-Z]{16}$/.test(code)) throw new TypeError("the code is not canonical");
  if (salt.length !== SALT_BYTES || pepper.length !== KEY_BYTES) throw new TypeError("wrong length of salt or pepper");
  const derived = await hashRaw(code, { ...ARGON2ID, outputLen: 2 * KEY_BYTES, salt, secret: pepper });
  return {
    verifier: createHash("sha256").update(derived.subarray(0, KEY_BYTES)).digest(),
    wrapKey: derived.subarray(KEY_BYTES),
  };
}

/** Wraps a 32-byte key under another, bound to `aad`. Gives 60 bytes: nonce ‖ ciphertext ‖ tag. */
export function wrapKey(key: Buffer, kek: Buffer, aad: Buffer): Buffer {
  if (key.length !== KEY_BYTES) throw new TypeError("only 32-byte keys are wrapped");
  return sealBytes(kek, key, aad);
}

/** The key that `wrapKey` wrapped. Throws `SealError`. */
export function unwrapKey(wrapped: Buffer, kek: Buffer, aad: Buffer): Buffer {
  return openBytes(kek, wrapped, aad);
}

/** Encrypts one item of a package under the package's data key. Gives nonce ‖ ciphertext ‖ tag (28 bytes more). */
export function sealItem(dataKey: Buffer, plaintext: Buffer, aad: Buffer): Buffer {
  return sealBytes(dataKey, plaintext, aad);
}

/** Opens one item of a package. Throws `SealError`. */
export function openItem(dataKey: Buffer, sealed: Buffer, aad: Buffer): Buffer {
  return openBytes(dataKey, sealed, aad);
}

/**
 * What every sealed piece of a package is bound to, so that none can be moved to another transfer, district, version
 * or place. `part` names the place: `"key"`, `"notes"`, `"case:<id>"`; unique within the package. `version` is the
 * version of the item's content format.
 */
export function packageAad(place: {
  transferId: string;
  sendingDistrictId: string;
  receivingDistrictId: string;
  version: number;
  part: string;
}): Buffer {
  return joinFields(
    "baton package",
    place.transferId,
    place.sendingDistrictId,
    place.receivingDistrictId,
    String(place.version),
    place.part,
  );
}
