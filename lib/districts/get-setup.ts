import { audit } from "@/lib/audit";
import type { DistrictTx } from "@/lib/db/types";
import { type Actor, demand } from "@/lib/policy";

export type SetupStep = "coordinator" | "buildings" | "teams" | "roster" | "users" | "switches";
export type Setup = Record<SetupStep, boolean>;

/**
 * What a new district has, step by step; null once nothing is missing any more, or the list was put away. The switches count as seen when
 * somebody has used one: off may be right. Throws `forbidden`.
 */
export async function getSetup(tx: DistrictTx, actor: Actor): Promise<Setup | null> {
  demand(actor, "manageDistrict");
  const [row] = await tx.$queryRaw<(Setup & { hidden: boolean })[]>`
    select s.setup_hidden_at is not null hidden, s.coordinator_name is not null coordinator,
      exists (select 1 from building b where b.district_id = s.district_id) buildings,
      exists (select 1 from team t where t.district_id = s.district_id) teams,
      exists (select 1 from student x where x.district_id = s.district_id and x.source = 'roster') roster,
      (select count(*) from (select 1 from membership m where m.district_id = s.district_id and m.disabled_at is null limit 2) m) = 2 users,
      d.case_transfers_on or d.documents_off or s.switch_changed_at is not null switches
    from district_settings s join district d on d.id = s.district_id where s.district_id = ${actor.districtId}::uuid`;
  if (!row) return null;
  const { hidden, ...setup } = row;
  return hidden || Object.values(setup).every(Boolean) ? null : setup;
}

/** Puts the list of what's missing away, for everybody of the district. Throws `forbidden`. */
export async function hideSetup(tx: DistrictTx, actor: Actor): Promise<void> {
  demand(actor, "manageDistrict");
  const { count } = await tx.districtSettings.updateMany({
    where: { districtId: actor.districtId, setupHiddenAt: null },
    data: { setupHiddenAt: new Date() },
  });
  if (count > 0) audit(tx, { action: "district.hide-setup", subject: "district", subjectId: actor.districtId });
}
