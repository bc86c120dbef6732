import type { RosterEvent } from "@/emails/mail-events";
import type { DistrictTx } from "@/lib/db/types";

/**
 * Notes a mail about a picked-up roster for everybody in the district who has **Manage District**. Of one that waits only while it does:
 * a newer file may have taken its place. Returns the new mails' ids.
 */
export async function addressRoster(
  tx: DistrictTx,
  job: { event: RosterEvent; districtId: string; importId?: string; key: string },
): Promise<string[]> {
  const importId = job.importId ?? null;
  const rows = await tx.$queryRaw<{ id: string }[]>`
    insert into mail (district_id, event, event_key, membership_id, to_address, link)
    select m.district_id, ${job.event}, ${job.key}, m.id, m.email, '/d/' || d.slug || '/admin/roster' || coalesce('/' || ${importId}, '')
    from district d join membership m on m.district_id = d.id and m.joined_at is not null and m.disabled_at is null and 'manageDistrict' = any (m.permissions)
    where d.id = ${job.districtId}::uuid and (${job.event} <> 'roster-waits' or exists (
      select 1 from roster_import i where i.district_id = d.id and i.id = ${importId}::uuid and i.status in ('ready', 'held')))
    on conflict (district_id, event_key, membership_id) do nothing
    returning id`;
  return rows.map((row) => row.id);
}
