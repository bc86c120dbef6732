import { audit } from "@/lib/audit";
import type { DistrictTx } from "@/lib/db/types";
import { DomainError } from "@/lib/errors";
import type { Actor } from "@/lib/policy";
import { demandKind, type RequestKind } from "@/lib/requests/request-content";
import { tellRequest } from "@/lib/requests/tell-request";

/** The holder refuses, saying why (1 to 1,000 characters); the asker reads it. Throws `forbidden`, `not-there`, `request-decided`, `bad-value`. */
export async function declineRequest(
  tx: DistrictTx,
  actor: Actor,
  input: { requestId: string; reason: string },
): Promise<void> {
  const reason = input.reason.trim();
  if (reason.length === 0 || reason.length > 1_000) throw new DomainError("bad-value", { field: "reason" });
  const { other } = await decide(tx, actor, { requestId: input.requestId, verb: "decline", reason });
  await tellRequest(tx, "request-declined", other, input.requestId);
}

/** The asker takes an open request back; the holder no longer sees whom it was about. Throws `forbidden`, `not-there`, `request-decided`. */
export async function withdrawRequest(tx: DistrictTx, actor: Actor, input: { requestId: string }): Promise<void> {
  const { other } = await decide(tx, actor, { requestId: input.requestId, verb: "withdraw", reason: null });
  await tellRequest(tx, "request-withdrawn", other, input.requestId);
}

async function decide(
  tx: DistrictTx,
  actor: Actor,
  input: { requestId: string; verb: "decline" | "withdraw"; reason: string | null },
): Promise<{ other: string }> {
  const { requestId, verb } = input;
  const request = await tx.recordRequest.findUnique({
    where: { id: requestId },
    select: { kind: true, requestingDistrictId: true, holdingDistrictId: true },
  });
  const decider = verb === "decline" ? request?.holdingDistrictId : request?.requestingDistrictId;
  if (!request || decider !== actor.districtId) throw new DomainError("not-there");
  demandKind(actor, request.kind as RequestKind);
  const [row] = await tx.$queryRaw<
    [{ status: string | null }]
  >`select exchange_decide_request(${requestId}::uuid, ${verb}, ${input.reason}) status`;
  if (!row.status) throw new DomainError("request-decided");
  audit(tx, { action: `request.${verb}`, subject: "request", subjectId: requestId });
  return { other: verb === "decline" ? request.requestingDistrictId : request.holdingDistrictId };
}
