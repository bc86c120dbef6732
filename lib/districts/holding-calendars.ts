import type { DistrictTx } from "@/lib/db/types";
import type { HoldingCalendar } from "@/lib/districts/due-day";

/**
 * What due days are reckoned by, of the own district and of those that hold an open request of it; others are left out. By district id.
 * The other district's calendar is for reckoning, and for nobody's eyes.
 */
export async function holdingCalendars(
  tx: DistrictTx,
  holderIds: readonly string[],
): Promise<Map<string, HoldingCalendar>> {
  const rows = await tx.$queryRaw<HoldingCalendar[]>`
    select district_id "districtId", state, time_zone "timeZone", answer_days "answerDays", answer_kind "answerKind", breaks
    from holding_calendars(${[...new Set(holderIds)]}::uuid[])`;
  return new Map(rows.map((row) => [row.districtId, row]));
}
