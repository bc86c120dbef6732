import type { PurgeEvent } from "@/emails/mail-events";
import type { DistrictTx } from "@/lib/db/types";

/** Notes a mail about a proposal for destruction for everybody with **Purge** or **Manage District** but its author or who confirmed it. Returns the new mails' ids. */
export async function addressPurge(
  tx: DistrictTx,
  job: { event: PurgeEvent; districtId: string; proposalId: string; key: string },
): Promise<string[]> {
  const rows = await tx.$queryRaw<{ id: string }[]>`
    insert into mail (district_id, event, event_key, proposal_id, membership_id, to_address, link)
    select m.district_id, ${job.event}, ${job.key}, p.id, m.id, m.email, '/d/' || d.slug || '/admin/retention/proposals/' || p.id
    from purge_proposal p join district d on d.id = p.district_id
    join membership m on m.district_id = p.district_id and m.joined_at is not null and m.disabled_at is null and m.permissions && array['purge', 'manageDistrict']
    where p.district_id = ${job.districtId}::uuid and p.id = ${job.proposalId}::uuid
      and m.user_id <> case ${job.event} when 'purge-proposed' then p.proposed_by_user else coalesce(p.decided_by_user, p.proposed_by_user) end
    on conflict (district_id, event_key, membership_id) do nothing
    returning id`;
  return rows.map((row) => row.id);
}
