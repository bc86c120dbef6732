import { doorsFor } from "@/lib/db/exchange";
import { DomainError, type DomainErrors } from "@/lib/errors";
import type { Jobs } from "@/lib/outbox";
import { workerOf } from "@/lib/policy";
import { SealError } from "@/lib/storage/aes-gcm";
import { FileDamaged } from "@/lib/storage/encrypted-file";
import { ObjectMissing } from "@/lib/storage/store";
import { failTransfer } from "@/lib/transfers/fail-transfer";
import { sealTransfer } from "@/lib/transfers/seal-transfer";

const triesForDamagedFiles = 3;

/**
 * Seals what a preparing transfer carries. A file that can't be read won't get better by waiting: after three tries the transfer
 * fails, its cases are free again and the sender is told; so for one with a virus, at once. Everything else (database, storage down, a
 * file that waits for its scan) is tried until it works.
 */
export async function seal({ districtId, transferId }: Jobs["seal"], triesBefore: number): Promise<void> {
  const doors = doorsFor(workerOf(districtId));
  try {
    await sealTransfer(doors, { transferId });
  } catch (error) {
    const infected = isInfected(error);
    const damaged = error instanceof FileDamaged || error instanceof ObjectMissing || error instanceof SealError;
    if (!infected && (!damaged || triesBefore + 1 < triesForDamagedFiles)) throw error;
    await failTransfer(doors, {
      transferId,
      reason: infected ? "A virus was found in a file." : "A file could not be read.",
    });
  }
}

function isInfected(error: unknown): boolean {
  return (
    error instanceof DomainError &&
    error.kind === "file-blocked" &&
    (error.data as DomainErrors["file-blocked"]).block === "infected"
  );
}
