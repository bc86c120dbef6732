import { audit } from "@/lib/audit";
import type { DistrictTx } from "@/lib/db/types";
import { demandRoom } from "@/lib/districts/add-school-break";
import { federalHolidays } from "@/lib/districts/federal-holidays";
import { lockSettings } from "@/lib/districts/lock-settings";
import { schoolYear } from "@/lib/districts/school-days";
import { moveDueDays } from "@/lib/districts/set-due-days";
import { DomainError } from "@/lib/errors";
import { type Actor, demand } from "@/lib/policy";

/**
 * Adds the federal holidays of a school year (named by the year it begins in) that no entry of the calendar covers, and moves the due days
 * of the open record requests. Returns how many were added. Throws `forbidden`, `bad-value`, `calendar-full`.
 */
export async function addFederalHolidays(
  tx: DistrictTx,
  actor: Actor,
  input: { year: number },
  now: Date = new Date(),
): Promise<number> {
  demand(actor, "manageDistrict");
  const { year } = input;
  if (!Number.isInteger(year) || year < 2020 || year > 2100) throw new DomainError("bad-value", { field: "year" });
  await lockSettings(tx, actor);
  const holidays = [...federalHolidays(year), ...federalHolidays(year + 1)].filter(
    ({ day }) => schoolYear(day) === year,
  );
  await demandRoom(tx, actor, holidays.length);
  const added = await tx.$executeRaw`
    insert into school_break (district_id, name, from_date, to_date)
    select ${actor.districtId}::uuid, h.name, h.day, h.day from unnest(${holidays.map((one) => one.name)}::text[], ${holidays.map((one) => one.day)}::date[]) h (name, day)
    where not exists (select 1 from school_break b where b.district_id = ${actor.districtId}::uuid and h.day between b.from_date and b.to_date)
    on conflict do nothing`;
  if (added === 0) return 0;
  audit(tx, { action: "calendar.holidays", detail: { year, added } });
  await moveDueDays(tx, actor, now);
  return added;
}
