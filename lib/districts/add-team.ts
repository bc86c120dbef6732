import { audit } from "@/lib/audit";
import type { DistrictTx } from "@/lib/db/types";
import { demandLeader } from "@/lib/districts/demand-leader";
import { lockSettings } from "@/lib/districts/lock-settings";
import { DomainError } from "@/lib/errors";
import { type Actor, demand } from "@/lib/policy";

/** Adds a team, with a leader or without. Its name is unique in the district. Returns its id. Throws `forbidden`, `name-taken`, `bad-value`. */
export async function addTeam(
  tx: DistrictTx,
  actor: Actor,
  input: { name: string; leaderId: string | null },
): Promise<string> {
  demand(actor, "manageDistrict");
  await lockSettings(tx, actor);
  await demandLeader(tx, actor, input.leaderId);
  const [row] = await tx.$queryRaw<{ id: string }[]>`
    insert into team (district_id, name, leader_id)
    select ${actor.districtId}::uuid, ${input.name}, ${input.leaderId}::uuid
    where not exists (select 1 from team t where t.district_id = ${actor.districtId}::uuid and lower(t.name) = lower(${input.name}))
    returning id`;
  if (!row) throw new DomainError("name-taken", { field: "name" });
  audit(tx, { action: "team.add", detail: { teamId: row.id } });
  return row.id;
}
