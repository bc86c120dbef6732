import { audit } from "@/lib/audit";
import type { DistrictTx } from "@/lib/db/types";
import { demandLeader } from "@/lib/districts/demand-leader";
import { lockSettings } from "@/lib/districts/lock-settings";
import { DomainError } from "@/lib/errors";
import { type Actor, demand } from "@/lib/policy";

/**
 * Renames a team and sets its leader (null: none); its cases are found by both at once. A leader who has been disabled since may
 * stay. Throws `forbidden`, `name-taken`, `bad-value`, `not-there`.
 */
export async function changeTeam(
  tx: DistrictTx,
  actor: Actor,
  input: { id: string; name: string; leaderId: string | null },
): Promise<void> {
  demand(actor, "manageDistrict");
  await lockSettings(tx, actor);
  const before = await tx.team.findUnique({ where: { districtId_id: { districtId: actor.districtId, id: input.id } } });
  if (!before) throw new DomainError("not-there");
  if (before.leaderId !== input.leaderId) await demandLeader(tx, actor, input.leaderId);
  const [other] = await tx.$queryRaw<{ id: string }[]>`
    select id from team where district_id = ${actor.districtId}::uuid and lower(name) = lower(${input.name}) and id <> ${input.id}::uuid limit 1`;
  if (other) throw new DomainError("name-taken", { field: "name" });
  const { count } = await tx.team.updateMany({
    where: { districtId: actor.districtId, id: input.id },
    data: { name: input.name, leaderId: input.leaderId },
  });
  if (count === 0) throw new DomainError("not-there");
  audit(tx, { action: "team.change", detail: { teamId: input.id, leaderId: input.leaderId } });
}
