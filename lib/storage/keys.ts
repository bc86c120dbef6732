import { createHmac, hkdfSync, timingSafeEqual } from "node:crypto";
import { readFileSync, statSync } from "node:fs";
import { env, keyIdOf } from "@/lib/env";
import { joinFields, KEY_BYTES, openBytes, SealError, sealBytes } from "@/lib/storage/aes-gcm";

/**
 * The key ring. One master key outside the database; from it a key for every district, one for the exchange and one for
 * sign-in, which wrap the keys of files and packages and the secrets of second factors. A wrapped blob tells which master key it needs, so that a rotation finds what
 * is still to be wrapped anew:
 *
 *     format (1 byte, 1) ‖ key id (4 bytes) ‖ nonce (12) ‖ ciphertext ‖ tag (16)
 */

const FORMAT = 1;
const HEADER_BYTES = 1 + 4;
const MAC_BYTES = 32;

export type Keys = {
  /** The pepper of authorization codes and passwords, 32 bytes. */
  pepper(): Buffer;
  /** The id of the master key in use, 4 bytes: bytes 2 to 5 of every blob that needs no wrapping anew. */
  currentKeyId(): Buffer;
  /** Wraps a key, or another short secret of a district (an authorization code while it is pending), bound to `aad`. */
  wrapForDistrict(districtId: string, secret: Buffer, aad: Buffer): Buffer;
  /** Throws `SealError` for another district, other `aad`, altered bytes, or a master key that isn't in the ring. */
  unwrapForDistrict(districtId: string, blob: Buffer, aad: Buffer): Buffer;
  /** As for a district, for packages that wait for no code (documents). */
  wrapForExchange(secret: Buffer, aad: Buffer): Buffer;
  /** Throws `SealError`, as `unwrapForDistrict`. */
  unwrapForExchange(blob: Buffer, aad: Buffer): Buffer;
  /** Signs the head of an audit chain, so that nobody without the master key can make one up: HMAC-SHA256, 32 bytes. */
  signAuditHead(head: Buffer): Buffer;
  /** Whether a head was signed with a master key of the ring. */
  isSignedAuditHead(head: Buffer, signature: Buffer): boolean;
  /** As for a district, for what a person signs in with: it belongs to none. */
  wrapForSignIn(secret: Buffer, aad: Buffer): Buffer;
  /** Throws `SealError`, as `unwrapForDistrict`. */
  unwrapForSignIn(blob: Buffer, aad: Buffer): Buffer;
};

/** A key ring of the given 32-byte keys: wraps with `current`, opens with all. Throws RangeError for other lengths. */
export function makeKeys(material: { current: Buffer; older?: readonly Buffer[]; pepper: Buffer }): Keys {
  const masters = [material.current, ...(material.older ?? [])];
  if ([...masters, material.pepper].some((key) => key.length !== KEY_BYTES)) {
    throw new RangeError("keys and pepper have 32 bytes each");
  }
  const header = Buffer.concat([Buffer.of(FORMAT), keyIdOf(material.current)]);

  const wrap = (derive: (master: Buffer) => Buffer, secret: Buffer, aad: Buffer) =>
    Buffer.concat([header, sealBytes(derive(material.current), secret, Buffer.concat([header, aad]))]);

  const unwrap = (derive: (master: Buffer) => Buffer, blob: Buffer, aad: Buffer) => {
    const itsHeader = blob.subarray(0, HEADER_BYTES);
    const master = masters.find((candidate) => keyIdOf(candidate).equals(itsHeader.subarray(1)));
    if (!master || itsHeader[0] !== FORMAT) throw new SealError();
    return openBytes(derive(master), blob.subarray(HEADER_BYTES), Buffer.concat([itsHeader, aad]));
  };

  return {
    pepper: () => material.pepper,
    currentKeyId: () => keyIdOf(material.current),
    wrapForDistrict: (districtId, secret, aad) =>
      wrap((master) => districtKek(master, districtId, FORMAT), secret, aad),
    unwrapForDistrict: (districtId, blob, aad) =>
      unwrap((master) => districtKek(master, districtId, FORMAT), blob, aad),
    wrapForExchange: (secret, aad) => wrap((master) => exchangeKek(master, FORMAT), secret, aad),
    unwrapForExchange: (blob, aad) => unwrap((master) => exchangeKek(master, FORMAT), blob, aad),
    signAuditHead: (head) => auditHeadMac(material.current, head),
    isSignedAuditHead: (head, signature) =>
      masters.some(
        (master) => signature.length === MAC_BYTES && timingSafeEqual(auditHeadMac(master, head), signature),
      ),
    wrapForSignIn: (secret, aad) => wrap((master) => signInKek(master, FORMAT), secret, aad),
    unwrapForSignIn: (blob, aad) => unwrap((master) => signInKek(master, FORMAT), blob, aad),
  };
}

/** The key that wraps a district's keys: HKDF-SHA256 (RFC 5869) of the master key, 32 bytes. */
export function districtKek(masterKey: Buffer, districtId: string, version: number): Buffer {
  return derive(masterKey, joinFields("baton district key", String(version), districtId));
}

/** The key that wraps the packages of document transfers: HKDF-SHA256 of the master key, 32 bytes. */
export function exchangeKek(masterKey: Buffer, version: number): Buffer {
  return derive(masterKey, joinFields("baton exchange key", String(version)));
}

/** The key that wraps the secrets of second factors: HKDF-SHA256 of the master key, 32 bytes. */
function signInKek(masterKey: Buffer, version: number): Buffer {
  return derive(masterKey, joinFields("baton sign-in key", String(version)));
}

function auditHeadMac(masterKey: Buffer, head: Buffer): Buffer {
  return createHmac("sha256", derive(masterKey, joinFields("baton audit head key")))
    .update(head)
    .digest();
}

function derive(masterKey: Buffer, info: Buffer): Buffer {
  return Buffer.from(hkdfSync("sha256", masterKey, Buffer.alloc(0), info, KEY_BYTES));
}

/**
 * The key ring of this installation: BATON_KEY, the older master keys BATON_KEY_OLD, BATON_PEPPER. An embedded installation's lies in a
 * file and may be changed while this process runs, so ask each time: whoever holds on to a ring can't open what others wrap by a newer key.
 */
export function keys(): Keys {
  const { BATON_KEY, BATON_KEY_OLD, BATON_KEY_FILE, BATON_PEPPER } = env();
  const ring = (BATON_KEY_FILE && ringOf(BATON_KEY_FILE)) || { current: BATON_KEY, older: BATON_KEY_OLD };
  return makeKeys({ ...ring, pepper: BATON_PEPPER });
}

type Ring = { current: Buffer; older: readonly Buffer[] };
let read: { file: string; version: string; ring: Ring } | undefined;

/**
 * The ring as the key file holds it now; where it's gone, as it was read last, or null. The file is only ever replaced as a whole, so one
 * that can't be read is an error.
 */
function ringOf(file: string): Ring | null {
  try {
    const { ino, mtimeNs, size } = statSync(/* turbopackIgnore: true */ file, { bigint: true });
    const version = `${ino} ${mtimeNs} ${size}`;
    if (read?.file !== file || read.version !== version) {
      const kept = JSON.parse(readFileSync(/* turbopackIgnore: true */ file, "utf8")) as {
        masterKey: string;
        olderKeys?: string[];
      };
      const bytes = (text: string) => Buffer.from(text, "base64");
      read = { file, version, ring: { current: bytes(kept.masterKey), older: (kept.olderKeys ?? []).map(bytes) } };
    }
    return read.ring;
  } catch (error) {
    const { code, syscall } = error as NodeJS.ErrnoException;
    // Removed, by the end of a throwaway demo say: what was read last is still right.
    if (code === "ENOENT") return read?.file === file ? read.ring : null;
    // Not the error itself: a parser's words quote the file, and errors are logged.
    throw new Error(`the key file can't be read (${syscall ? code : "it's damaged"})`);
  }
}
