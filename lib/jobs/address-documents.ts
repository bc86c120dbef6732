import type { DocumentEvent } from "@/emails/mail-events";
import type { DistrictTx } from "@/lib/db/types";
import { openQuarantine } from "@/lib/documents/quarantine";
import { addressCoordinator } from "@/lib/jobs/address-coordinator";

/** The Manage Documents users, who sent it, the new owners of what came with it, the district's transfer coordinator. */
type Whom = "managers" | "sentBy" | "owners" | "coordinator";

/** Whom an event of a document transfer concerns, on either side. */
const whom: Record<DocumentEvent, { sender: readonly Whom[]; receiver: readonly Whom[] }> = {
  "documents-delivered": { sender: ["sentBy"], receiver: ["owners", "coordinator"] },
  "documents-held": { sender: ["sentBy"], receiver: ["managers", "coordinator"] },
  "documents-returned": { sender: ["managers", "sentBy"], receiver: [] },
  "documents-reported": { sender: ["managers", "sentBy"], receiver: [] },
  "documents-failed": { sender: ["managers", "sentBy"], receiver: [] },
  "documents-recalled": { sender: [], receiver: ["managers", "owners"] },
};

/** Notes a mail about a document transfer for everybody in the district whom the event concerns. Returns the new mails' ids. */
export async function addressDocuments(
  tx: DistrictTx,
  job: { event: DocumentEvent; districtId: string; transferId: string; key: string },
): Promise<string[]> {
  const transfer = await tx.transfer.findUnique({
    where: { id: job.transferId },
    select: { sendingDistrictId: true, receivingDistrictId: true },
  });
  if (!transfer || ![transfer.sendingDistrictId, transfer.receivingDistrictId].includes(job.districtId)) return [];
  const told = whom[job.event][transfer.sendingDistrictId === job.districtId ? "sender" : "receiver"];
  const tells = (one: Whom) => told.includes(one);
  // The owners of recalled documents: nobody sees these any more, but their owners are told.
  if (tells("owners")) await openQuarantine(tx);
  const rows = await tx.$queryRaw<{ id: string }[]>`
    insert into mail (district_id, event, event_key, transfer_id, membership_id, to_address, link)
    select m.district_id, ${job.event}, ${job.key}, t.id, m.id, m.email,
      '/d/' || d.slug || case when own.student_id is not null and (${job.event === "documents-delivered"}::boolean or not 'manageDocuments' = any (m.permissions))
        then '/students/' || own.student_id else '/admin/requests/document-transfers/' || t.id end
    from transfer t
    join district d on d.id = ${job.districtId}::uuid
    join membership m on m.district_id = d.id and m.joined_at is not null and m.disabled_at is null
    left join lateral (select x.student_id from document x where ${tells("owners")}::boolean and x.district_id = m.district_id and x.origin_transfer_id = t.id and x.owner_id = m.id limit 1) own on true
    where t.id = ${job.transferId}::uuid
      and ((${tells("managers")}::boolean and 'manageDocuments' = any (m.permissions)) or (${tells("sentBy")}::boolean and m.id = t.sent_by) or own.student_id is not null)
    on conflict (district_id, event_key, membership_id) do nothing
    returning id`;
  const coordinator = tells("coordinator")
    ? await addressCoordinator(tx, { ...job, path: `/admin/requests/document-transfers/${job.transferId}` })
    : [];
  return [...rows.map((row) => row.id), ...coordinator];
}
