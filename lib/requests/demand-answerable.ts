import type { DistrictTx } from "@/lib/db/types";
import { DomainError } from "@/lib/errors";
import type { Actor } from "@/lib/policy";
import type { RequestKind } from "@/lib/requests/request-content";

/** Throws `not-there` unless it's another district's request of this kind to the actor's district, `request-decided` unless it's open. */
export async function demandAnswerable(
  tx: DistrictTx,
  actor: Actor,
  requestId: string,
  kind: RequestKind,
): Promise<void> {
  const request = await tx.recordRequest.findUnique({
    where: { id: requestId },
    select: { kind: true, holdingDistrictId: true, status: true },
  });
  if (request?.kind !== kind || request.holdingDistrictId !== actor.districtId) throw new DomainError("not-there");
  if (request.status !== "open") throw new DomainError("request-decided");
}
