import type { SystemTx } from "@/lib/db/types";
import { invitationHash } from "@/lib/users/issue-invitation";

export type InvitationView = {
  districtName: string;
  name: string;
  email: string;
  username: string;
  userId: string;
  /**
   * What the person has to do: choose their first password; show that they are who they are (signed in, or by their password), having one
   * already; or choose a new password, having joined already.
   */
  asks: "first-password" | "confirm" | "new-password";
};

/** What an invitation's link is for, or null: no such link, used, run out, or the membership was disabled. Consumes nothing. */
export async function findInvitation(tx: SystemTx, token: string): Promise<InvitationView | null> {
  const [row] = await tx.$queryRaw<
    {
      district_name: string;
      name: string;
      email: string;
      username: string;
      user_id: string;
      has_password: boolean;
      joined: boolean;
    }[]
  >`
    select d.name district_name, m.name, m.email, m.username, m.user_id, u.password_hash is not null has_password, m.joined_at is not null joined
    from invitation i
    join membership m on m.district_id = i.district_id and m.id = i.membership_id
    -- The link went to the membership's address; it says who somebody is only where that is the address they sign in with.
    join app_user u on u.id = m.user_id and u.email = m.email
    join district d on d.id = m.district_id
    where i.token_hash = ${invitationHash(token)} and i.used_at is null and i.expires_at > now() and m.disabled_at is null`;
  if (!row) return null;
  return {
    districtName: row.district_name,
    name: row.name,
    email: row.email,
    username: row.username,
    userId: row.user_id,
    asks: !row.has_password ? "first-password" : row.joined ? "new-password" : "confirm",
  };
}
