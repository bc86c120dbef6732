import type { Doors } from "@/lib/db/types";
import { DomainError } from "@/lib/errors";
import { decide } from "@/lib/transfers/apply";

/** Gives up a transfer that can't be sealed; its cases are free again and the sender is told. False where it isn't preparing any more. */
export async function failTransfer(doors: Doors, input: { transferId: string; reason: string }): Promise<boolean> {
  try {
    await doors.exchange(input.transferId, (tx) => decide(tx, input.transferId, "fail", input.reason));
    return true;
  } catch (error) {
    if (error instanceof DomainError) return false;
    throw error;
  }
}
