import { audit } from "@/lib/audit";
import type { DistrictTx } from "@/lib/db/types";
import { DomainError } from "@/lib/errors";
import { type Actor, demand } from "@/lib/policy";

/**
 * Whether everybody in the district needs a second factor. Who has none is led to setting one up at their next page of it, the actor as
 * well. Throws `forbidden`.
 */
export async function requireSecondFactor(tx: DistrictTx, actor: Actor, input: { on: boolean }): Promise<void> {
  demand(actor, "manageDistrict");
  const { districtId } = actor;
  const { count } = await tx.districtSettings.updateMany({
    where: { districtId, secondFactorRequired: !input.on },
    data: { secondFactorRequired: input.on },
  });
  if (count === 0) {
    // It stood like this already, unless there is no such district.
    if ((await tx.districtSettings.count({ where: { districtId } })) === 0) throw new DomainError("not-there");
    return;
  }
  audit(tx, { action: "district.second-factor", subject: "district", subjectId: districtId, detail: { on: input.on } });
}
