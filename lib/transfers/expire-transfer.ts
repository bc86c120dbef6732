import type { Doors } from "@/lib/db/types";
import { DomainError } from "@/lib/errors";
import { decide } from "@/lib/transfers/apply";

/** Ends a pending transfer whose time is over. Called by the worker for one of its districts; false where somebody was faster. */
export async function expireTransfer(doors: Doors, input: { transferId: string }): Promise<boolean> {
  try {
    await doors.exchange(input.transferId, (tx) => decide(tx, input.transferId, "expire"));
    return true;
  } catch (error) {
    if (error instanceof DomainError) return false;
    throw error;
  }
}
