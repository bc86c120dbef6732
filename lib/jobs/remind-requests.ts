import { systemJobs } from "@/lib/db/system";
import { withDistrict } from "@/lib/db/tenant";
import { moveDueDays } from "@/lib/districts/set-due-days";
import { type DueRequest, type ReminderStage, stageOf, stages } from "@/lib/jobs/reminder-stage";
import { outboxAll } from "@/lib/outbox";
import { workerOf } from "@/lib/policy";
import { mapLimit } from "@/lib/storage/map-limit";

/** The event of each stage, by its number. */
const events = {
  [stages.soon]: "request-due-soon",
  [stages.today]: "request-due-today",
  [stages.overdue]: "request-overdue",
} as const satisfies Record<ReminderStage, string>;

/**
 * Reminds districts of record requests that are due, from seven in the morning there: three working days before, on the day, and, once
 * it's overdue by a working day, those above who answer. Each once for a due day. Returns of how many it told.
 */
export async function remindRequests(now: Date = new Date()): Promise<number> {
  const holders = await systemJobs(
    (tx) => tx.$queryRaw<{ id: string }[]>`
      select holding_district_id id from record_request where status = 'open' and reminded < ${stages.overdue} and due_on <= ${now}::timestamptz::date + 8
      group by 1 order by min(due_on), 1 limit 500`,
  );
  const told = await mapLimit(holders, 2, ({ id }) => remindDistrict(id, now));
  return told.reduce((sum, count) => sum + count, 0);
}

function remindDistrict(districtId: string, now: Date): Promise<number> {
  return withDistrict(workerOf(districtId), async (tx) => {
    const open = await tx.$queryRaw<(DueRequest & { id: string })[]>`
      select r.id, r.requested_at "requestedAt", r.due_on::text "dueOn", r.reminded, s.time_zone "timeZone"
      from record_request r join district_settings s on s.district_id = r.holding_district_id
      where r.holding_district_id = ${districtId}::uuid and r.status = 'open' and r.reminded < ${stages.overdue} and r.due_on <= ${now}::timestamptz::date + 8`;
    const due = new Map<string, { stage: ReminderStage; dueOn: string }>();
    for (const request of open) {
      const stage = stageOf(request, now);
      if (stage !== null) due.set(request.id, { stage, dueOn: request.dueOn });
    }
    if (due.size === 0) return 0;
    // Of two workers that remind at once, one finds them as they were; mails and mark come to be in one transaction.
    const reminders = [...due.values()];
    const noted = await tx.$queryRaw<{ id: string }[]>`
      select exchange_note_reminders(${[...due.keys()]}::uuid[], ${reminders.map((one) => one.stage)}::int[], ${reminders.map((one) => one.dueOn)}::date[]) id`;
    if (noted.length === 0) return 0;
    const jobs = noted.flatMap(({ id }) => {
      const reminder = due.get(id);
      if (!reminder) return [];
      const event = events[reminder.stage];
      // The day is part of the key: of one that has moved later it's told once more.
      const key = `${id}:${event}:${reminder.dueOn}`;
      return [{ job: { event, districtId, requestId: id, key }, startAfterSeconds: 0 }];
    });
    await outboxAll(tx, "notify", jobs);
    return jobs.length;
  });
}

/** Brings the due days of all open record requests up to date, where a state's law was changed with a new version. Returns how many moved. */
export async function moveAllDueDays(now: Date = new Date()): Promise<number> {
  const holders = await systemJobs(
    (tx) =>
      tx.$queryRaw<{ id: string }[]>`select distinct holding_district_id id from record_request where status = 'open'`,
  );
  const moved = await mapLimit(holders, 2, ({ id }) =>
    withDistrict(workerOf(id), (tx) => moveDueDays(tx, { districtId: id }, now)),
  );
  return moved.reduce((sum, count) => sum + count, 0);
}
