import type { PgBoss } from "pg-boss";
import { systemJobs } from "@/lib/db/system";
import { enqueueDelivery } from "@/lib/jobs/notify";

/** Enqueues the sending of mails that have waited for two minutes with no job left to send them. Returns how many. */
export async function redeliver(boss: PgBoss): Promise<number> {
  const left = await systemJobs(
    (tx) => tx.$queryRaw<{ district_id: string; id: string }[]>`
      select m.district_id, m.id from mail m
      where m.status = 'waiting' and m.created_at < now() - interval '2 minutes'
        and not exists (select 1 from pgboss.job j where j.name = 'deliver' and j.state < 'completed' and j.singleton_key = m.id::text)
      order by m.created_at limit 1000`,
  );
  await enqueueDelivery(
    boss,
    left.map((row) => ({ districtId: row.district_id, mailId: row.id })),
  );
  return left.length;
}
