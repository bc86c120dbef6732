import { audit } from "@/lib/audit";
import type { DistrictTx } from "@/lib/db/types";
import { lockSettings } from "@/lib/districts/lock-settings";
import { DomainError } from "@/lib/errors";
import { type Actor, demand } from "@/lib/policy";

/** Adds a building. Its name is unique in the district. Returns its id. Throws `forbidden`, `name-taken`. */
export async function addBuilding(tx: DistrictTx, actor: Actor, input: { name: string }): Promise<string> {
  demand(actor, "manageDistrict");
  await lockSettings(tx, actor);
  const [row] = await tx.$queryRaw<{ id: string }[]>`
    insert into building (district_id, name)
    select ${actor.districtId}::uuid, ${input.name}
    where not exists (select 1 from building b where b.district_id = ${actor.districtId}::uuid and lower(b.name) = lower(${input.name}))
    returning id`;
  if (!row) throw new DomainError("name-taken", { field: "name" });
  audit(tx, { action: "building.add", detail: { buildingId: row.id } });
  return row.id;
}
