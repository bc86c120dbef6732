import { dayIn } from "@/lib/districts/day-text";
import { countDays, noBreaks } from "@/lib/districts/school-days";

/** How far a record request's reminders have got (record_request.reminded); 0 is none yet. */
export const stages = { soon: 1, today: 2, overdue: 3 } as const;
export type ReminderStage = (typeof stages)[keyof typeof stages];

export type DueRequest = {
  requestedAt: Date;
  /** YYYY-MM-DD */
  dueOn: string;
  reminded: number;
  /** The holder's. */
  timeZone: string;
};

/** Working days before the due day at which the first reminder comes. */
const soonDays = 3;
/** Nobody is reminded in the night. */
const firstHour = 7;

/**
 * Which reminder is to come now, or null. A stage that was missed (no worker, a due day that moved) is left out where a later one is
 * there. On the day of its arrival nobody is reminded of a request: they were just told of it.
 */
export function stageOf({ requestedAt, dueOn, reminded, timeZone }: DueRequest, now: Date): ReminderStage | null {
  const today = dayIn(timeZone, now);
  if (hourIn(timeZone, now) < firstHour || dayIn(timeZone, requestedAt) === today) return null;
  const left = countDays(today, dueOn, "working", noBreaks);
  const stage =
    today === dueOn
      ? stages.today
      : today < dueOn
        ? left <= soonDays
          ? stages.soon
          : null
        : left <= -1
          ? stages.overdue
          : null;
  return stage !== null && stage > reminded ? stage : null;
}

function hourIn(timeZone: string, at: Date): number {
  return Number(new Intl.DateTimeFormat("en-US", { timeZone, hour: "2-digit", hourCycle: "h23" }).format(at));
}
