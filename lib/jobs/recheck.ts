import { doorsFor } from "@/lib/db/exchange";
import { log } from "@/lib/log";
import type { Jobs } from "@/lib/outbox";
import { workerOf } from "@/lib/policy";
import { deliverDocuments } from "@/lib/transfers/deliver-documents";
import { listHeld } from "@/lib/transfers/list-held";

/** Tries all held document transfers of a district again: its roster or its people changed. One that fails doesn't stop the others. Returns how many were delivered. */
export async function recheck({ districtId }: Jobs["recheck"]): Promise<number> {
  const actor = workerOf(districtId);
  const doors = doorsFor(actor);
  const held = await doors.district((tx) => listHeld(tx, actor));
  let delivered = 0;
  let failed = false;
  for (const transferId of held) {
    try {
      if ((await deliverDocuments(doors, { transferId })) === "delivered") delivered++;
    } catch (err) {
      failed = true;
      log.error({ err, transferId }, "recheck");
    }
  }
  if (failed) throw new Error("some held transfers could not be checked");
  return delivered;
}
