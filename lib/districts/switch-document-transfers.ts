import { audit } from "@/lib/audit";
import type { DistrictTx } from "@/lib/db/types";
import { outbox } from "@/lib/outbox";
import { type Actor, demand } from "@/lib/policy";

export type DocumentsSwitched = {
  /** How many document transfers, in both directions, wait while it's disabled; 0 when it isn't. */
  waiting: number;
  /** False when it stood there already: nothing was written. */
  changed: boolean;
};

/**
 * **Disable District-to-District Transfer**, on or off. The update waits for whoever is sending or delivering at this moment, since they
 * hold the district's row. Enabled again, what was held is looked at anew. Throws `forbidden`.
 */
export async function switchDocumentTransfers(
  tx: DistrictTx,
  actor: Actor,
  input: { off: boolean },
): Promise<DocumentsSwitched> {
  demand(actor, "manageDistrict");
  const changed = await tx.$executeRaw`
    update district set documents_off = ${input.off} where id = ${actor.districtId}::uuid and documents_off <> ${input.off}`;
  const waiting = input.off ? await countWaitingDocuments(tx, actor) : 0;
  if (changed) {
    audit(tx, {
      action: input.off ? "district.documents-off" : "district.documents-on",
      subject: "district",
      subjectId: actor.districtId,
      detail: { waiting },
    });
    if (!input.off) await outbox(tx, "recheck", { districtId: actor.districtId });
  }
  return { waiting, changed: changed > 0 };
}

/** How many held and preparing document transfers would wait, or wait already; for saying it before the click. */
export async function countWaitingDocuments(tx: DistrictTx, actor: Actor): Promise<number> {
  const [row] = await tx.$queryRaw<[{ n: number }]>`
    select count(*)::int n from transfer
    where kind = 'documents' and status in ('preparing', 'held') and (sending_district_id = ${actor.districtId}::uuid or receiving_district_id = ${actor.districtId}::uuid)`;
  return row.n;
}
