import type { DistrictTx } from "@/lib/db/types";
import { type Actor, demand } from "@/lib/policy";

export type TeamView = {
  id: string;
  name: string;
  leader: { id: string; name: string; active: boolean } | null;
  cases: number;
  removable: boolean;
};

/** The district's teams by name, with leader and number of cases. Throws `forbidden`. */
export async function listTeams(tx: DistrictTx, actor: Actor): Promise<TeamView[]> {
  demand(actor, "manageDistrict");
  const rows = await tx.$queryRaw<
    {
      id: string;
      name: string;
      leader_id: string | null;
      leader_name: string | null;
      leader_active: boolean;
      cases: number;
      used: boolean;
    }[]
  >`
    select t.id, t.name, t.leader_id, m.name leader_name, m.disabled_at is null leader_active,
      (select count(*)::int from "case" c where c.district_id = t.district_id and c.team_id = t.id) cases,
      exists (select 1 from intake i where i.district_id = t.district_id and i.team_id = t.id) used
    from team t left join membership m on m.district_id = t.district_id and m.id = t.leader_id
    where t.district_id = ${actor.districtId}::uuid
    order by lower(t.name), t.id`;
  return rows.map((row) => ({
    id: row.id,
    name: row.name,
    leader: row.leader_id ? { id: row.leader_id, name: row.leader_name ?? "", active: row.leader_active } : null,
    cases: row.cases,
    removable: row.cases === 0 && !row.used,
  }));
}
