import type { RequestEvent } from "@/emails/mail-events";
import type { DistrictTx } from "@/lib/db/types";
import { addressCoordinator } from "@/lib/jobs/address-coordinator";

/**
 * Whose side an event of a record request concerns, and whether its coordinator is told as well. `whileOpen`: a reminder that comes too
 * late isn't one. `above`: told are those above who answer it, the district admins.
 */
const whom: Record<RequestEvent, { side: "asker" | "holder"; coordinator: boolean; whileOpen?: true; above?: true }> = {
  "request-received": { side: "holder", coordinator: true },
  "request-withdrawn": { side: "holder", coordinator: true },
  "request-answered": { side: "asker", coordinator: false },
  "request-declined": { side: "asker", coordinator: false },
  "request-due-soon": { side: "holder", coordinator: false, whileOpen: true },
  "request-due-today": { side: "holder", coordinator: false, whileOpen: true },
  "request-overdue": { side: "holder", coordinator: true, whileOpen: true, above: true },
};

/** Notes a mail about a record request for everybody in the district whom the event concerns. Returns the new mails' ids. */
export async function addressRequest(
  tx: DistrictTx,
  job: { event: RequestEvent; districtId: string; requestId: string; key: string },
): Promise<string[]> {
  const { side, coordinator, whileOpen = false, above = false } = whom[job.event];
  const request = await tx.recordRequest.findUnique({
    where: { id: job.requestId },
    select: { requestingDistrictId: true, holdingDistrictId: true, status: true },
  });
  if (whileOpen && request?.status !== "open") return [];
  if ((side === "asker" ? request?.requestingDistrictId : request?.holdingDistrictId) !== job.districtId) return [];
  const rows = await tx.$queryRaw<{ id: string }[]>`
    insert into mail (district_id, event, event_key, request_id, membership_id, to_address, link)
    select m.district_id, ${job.event}, ${job.key}, r.id, m.id, m.email,
      '/d/' || d.slug || '/admin' || case when x.needs = any (m.permissions) or not ${above}::boolean then '/requests/record-requests/' || r.id else '' end
    from record_request r
    cross join lateral (select case r.kind when 'cases' then 'manageCases' else 'manageDocuments' end needs) x
    join district d on d.id = ${job.districtId}::uuid
    join membership m on m.district_id = d.id and m.joined_at is not null and m.disabled_at is null
    where r.id = ${job.requestId}::uuid
      and (case when ${above}::boolean then 'manageDistrict' else x.needs end = any (m.permissions)
        or (r.requesting_district_id = m.district_id and r.requested_by = m.id))
    on conflict (district_id, event_key, membership_id) do nothing
    returning id`;
  const more = coordinator
    ? await addressCoordinator(tx, { ...job, path: `/admin/requests/record-requests/${job.requestId}` })
    : [];
  return [...rows.map((row) => row.id), ...more];
}
