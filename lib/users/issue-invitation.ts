import { createHash, randomBytes } from "node:crypto";
import type { DistrictTx } from "@/lib/db/types";
import { DomainError } from "@/lib/errors";
import type { Actor } from "@/lib/policy";

/** How long the link of an invitation can be used. */
export const invitationDays = 7;

/** What the database keeps of an invitation's token. */
export const invitationHash = (token: string): Buffer => createHash("sha256").update(token).digest();

export type IssuedInvitation = {
  /** 32 random bytes as base64url; the link is /invitation/<token>. Nobody but the mail to the person may hold it. */
  token: string;
  /** True when the person had joined the district before: the link is for choosing a new password, and the mail should say so. */
  existing: boolean;
};

/**
 * Makes a fresh invitation for a membership, for whoever writes the mail: the worker (jobs hold ids only, so the token comes to be when
 * the mail is rendered), and the command line. Earlier ones stay good until they run out or one is used.
 * Throws `not-there` when the membership is gone or disabled: then there's no mail to send.
 */
export async function issueInvitation(tx: DistrictTx, actor: Actor, membershipId: string): Promise<IssuedInvitation> {
  const token = randomBytes(32).toString("base64url");
  const [row] = await tx.$queryRaw<{ joined: boolean }[]>`
    with made as (
      insert into invitation (district_id, membership_id, token_hash, expires_at)
      select m.district_id, m.id, ${invitationHash(token)}, now() + make_interval(days => ${invitationDays}::int)
      from membership m where m.district_id = ${actor.districtId}::uuid and m.id = ${membershipId}::uuid and m.disabled_at is null
      returning district_id, membership_id)
    select m.joined_at is not null joined from made join membership m on m.district_id = made.district_id and m.id = made.membership_id`;
  if (!row) throw new DomainError("not-there");
  return { token, existing: row.joined };
}
