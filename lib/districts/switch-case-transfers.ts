import { audit } from "@/lib/audit";
import type { DistrictTx } from "@/lib/db/types";
import { type Actor, demand } from "@/lib/policy";

export type Switched = {
  /** How many pending transfers, in both directions, nobody can accept while it's off; 0 when it's on. */
  waiting: number;
  /** False when it stood there already: nothing was written. */
  changed: boolean;
};

/**
 * **Activate Case Transfers Between Districts**, on or off. The update waits for whoever is sending or accepting at this moment,
 * since they hold the district's row. Throws `forbidden`.
 */
export async function switchCaseTransfers(tx: DistrictTx, actor: Actor, input: { on: boolean }): Promise<Switched> {
  demand(actor, "manageCases");
  const changed = await tx.$executeRaw`
    update district set case_transfers_on = ${input.on} where id = ${actor.districtId}::uuid and case_transfers_on <> ${input.on}`;
  if (changed) {
    await tx.$executeRaw`
      update district_settings set switch_changed_at = now(), switch_changed_by = ${actor.membershipId}::uuid where district_id = ${actor.districtId}::uuid`;
  }
  const waiting = input.on ? 0 : await countPending(tx, actor);
  if (changed) {
    audit(tx, {
      action: input.on ? "district.switch-on" : "district.switch-off",
      subject: "district",
      subjectId: actor.districtId,
      detail: { waiting },
    });
  }
  return { waiting, changed: changed > 0 };
}

/** How many pending transfers would wait, or wait already, with the switch off; for saying it before the click. */
export async function countPending(tx: DistrictTx, actor: Actor): Promise<number> {
  const [row] = await tx.$queryRaw<[{ n: number }]>`
    select count(*)::int n from transfer
    where status = 'pending' and kind = 'cases' and (sending_district_id = ${actor.districtId}::uuid or receiving_district_id = ${actor.districtId}::uuid)`;
  return row.n;
}
