import type { DistrictTx } from "@/lib/db/types";
import { type Actor, demand } from "@/lib/policy";

export type BuildingView = { id: string; name: string; cases: number; students: number; removable: boolean };

/** The district's buildings by name, with what hangs on each. Throws `forbidden`. */
export async function listBuildings(tx: DistrictTx, actor: Actor): Promise<BuildingView[]> {
  demand(actor, "manageDistrict");
  const rows = await tx.$queryRaw<{ id: string; name: string; cases: number; students: number; used: boolean }[]>`
    select b.id, b.name,
      (select count(*)::int from "case" c where c.district_id = b.district_id and c.building_id = b.id) cases,
      (select count(*)::int from student s where s.district_id = b.district_id and s.building_id = b.id) students,
      exists (select 1 from intake i where i.district_id = b.district_id and i.building_id = b.id) used
    from building b where b.district_id = ${actor.districtId}::uuid
    order by lower(b.name), b.id`;
  return rows.map(({ used, ...row }) => ({ ...row, removable: !used && row.cases === 0 && row.students === 0 }));
}
