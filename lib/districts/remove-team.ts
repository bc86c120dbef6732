import { audit } from "@/lib/audit";
import type { DistrictTx } from "@/lib/db/types";
import { DomainError } from "@/lib/errors";
import { type Actor, demand } from "@/lib/policy";

/** Removes a team that has no case and stands in no half-entered transfer. Throws `forbidden`, `in-use`, `not-there`. */
export async function removeTeam(tx: DistrictTx, actor: Actor, input: { id: string }): Promise<void> {
  demand(actor, "manageDistrict");
  const [found] = await tx.$queryRaw<{ id: string }[]>`
    select id from team where district_id = ${actor.districtId}::uuid and id = ${input.id}::uuid for update`;
  if (!found) throw new DomainError("not-there");
  const removed = await tx.$executeRaw`
    delete from team t where t.district_id = ${actor.districtId}::uuid and t.id = ${input.id}::uuid
      and not exists (select 1 from "case" c where c.district_id = t.district_id and c.team_id = t.id)
      and not exists (select 1 from intake i where i.district_id = t.district_id and i.team_id = t.id)`;
  if (removed === 0) throw new DomainError("in-use");
  audit(tx, { action: "team.remove", detail: { teamId: input.id } });
}
