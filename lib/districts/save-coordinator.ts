import { audit } from "@/lib/audit";
import type { DistrictTx } from "@/lib/db/types";
import type { Coordinator } from "@/lib/districts/get-settings";
import { DomainError } from "@/lib/errors";
import { type Actor, demand } from "@/lib/policy";

/**
 * Sets the transfer coordinator and whether other districts see the contact. A contact that's shown needs a name and a way to
 * reach the person. Throws `forbidden`, `contact-missing`.
 */
export async function saveCoordinator(tx: DistrictTx, actor: Actor, input: Coordinator): Promise<void> {
  demand(actor, "manageDistrict");
  if (input.shown && !input.name) throw new DomainError("contact-missing", { field: "name" });
  if (input.shown && !input.email && !input.phone) throw new DomainError("contact-missing", { field: "phone" });
  const { count } = await tx.districtSettings.updateMany({
    where: { districtId: actor.districtId },
    data: {
      coordinatorName: input.name,
      coordinatorTitle: input.title,
      coordinatorEmail: input.email,
      coordinatorPhone: input.phone,
      coordinatorShown: input.shown,
    },
  });
  if (count === 0) throw new DomainError("not-there");
  audit(tx, {
    action: "district.coordinator",
    subject: "district",
    subjectId: actor.districtId,
    detail: { shown: input.shown },
  });
}
