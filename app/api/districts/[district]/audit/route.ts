import { parseAuditFilter } from "@/lib/districts/audit-filter";
import { exportAudit } from "@/lib/districts/export-audit";
import { csvResponse } from "@/lib/web/csv-response";
import { districtRoute } from "@/lib/web/route";

/** The audit log, or what the filters leave of it, as CSV. Written down before the first byte leaves. */
export const GET = districtRoute({ needs: "manageDistrict", fresh: true }, async ({ doors, district }, request) => {
  const filter = parseAuditFilter(Object.fromEntries(new URL(request.url).searchParams));
  const lots = await exportAudit(doors, filter, district.timeZone);
  return csvResponse(`audit-log-${district.slug}.csv`, lots);
});
