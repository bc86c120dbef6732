import { fromPrisma, type PgBoss } from "pg-boss";
import { isDocumentEvent, isPurgeEvent, isRequestEvent, isRosterEvent } from "@/emails/mail-events";
import { withDistrict } from "@/lib/db/tenant";
import type { DistrictTx } from "@/lib/db/types";
import { addressDocuments } from "@/lib/jobs/address-documents";
import { addressPurge } from "@/lib/jobs/address-purge";
import { addressRequest } from "@/lib/jobs/address-request";
import { addressRoster } from "@/lib/jobs/address-roster";
import type { Jobs, MailEvent } from "@/lib/outbox";
import { workerOf } from "@/lib/policy";

/** Of what the users assigned to the sent cases are told, besides the sender's Manage Cases users: that it was sent, and how it ended. */
const alsoToAssigned: readonly MailEvent[] = [
  "transfer-sent",
  "transfer-completed",
  "transfer-rejected",
  "transfer-expired",
];

/**
 * Finds whom in one district an event concerns (product.md, section 3, Alerts), notes a mail for each of them and enqueues its sending,
 * in one transaction. Repeated with the same key it does nothing twice.
 */
export async function notify(boss: PgBoss, job: Jobs["notify"]): Promise<void> {
  await withDistrict(workerOf(job.districtId), async (tx) => {
    const mailIds = await address(tx, job);
    await enqueueDelivery(
      boss,
      mailIds.map((mailId) => ({ districtId: job.districtId, mailId })),
      tx,
    );
  });
}

function address(tx: DistrictTx, job: Jobs["notify"]): Promise<string[]> {
  const { event, districtId, key, transferId, requestId, proposalId } = job;
  if (isRequestEvent(event) && requestId) return addressRequest(tx, { event, districtId, key, requestId });
  if (isDocumentEvent(event) && transferId) return addressDocuments(tx, { event, districtId, key, transferId });
  if (isPurgeEvent(event) && proposalId) return addressPurge(tx, { event, districtId, key, proposalId });
  if (isRosterEvent(event)) return addressRoster(tx, { ...job, event });
  return transferId ? addressTransfer(tx, { ...job, transferId }) : addressMember(tx, job);
}

/** Enqueues the sending of mails, one job each; a mail that has a job already keeps that one. */
export async function enqueueDelivery(boss: PgBoss, mails: readonly Jobs["deliver"][], tx?: DistrictTx): Promise<void> {
  if (mails.length === 0) return;
  await boss.insert(
    "deliver",
    mails.map((data) => ({ data, singletonKey: data.mailId })),
    tx ? { db: fromPrisma(tx) } : {},
  );
}

async function addressTransfer(tx: DistrictTx, job: Jobs["notify"] & { transferId: string }): Promise<string[]> {
  // transfer_case holds rows of the sending district alone: at the receiver nobody is assigned.
  const rows = await tx.$queryRaw<{ id: string }[]>`
    insert into mail (district_id, event, event_key, transfer_id, membership_id, to_address, link)
    select m.district_id, ${job.event}, ${job.key}, t.id, m.id, m.email,
      '/d/' || d.slug || case when 'manageCases' = any (m.permissions) then '/admin/requests/case-transfers/' || t.id
        when cardinality(own.cases) = 1 then '/cases/' || own.cases[1] else '/cases' end
    from transfer t
    join district d on d.id = ${job.districtId}::uuid
    join membership m on m.district_id = d.id and m.joined_at is not null and m.disabled_at is null
    cross join lateral (
      select coalesce(array_agg(x.case_id), '{}') as cases from transfer_case x
      join case_assignment a on a.district_id = x.district_id and a.case_id = x.case_id
      where x.district_id = m.district_id and x.transfer_id = t.id and a.membership_id = m.id) own
    where t.id = ${job.transferId}::uuid and d.id in (t.sending_district_id, t.receiving_district_id)
      and ('manageCases' = any (m.permissions) or (${alsoToAssigned.includes(job.event)} and cardinality(own.cases) > 0))
    on conflict (district_id, event_key, membership_id) do nothing
    returning id`;
  return rows.map((row) => row.id);
}

async function addressMember(tx: DistrictTx, job: Jobs["notify"]): Promise<string[]> {
  const rows = await tx.$queryRaw<{ id: string }[]>`
    insert into mail (district_id, event, event_key, membership_id, to_address)
    select m.district_id, ${job.event}, ${job.key}, m.id, m.email from membership m
    where m.district_id = ${job.districtId}::uuid and m.id = ${job.membershipId ?? null}::uuid and m.disabled_at is null
    on conflict (district_id, event_key, membership_id) do nothing
    returning id`;
  return rows.map((row) => row.id);
}
