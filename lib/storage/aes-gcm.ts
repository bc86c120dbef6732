import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";

/**
 * AES-256-GCM with a random nonce (NIST SP 800-38D): at most 2³² messages under one key, so keys are per package, per
 * file, per district, never one for everything.
 */

export const KEY_BYTES = 32;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** What was sealed doesn't open: wrong key, wrong additional data, or altered bytes. Says no more than that. */
export class SealError extends Error {
  override name = "SealError";
  constructor() {
    super("sealed data cannot be opened");
  }
}

/** A random 256-bit key. */
export function newKey(): Buffer {
  return randomBytes(KEY_BYTES);
}

/** Encrypts `plaintext` and binds it to `aad`. Gives nonce (12 bytes) ‖ ciphertext ‖ tag (16 bytes). */
export function sealBytes(key: Buffer, plaintext: Buffer, aad: Buffer): Buffer {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv("aes-256-gcm", key, nonce, { authTagLength: TAG_BYTES });
  cipher.setAAD(aad);
  return Buffer.concat([nonce, cipher.update(plaintext), cipher.final(), cipher.getAuthTag()]);
}

/** Opens what `sealBytes` made with the same key and `aad`. Throws `SealError` for anything else. */
export function openBytes(key: Buffer, sealed: Buffer, aad: Buffer): Buffer {
  if (sealed.length < NONCE_BYTES + TAG_BYTES) throw new SealError();
  const nonce = sealed.subarray(0, NONCE_BYTES);
  const decipher = createDecipheriv("aes-256-gcm", key, nonce, { authTagLength: TAG_BYTES });
  decipher.setAAD(aad);
  decipher.setAuthTag(sealed.subarray(-TAG_BYTES));
  const plaintext = decipher.update(sealed.subarray(NONCE_BYTES, -TAG_BYTES));
  try {
    return Buffer.concat([plaintext, decipher.final()]);
  } catch {
    throw new SealError();
  }
}

/**
 * Joins fields into additional data, each behind its length (4 bytes, big-endian), so that no two different lists of
 * fields give the same bytes ("ab","c" and "a","bc" don't).
 */
export function joinFields(...fields: readonly string[]): Buffer {
  return Buffer.concat(
    fields.flatMap((field) => {
      const bytes = Buffer.from(field, "utf8");
      const length = Buffer.alloc(4);
      length.writeUInt32BE(bytes.length);
      return [length, bytes];
    }),
  );
}
