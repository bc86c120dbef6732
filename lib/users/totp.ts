import { generateSecret, generateURI, verifySync } from "otplib";
import { joinFields } from "@/lib/storage/aes-gcm";
import { keys } from "@/lib/storage/keys";

// RFC 6238 with what every authenticator app takes: SHA-1, six digits, steps of 30 s. One step of drift either way (section 5.2).
const period = 30;
const shape = { algorithm: "sha1", digits: 6, period } as const;

/** A new secret: 160 random bits (RFC 4226, section 4, R6) as base 32. */
export const newTotpSecret = (): string => generateSecret();

/** The address that a QR code holds for authenticator apps (Google's "Key URI Format"). */
export const totpAddress = (secret: string, email: string): string =>
  generateURI({ ...shape, issuer: "Baton", label: email, secret });

/** The step whose code this is, if it's a right one and newer than `after`; else null. A code is six digits. */
export function totpStep(secret: string, code: string, after: number | null): number | null {
  if (!/^[0-9]{6}$/.test(code)) return null;
  const found = verifySync({ ...shape, secret, token: code, epochTolerance: period });
  return found.valid && "timeStep" in found && found.timeStep > (after ?? -1) ? found.timeStep : null;
}

/** What a person's wrapped secret is bound to. */
export const totpBound = (userId: string): Buffer => joinFields("totp", userId);

/** Wraps a secret for its row, bound to its person. */
export const sealTotpSecret = (userId: string, secret: string): Uint8Array<ArrayBuffer> =>
  new Uint8Array(keys().wrapForSignIn(Buffer.from(secret), totpBound(userId)));

/** Opens what `sealTotpSecret` made for the same person. Throws `SealError` for anything else. */
export const openTotpSecret = (userId: string, sealed: Uint8Array): string =>
  keys().unwrapForSignIn(Buffer.from(sealed), totpBound(userId)).toString();
