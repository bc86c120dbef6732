import type { DistrictTx } from "@/lib/db/types";
import type { Jobs } from "@/lib/outbox";

/**
 * Notes a mail for the district's transfer coordinator, who may be nobody that signs in. Not where the address is told already as a
 * member's. `path` begins below the district. Returns the new mail's id, or nothing.
 */
export async function addressCoordinator(tx: DistrictTx, job: Jobs["notify"] & { path: string }): Promise<string[]> {
  const rows = await tx.$queryRaw<{ id: string }[]>`
    insert into mail (district_id, event, event_key, transfer_id, request_id, to_address, link)
    select s.district_id, ${job.event}, ${job.key}, ${job.transferId ?? null}::uuid, ${job.requestId ?? null}::uuid, s.coordinator_email, '/d/' || d.slug || ${job.path}
    from district_settings s join district d on d.id = s.district_id
    where s.district_id = ${job.districtId}::uuid and s.coordinator_email <> ''
      and not exists (select 1 from mail x where x.district_id = s.district_id and x.event_key = ${job.key} and lower(x.to_address) = lower(s.coordinator_email))
    on conflict (district_id, event_key, to_address) where membership_id is null do nothing
    returning id`;
  return rows.map((row) => row.id);
}
