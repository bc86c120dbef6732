import { doorsFor } from "@/lib/db/exchange";
import { systemJobs } from "@/lib/db/system";
import { workerOf } from "@/lib/policy";
import { mapLimit } from "@/lib/storage/map-limit";
import { expireTransfer } from "@/lib/transfers/expire-transfer";

/** Ends the pending transfers whose time is over; at most 500 at a time, the rest a minute later. Returns how many it ended. */
export async function expireDue(): Promise<number> {
  const due = await systemJobs(
    (tx) => tx.$queryRaw<{ id: string; district_id: string }[]>`
      select t.id, t.sending_district_id district_id from transfer t where t.status = 'pending' and t.expires_at <= now() order by t.expires_at limit 500`,
  );
  const ended = await mapLimit(due, 2, ({ id, district_id }) =>
    expireTransfer(doorsFor(workerOf(district_id)), { transferId: id }),
  );
  return ended.filter(Boolean).length;
}
