import { createHash, randomBytes } from "node:crypto";
import type { SystemTx } from "@/lib/db/types";
import { DomainError } from "@/lib/errors";

/** How long the link for a new password works, from the moment that its mail is sent. */
export const resetMinutes = 60;

/** What the database keeps of a reset's token. */
export const resetHash = (token: string): Uint8Array<ArrayBuffer> =>
  new Uint8Array(createHash("sha256").update(token).digest());

/**
 * Makes the secret of a link for a new password, for the worker that is about to mail it: neither the job nor the mail's row holds it.
 * Throws `not-there` when the membership is gone, or never was.
 */
export async function issueReset(tx: SystemTx, input: { districtId: string; membershipId: string }): Promise<string> {
  const token = randomBytes(32).toString("base64url");
  const made = await tx.$executeRaw`
    insert into password_reset (user_id, token_hash, expires_at)
    select u.id, ${resetHash(token)}, now() + make_interval(mins => ${resetMinutes}::int)
    from membership m join app_user u on u.id = m.user_id and u.email = m.email
    where m.district_id = ${input.districtId}::uuid and m.id = ${input.membershipId}::uuid and m.disabled_at is null and m.joined_at is not null`;
  if (made === 0) throw new DomainError("not-there");
  return token;
}
