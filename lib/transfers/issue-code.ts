import { keys } from "@/lib/storage/keys";
import { newCode, parseCode } from "@/lib/transfers/authorization-code";
import { bound, type Place } from "@/lib/transfers/package-place";
import { deriveFromCode, newSalt, wrapKey } from "@/lib/transfers/seal";

/** A code with all that follows from it. The code itself is kept for the sender, wrapped, while the transfer is pending. */
export async function issueCode(place: Place, dataKey: Buffer) {
  const code = newCode();
  const parsed = parseCode(code);
  if (!parsed.ok) throw new Error("a new code doesn't parse");
  const salt = newSalt();
  const { verifier, wrapKey: codeKey } = await deriveFromCode(parsed.code, salt, keys().pepper());
  return {
    salt,
    verifier,
    codeSealed: keys().wrapForDistrict(place.sendingDistrictId, Buffer.from(code), bound(place, "code")),
    keyByCode: wrapKey(dataKey, codeKey, bound(place, "key by code")),
  };
}

/** Midnight-free expiry: so many days from now, to the second. */
export const expiryAfter = (days: number): Date => new Date(Date.now() + days * 86_400_000);
