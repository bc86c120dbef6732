import type { Doors } from "@/lib/db/types";
import { demand } from "@/lib/policy";
import { decide } from "@/lib/transfers/apply";

/** The sender takes a pending transfer back; the switches don't matter. Throws `forbidden`, `not-there`, `transfer-decided`, `not-pending`. */
export async function cancelTransfer(doors: Doors, input: { transferId: string }): Promise<void> {
  demand(doors.actor, "manageCases");
  await doors.exchange(input.transferId, (tx) => decide(tx, input.transferId, "cancel"));
}
