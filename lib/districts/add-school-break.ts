import { audit } from "@/lib/audit";
import type { DistrictTx } from "@/lib/db/types";
import { laterDay } from "@/lib/districts/day-text";
import { lockSettings } from "@/lib/districts/lock-settings";
import { moveDueDays } from "@/lib/districts/set-due-days";
import { DomainError } from "@/lib/errors";
import { type Actor, demand } from "@/lib/policy";

/** Entries of a district's school calendar: some ten school years. */
export const mostBreaks = 300;
/** Days of one entry: a summer and more. */
export const longestBreak = 200;

/**
 * Adds days without school (both included, YYYY-MM-DD; at most 200 of them) to the district's calendar, and moves the due days of its open
 * record requests. Returns the entry's id, the same when repeated. Throws `forbidden`, `bad-value`, `calendar-full`, `days-entered` where another entry has exactly these.
 */
export async function addSchoolBreak(
  tx: DistrictTx,
  actor: Actor,
  input: { name: string; from: string; to: string; summer: boolean },
  now: Date = new Date(),
): Promise<string> {
  demand(actor, "manageDistrict");
  const { name, from, to, summer } = input;
  if (name.length === 0 || name.length > 100) throw new DomainError("bad-value", { field: "name" });
  if (to < from || to >= laterDay(from, longestBreak)) throw new DomainError("bad-value", { field: "to" });
  await lockSettings(tx, actor);
  await demandRoom(tx, actor, 1);
  // Whoever enters the same at once waits for the lock above.
  const [same] = await tx.$queryRaw<{ id: string; name: string; summer: boolean }[]>`
    select id, name, summer from school_break where district_id = ${actor.districtId}::uuid and from_date = ${from}::date and to_date = ${to}::date limit 1`;
  if (same?.name === name && same.summer === summer) return same.id;
  if (same) throw new DomainError("days-entered", { name: same.name });
  const [row] = await tx.$queryRaw<[{ id: string }]>`
    insert into school_break (district_id, name, from_date, to_date, summer) values (${actor.districtId}::uuid, ${name}, ${from}::date, ${to}::date, ${summer})
    returning id`;
  audit(tx, { action: "calendar.add", detail: { breakId: row.id, from, to } });
  await moveDueDays(tx, actor, now);
  return row.id;
}

/** Throws `calendar-full` where `more` entries have no room. */
export async function demandRoom(tx: DistrictTx, actor: Actor, more: number): Promise<void> {
  const held = await tx.schoolBreak.count({ where: { districtId: actor.districtId } });
  if (held + more > mostBreaks) throw new DomainError("calendar-full", { limit: mostBreaks });
}
