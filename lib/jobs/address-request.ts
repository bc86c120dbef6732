import type { RequestEvent } from "@/emails/render-mail";
import type { DistrictTx } from "@/lib/db/types";
import { addressCoordinator } from "@/lib/jobs/address-coordinator";

/** Whose side an event of a record request concerns, and whether its coordinator is told as well. */
const whom: Record<RequestEvent, { side: "asker" | "holder"; coordinator: boolean }> = {
  "request-received": { side: "holder", coordinator: true },
  "request-withdrawn": { side: "holder", coordinator: true },
  "request-answered": { side: "asker", coordinator: false },
  "request-declined": { side: "asker", coordinator: false },
};

/** Notes a mail about a record request for everybody in the district whom the event concerns. Returns the new mails' ids. */
export async function addressRequest(
  tx: DistrictTx,
  job: { event: RequestEvent; districtId: string; requestId: string; key: string },
): Promise<string[]> {
  const { side, coordinator } = whom[job.event];
  const request = await tx.recordRequest.findUnique({
    where: { id: job.requestId },
    select: { requestingDistrictId: true, holdingDistrictId: true },
  });
  if ((side === "asker" ? request?.requestingDistrictId : request?.holdingDistrictId) !== job.districtId) return [];
  const rows = await tx.$queryRaw<{ id: string }[]>`
    insert into mail (district_id, event, event_key, request_id, membership_id, to_address, link)
    select m.district_id, ${job.event}, ${job.key}, r.id, m.id, m.email, '/d/' || d.slug || '/admin/requests/record-requests/' || r.id
    from record_request r
    join district d on d.id = ${job.districtId}::uuid
    join membership m on m.district_id = d.id and m.joined_at is not null and m.disabled_at is null
    where r.id = ${job.requestId}::uuid
      and (case r.kind when 'cases' then 'manageCases' else 'manageDocuments' end = any (m.permissions)
        or (r.requesting_district_id = m.district_id and r.requested_by = m.id))
    on conflict (district_id, event_key, membership_id) do nothing
    returning id`;
  const more = coordinator
    ? await addressCoordinator(tx, { ...job, path: `/admin/requests/record-requests/${job.requestId}` })
    : [];
  return [...rows.map((row) => row.id), ...more];
}
