import type { Random } from "./random";

export const dayMs = 86_400_000;

/** YYYY-MM-DD of a moment, in UTC: for days that belong to nobody's clock. */
export const dayOf = (at: Date): string => at.toISOString().slice(0, 10);

/** So many days before `now`. */
export const daysBefore = (now: Date, days: number): Date => new Date(now.getTime() - days * dayMs);

/** The day itself, or the Friday before a weekend. */
export function workdayOf(day: Date): Date {
  const weekday = day.getUTCDay();
  return weekday === 0 ? daysBefore(day, 2) : weekday === 6 ? daysBefore(day, 1) : day;
}

/** A moment of that day (or the Friday before a weekend) between eight and four, as the clock shows it in the time zone. Never after `now`. */
export function atWork(random: Random, day: Date, timeZone: string, now: Date): Date {
  const wanted =
    Date.parse(`${dayOf(workdayOf(day))}T00:00:00Z`) + random.int(8 * 60, 16 * 60) * 60_000 + random.int(0, 59) * 1000;
  const at = new Date(wanted - offsetOf(timeZone, new Date(wanted)));
  return at <= now ? at : new Date(now.getTime() - random.int(5, 90) * 60_000);
}

/** How far a time zone's clock is before UTC, in milliseconds. */
function offsetOf(timeZone: string, at: Date): number {
  const parts = new Intl.DateTimeFormat("en-US", { timeZone, timeZoneName: "longOffset" }).formatToParts(at);
  const text = parts.find((part) => part.type === "timeZoneName")?.value ?? "GMT";
  const match = /GMT([+-])(\d{2}):(\d{2})/.exec(text);
  return match ? (match[1] === "-" ? -1 : 1) * (Number(match[2]) * 60 + Number(match[3])) * 60_000 : 0;
}
