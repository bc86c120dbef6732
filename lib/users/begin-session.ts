import { createHash, randomBytes } from "node:crypto";
import type { SystemTx } from "@/lib/db/types";
import { startSession } from "@/lib/users/session";

/** How long the second factor may take after the password. */
export const halfMinutes = 10;

/** What the database keeps of a half session's token. */
export const halfHash = (token: string): Uint8Array<ArrayBuffer> =>
  new Uint8Array(createHash("sha256").update(token).digest());

/** Signed in (`session`), or the second factor is still to come (`half`). The token goes into a cookie; only its hash is stored. */
export type Begun = { session: string } | { half: string };

/**
 * Starts a session for who gave the right password; of who has a second factor, a half one that opens nothing. The one way to a session
 * past the password. Null when the password was changed meanwhile. `counted` are the keys of the password's try: a half session holds them.
 */
export async function beginSession(
  tx: SystemTx,
  input: { userId: string; passwordHash: string; counted: readonly string[]; ip: string | null; agent: string | null },
): Promise<Begun | null> {
  // The row is held: who sets a second factor or a new password at the same moment comes before this or after it, and ends what is here.
  const [person] = await tx.$queryRaw<{ enrolled: boolean }[]>`
    select totp_secret is not null enrolled from app_user
    where id = ${input.userId}::uuid and password_hash = ${input.passwordHash} for share`;
  if (!person) return null;
  if (!person.enrolled) return { session: await startSession(tx, input) };
  const token = randomBytes(32).toString("base64url");
  // By the database's clock, which is the one that ends it.
  await tx.$executeRaw`
    insert into half_session (token_hash, user_id, counted) values (${halfHash(token)}, ${input.userId}::uuid, ${[...input.counted]}::text[])`;
  return { half: token };
}
