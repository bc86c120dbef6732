import { z } from "zod";
import { doorsFor } from "@/lib/db/exchange";
import type { Jobs } from "@/lib/outbox";
import { workerOf } from "@/lib/policy";
import { SealError } from "@/lib/storage/aes-gcm";
import { findParties } from "@/lib/transfers/apply";
import { deliverDocuments } from "@/lib/transfers/deliver-documents";
import { failTransfer } from "@/lib/transfers/fail-transfer";

const triesForDamagedPackages = 3;

/**
 * Delivers a sealed document package inside the receiving district, or holds it there. A package that can't be opened won't get better by
 * waiting: after three tries it fails and the sender is told. Everything else is tried until it works.
 */
export async function handOver({ districtId, transferId }: Jobs["hand-over"], triesBefore: number): Promise<void> {
  const doors = doorsFor(workerOf(districtId));
  try {
    await deliverDocuments(doors, { transferId });
  } catch (error) {
    const damaged = error instanceof SealError || error instanceof z.ZodError || error instanceof SyntaxError;
    if (!damaged || triesBefore + 1 < triesForDamagedPackages) throw error;
    const parties = await doors.exchange(transferId, (tx) => findParties(tx, transferId));
    if (parties)
      await failTransfer(doorsFor(workerOf(parties.sendingDistrictId)), {
        transferId,
        reason: "The package could not be opened.",
      });
  }
}
