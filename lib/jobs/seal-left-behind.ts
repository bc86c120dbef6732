import type { PgBoss } from "pg-boss";
import { systemJobs } from "@/lib/db/system";

/** Enqueues the sealing of transfers that have been preparing for two minutes with no job left to do it. Returns how many. */
export async function sealLeftBehind(boss: PgBoss): Promise<number> {
  const left = await systemJobs(
    (tx) => tx.$queryRaw<{ id: string; district_id: string }[]>`
      select t.id, t.sending_district_id district_id from transfer t
      where t.status = 'preparing' and t.package_sha256 is null and t.created_at < now() - interval '2 minutes'
        and not exists (select 1 from pgboss.job j where j.name = 'seal' and j.state < 'completed' and j.data ->> 'transferId' = t.id::text)
      order by t.created_at limit 500`,
  );
  if (left.length > 0) {
    await boss.insert(
      "seal",
      left.map(({ id, district_id }) => ({ data: { districtId: district_id, transferId: id } })),
    );
  }
  return left.length;
}
