import { audit } from "@/lib/audit";
import type { DistrictTx } from "@/lib/db/types";
import { dayIn } from "@/lib/districts/day-text";
import { type Due, dueDay } from "@/lib/districts/due-day";
import { holdingCalendars } from "@/lib/districts/holding-calendars";
import type { Actor } from "@/lib/policy";

type Open = { id: string; requestedAt: Date; documentTypes: string[] };
type Reckoned = Open & { due: Due | null };

/**
 * Sets the due day of a record request that was just asked, by the holder's law and calendar. Until the transaction ends the holder's
 * calendar doesn't change: whoever changes it waits, and then moves this request with the others.
 */
export async function setDueOnArrival(
  tx: DistrictTx,
  input: { requestId: string; holdingDistrictId: string },
): Promise<void> {
  const { requestId, holdingDistrictId } = input;
  await tx.$queryRaw`select pg_advisory_xact_lock_shared(hashtextextended(${holdingDistrictId}, 6))::text`;
  const holder = (await holdingCalendars(tx, [holdingDistrictId])).get(holdingDistrictId);
  if (!holder) return;
  const requests = await tx.$queryRaw<Open[]>`
    select id, requested_at "requestedAt", document_types "documentTypes" from record_request where id = ${requestId}::uuid and status = 'open'`;
  await write(
    tx,
    requests.map((request) => ({ ...request, due: dueDay(request, holder) })),
  );
}

/**
 * Brings the due days of all open record requests to the actor's district up to date: after its calendar, its own number of days or its
 * time zone changed, or a state's law did. Once the latest day that it was ever due by has gone by there, it moves neither past that nor away: who is overdue
 * can't enter days off until it isn't so, and a slip of the calendar can still be put right before. Writes down how many moved, and returns it.
 */
export async function moveDueDays(
  tx: DistrictTx,
  actor: Pick<Actor, "districtId">,
  now: Date = new Date(),
): Promise<number> {
  const { districtId } = actor;
  await tx.$queryRaw`select pg_advisory_xact_lock(hashtextextended(${districtId}, 6))::text`;
  const holder = (await holdingCalendars(tx, [districtId])).get(districtId);
  if (!holder) return 0;
  const today = dayIn(holder.timeZone, now);
  const requests = await tx.$queryRaw<(Open & { dueLatest: string | null })[]>`
    select id, requested_at "requestedAt", document_types "documentTypes", due_latest::text "dueLatest"
    from record_request where holding_district_id = ${districtId}::uuid and status = 'open'`;
  const moved = await write(
    tx,
    requests.flatMap(({ dueLatest, ...request }) => {
      const due = dueDay(request, holder);
      const gone = dueLatest !== null && dueLatest < today;
      if (!gone) return [{ ...request, due }];
      return due ? [{ ...request, due: { ...due, on: due.on > dueLatest ? dueLatest : due.on } }] : [];
    }),
  );
  if (moved > 0) audit(tx, { action: "request.due-moved", detail: { count: moved } });
  return moved;
}

async function write(tx: DistrictTx, requests: readonly Reckoned[]): Promise<number> {
  const due = requests.map((request) => request.due);
  const [row] = await tx.$queryRaw<[{ changed: number }]>`
    select exchange_set_due(${requests.map((one) => one.id)}::uuid[], ${due.map((one) => one?.on ?? null)}::date[], ${due.map((one) => one?.days ?? null)}::int[],
      ${due.map((one) => one?.kind ?? null)}::text[], ${due.map((one) => one?.own ?? false)}::boolean[]) changed`;
  return row.changed;
}
