import { audit } from "@/lib/audit";
import type { DistrictTx } from "@/lib/db/types";
import { tellRequest } from "@/lib/requests/tell-request";

/** Writes down that a transfer answers a record request, and tells the asking district. Called with the claim that answered it. */
export async function noteAnswer(
  tx: DistrictTx,
  answered: { requestId: string; transferId: string; askingDistrictId: string },
): Promise<void> {
  const { requestId, transferId } = answered;
  audit(tx, { action: "request.answer", subject: "request", subjectId: requestId, detail: { transferId } });
  await tellRequest(tx, "request-answered", answered.askingDistrictId, requestId);
}
