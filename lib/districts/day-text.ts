const dayMs = 86_400_000;

/** A day as YYYY-MM-DD; a month or day beyond its end runs over into the next. Days without a time of day know no clock change. */
export function dayText(year: number, month: number, day: number): string {
  return new Date(Date.UTC(year, month - 1, day)).toISOString().slice(0, 10);
}

/** The day so many days later (YYYY-MM-DD). */
export function laterDay(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00Z`) + days * dayMs).toISOString().slice(0, 10);
}

/** 0 is Sunday, 6 Saturday. */
export function weekday(day: string): number {
  return new Date(`${day}T00:00Z`).getUTCDay();
}

/** The day (YYYY-MM-DD) that it is in a time zone (IANA name). */
export function dayIn(timeZone: string, at: Date): string {
  return new Intl.DateTimeFormat("en-CA", { timeZone, year: "numeric", month: "2-digit", day: "2-digit" }).format(at);
}
