import { audit } from "@/lib/audit";
import type { DistrictTx } from "@/lib/db/types";
import { lockSettings } from "@/lib/districts/lock-settings";
import { DomainError } from "@/lib/errors";
import { type Actor, demand } from "@/lib/policy";

/** Renames a building; its cases are found by the new name at once. Throws `forbidden`, `name-taken`, `not-there`. */
export async function renameBuilding(tx: DistrictTx, actor: Actor, input: { id: string; name: string }): Promise<void> {
  demand(actor, "manageDistrict");
  await lockSettings(tx, actor);
  const [other] = await tx.$queryRaw<{ id: string }[]>`
    select id from building where district_id = ${actor.districtId}::uuid and lower(name) = lower(${input.name}) and id <> ${input.id}::uuid limit 1`;
  if (other) throw new DomainError("name-taken", { field: "name" });
  const { count } = await tx.building.updateMany({
    where: { districtId: actor.districtId, id: input.id },
    data: { name: input.name },
  });
  if (count === 0) throw new DomainError("not-there");
  audit(tx, { action: "building.rename", detail: { buildingId: input.id } });
}
