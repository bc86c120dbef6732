import { audit } from "@/lib/audit";
import type { DistrictTx } from "@/lib/db/types";
import { DomainError } from "@/lib/errors";
import { type Actor, demand } from "@/lib/policy";

/** Removes a building that no case, student or half-entered transfer stands in. Throws `forbidden`, `in-use`, `not-there`. */
export async function removeBuilding(tx: DistrictTx, actor: Actor, input: { id: string }): Promise<void> {
  demand(actor, "manageDistrict");
  // The lock waits for whoever is putting a case into it, whose key check holds the row.
  const [found] = await tx.$queryRaw<{ id: string }[]>`
    select id from building where district_id = ${actor.districtId}::uuid and id = ${input.id}::uuid for update`;
  if (!found) throw new DomainError("not-there");
  const removed = await tx.$executeRaw`
    delete from building b where b.district_id = ${actor.districtId}::uuid and b.id = ${input.id}::uuid
      and not exists (select 1 from "case" c where c.district_id = b.district_id and c.building_id = b.id)
      and not exists (select 1 from student s where s.district_id = b.district_id and s.building_id = b.id)
      and not exists (select 1 from intake i where i.district_id = b.district_id and i.building_id = b.id)`;
  if (removed === 0) throw new DomainError("in-use");
  audit(tx, { action: "building.remove", detail: { buildingId: input.id } });
}
