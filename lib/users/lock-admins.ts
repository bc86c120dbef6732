import type { DistrictTx } from "@/lib/db/types";
import { DomainError } from "@/lib/errors";
import type { Actor } from "@/lib/policy";

/**
 * Holds the rows of the district's admins, in order of id, until the transaction ends: changes of users go one after the other. Who was
 * disabled or lost the permission while waiting isn't among them any more, so of two admins who disable each other one wins.
 * Throws `forbidden`.
 */
export async function lockAdmins(tx: DistrictTx, actor: Actor): Promise<void> {
  const admins = await tx.$queryRaw<{ id: string }[]>`
    select id from membership
    where district_id = ${actor.districtId}::uuid and 'manageDistrict' = any (permissions) and disabled_at is null and joined_at is not null
    order by id for update`;
  if (!admins.some((admin) => admin.id === actor.membershipId)) throw new DomainError("forbidden");
}
