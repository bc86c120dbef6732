import type { PgBoss } from "pg-boss";
import { systemJobs } from "@/lib/db/system";

/** Enqueues anew what a killed worker left half checked or half applied, two minutes on, where no job is left to do it. Returns how many. */
export async function settleRosters(boss: PgBoss): Promise<number> {
  const left = await systemJobs(
    (tx) => tx.$queryRaw<{ district_id: string; id: string; status: string }[]>`
      select i.district_id, i.id, i.status from roster_import i
      where i.status in ('checking', 'applying') and i.begun_at < now() - interval '2 minutes'
        and not exists (select 1 from pgboss.job j where j.name = 'roster' and j.state < 'completed' and j.data ->> 'importId' = i.id::text)
      order by i.begun_at limit 100`,
  );
  if (left.length > 0) {
    await boss.insert(
      "roster",
      left.map(({ district_id, id, status }) => ({
        data: { districtId: district_id, importId: id, step: status === "checking" ? "check" : "apply" },
      })),
    );
  }
  return left.length;
}
