import type { DistrictTx } from "@/lib/db/types";
import { type MailEvent, outbox } from "@/lib/outbox";

/** Tells a district's people of an event of a record request: a job with ids only, one mail per person however often it's enqueued. */
export async function tellRequest(
  tx: DistrictTx,
  event: Extract<MailEvent, `request-${string}`>,
  districtId: string,
  requestId: string,
): Promise<void> {
  await outbox(tx, "notify", { event, districtId, requestId, key: `${requestId}:${event}` });
}
