import type { DistrictTx } from "@/lib/db/types";
import { closeQuarantine, openQuarantine } from "@/lib/documents/quarantine";

/** Whether a legal hold keeps what came with a transfer from being purged. Says nothing of whom it's on. */
export async function isTransferOnHold(tx: DistrictTx, transferId: string): Promise<boolean> {
  await openQuarantine(tx);
  const onHold = await tx.$queryRaw<unknown[]>`
    select 1 from document d where d.district_id = current_district() and d.origin_transfer_id = ${transferId}::uuid and is_held(d.student_id, null) limit 1`;
  await closeQuarantine(tx);
  return onHold.length > 0;
}
