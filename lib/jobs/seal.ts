import { doorsFor } from "@/lib/db/exchange";
import { DomainError, type DomainErrors } from "@/lib/errors";
import type { Jobs } from "@/lib/outbox";
import { workerOf } from "@/lib/policy";
import { SealError } from "@/lib/storage/aes-gcm";
import { FileDamaged } from "@/lib/storage/encrypted-file";
import type { FileBlock } from "@/lib/storage/scan-state";
import { ObjectMissing } from "@/lib/storage/store";
import { failTransfer } from "@/lib/transfers/fail-transfer";
import { sealTransfer } from "@/lib/transfers/seal-transfer";

const triesForDamagedFiles = 3;

/**
 * Seals what a preparing transfer carries. A file that can't be read won't get better by waiting: after three tries the transfer
 * fails, its cases are free again and the sender is told; so for one that can't be scanned, and for one with a virus, at once. Everything
 * else (database, storage down, a file that waits for its scan) is tried until it works.
 */
export async function seal({ districtId, transferId }: Jobs["seal"], triesBefore: number): Promise<void> {
  const doors = doorsFor(workerOf(districtId));
  try {
    await sealTransfer(doors, { transferId });
  } catch (error) {
    const block = blockIn(error);
    const damaged = error instanceof FileDamaged || error instanceof ObjectMissing || error instanceof SealError;
    const hopeless = damaged || block === "failed";
    if (block !== "infected" && (!hopeless || triesBefore + 1 < triesForDamagedFiles)) throw error;
    await failTransfer(doors, {
      transferId,
      reason:
        block === "infected"
          ? "A virus was found in a file."
          : damaged
            ? "A file could not be read."
            : "A file could not be scanned for viruses.",
    });
  }
}

function blockIn(error: unknown): FileBlock | null {
  if (!(error instanceof DomainError) || error.kind !== "file-blocked") return null;
  return (error.data as DomainErrors["file-blocked"]).block;
}
