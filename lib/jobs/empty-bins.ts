import { doorsFor } from "@/lib/db/exchange";
import { systemJobs } from "@/lib/db/system";
import { daysInBin } from "@/lib/documents/delete-documents";
import { emptyBin } from "@/lib/documents/empty-bin";
import { log } from "@/lib/log";
import { workerOf } from "@/lib/policy";
import { mapLimit } from "@/lib/storage/map-limit";

/**
 * Destroys what has lain in any district's bin for 30 days; at most 200 documents each, the rest the next time. One district's
 * failure is logged, and the others' go on. Returns how many.
 */
export async function emptyBins(): Promise<number> {
  const due = await systemJobs(
    (tx) => tx.$queryRaw<{ district_id: string }[]>`
      select distinct d.district_id from document d where d.deleted_at <= now() - make_interval(days => ${daysInBin}::int) limit 500`,
  );
  const counts = await mapLimit(due, 2, ({ district_id }) =>
    emptyBin(doorsFor(workerOf(district_id))).catch((err: unknown) => {
      log.error({ err, districtId: district_id }, "bin: not emptied");
      return 0;
    }),
  );
  return counts.reduce((sum, count) => sum + count, 0);
}
