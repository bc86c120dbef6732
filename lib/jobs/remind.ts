import { doorsFor } from "@/lib/db/exchange";
import { systemJobs } from "@/lib/db/system";
import { workerOf } from "@/lib/policy";
import { mapLimit } from "@/lib/storage/map-limit";
import { tell } from "@/lib/transfers/apply";

/** Reminds both sides of unlocked transfers whose details are missing, every three days. Returns of how many transfers. */
export async function remind(): Promise<number> {
  const due = await systemJobs(
    (tx) => tx.$queryRaw<{ id: string; sending: string; receiving: string; since: string }[]>`
      select t.id, t.sending_district_id sending, t.receiving_district_id receiving, extract(epoch from coalesce(t.reminded_at, t.unlocked_at))::bigint::text since
      from transfer t where t.status = 'unlocked' and coalesce(t.reminded_at, t.unlocked_at) <= now() - interval '3 days' order by t.unlocked_at limit 500`,
  );
  await mapLimit(due, 2, ({ id, sending, receiving, since }) =>
    doorsFor(workerOf(receiving)).exchange(id, async (tx) => {
      await tx.$executeRaw`select exchange_reminded(${id}::uuid)::text`;
      // Named after the reminder before: of two workers that remind at once, one mail comes.
      for (const districtId of [sending, receiving])
        await tell(tx, "transfer-reminder", districtId, id, `reminder-${since}`);
    }),
  );
  return due.length;
}
