import type { Doors } from "@/lib/db/types";
import { DomainError } from "@/lib/errors";
import { demand } from "@/lib/policy";
import { decide } from "@/lib/transfers/apply";

/** The receiver refuses a pending or unlocked transfer, saying why; the switches don't matter. Throws `forbidden`, `not-there`, `transfer-decided`, `bad-value`. */
export async function rejectTransfer(doors: Doors, input: { transferId: string; reason: string }): Promise<void> {
  demand(doors.actor, "manageCases");
  if (!input.reason.trim()) throw new DomainError("bad-value", { field: "reason" });
  await doors.exchange(input.transferId, (tx) => decide(tx, input.transferId, "reject", input.reason));
}
