import type { DistrictTx } from "@/lib/db/types";
import { DomainError } from "@/lib/errors";
import { type Actor, demand } from "@/lib/policy";
import { type UserRow, type UserView, userOf } from "@/lib/users/list-users";

/** One user of the district, by the membership's id. Throws `forbidden`, `not-there`. */
export async function getUser(tx: DistrictTx, actor: Actor, id: string): Promise<UserView> {
  demand(actor, "manageDistrict");
  const [row] = await tx.$queryRaw<UserRow[]>`
    select m.id, m.name, m.email, m.username, m.permissions, m.joined_at, m.disabled_at,
      (select max(i.expires_at) from invitation i where i.district_id = m.district_id and i.membership_id = m.id and i.used_at is null and i.expires_at > now()) until
    from membership m where m.district_id = ${actor.districtId}::uuid and m.id = ${id}::uuid`;
  if (!row) throw new DomainError("not-there");
  return userOf(row, actor);
}
