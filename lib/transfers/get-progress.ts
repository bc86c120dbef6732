import type { DistrictTx } from "@/lib/db/types";
import { DomainError } from "@/lib/errors";
import { type Actor, demand } from "@/lib/policy";

/** How many document transfers of a dispatch of the actor's own are still on their way: 1 or 0. Throws `forbidden`, `not-there`. */
export async function getProgress(tx: DistrictTx, actor: Actor, input: { dispatchId: string }): Promise<number> {
  demand(actor, "manageDocuments");
  const transfer = await tx.transfer.findFirst({
    where: { dispatchId: input.dispatchId, kind: "documents", sentBy: actor.membershipId as string },
    select: { status: true },
  });
  if (!transfer) throw new DomainError("not-there");
  return transfer.status === "preparing" ? 1 : 0;
}
