import type { DistrictTx } from "@/lib/db/types";
import { type Contact, findContacts } from "@/lib/districts/find-contacts";
import { stateName } from "@/lib/districts/states";
import { DomainError } from "@/lib/errors";
import { type Actor, demand } from "@/lib/policy";
import type { TransferStatus } from "@/lib/transfers/state";

/** A case that was chosen and didn't travel, with the transfer that it waits in already (null once that one is decided). */
export type HeldBack = {
  number: string;
  given: string;
  family: string;
  waitsIn: { transferId: string; reference: string } | null;
};
export type SentTransfer = {
  id: string;
  reference: string;
  status: TransferStatus;
  to: { id: string; name: string; stateName: string; city: string | null };
  cases: number;
  createdAt: Date;
  sentAt: Date | null;
  expiresAt: Date | null;
  reason: string | null;
  contact: Contact | null;
  heldBack: HeldBack[];
};
export type Sent = {
  dispatchId: string;
  /** The list's query string, to go back to. */
  listQuery: string;
  from: { name: string; stateName: string; city: string | null; phone: string | null };
  transfers: SentTransfer[];
};

/** What became of a dispatch of the actor's own: its transfers, one per destination. Throws `forbidden`, `not-there` (also where it wasn't sent yet). */
export async function getSent(tx: DistrictTx, actor: Actor, input: { dispatchId: string }): Promise<Sent> {
  demand(actor, "manageCases");
  const { dispatchId } = input;
  const [own] = await tx.$queryRaw<
    { list_query: string; name: string; state: string; city: string | null; phone: string | null }[]
  >`
    select x.list_query, d.name, d.state, d.city, s.coordinator_phone phone from dispatch x join district d on d.id = x.district_id left join district_settings s on s.district_id = x.district_id
    where x.id = ${dispatchId}::uuid and x.created_by = ${actor.membershipId}::uuid and x.sent_at is not null`;
  if (!own) throw new DomainError("not-there");
  const transfers = await tx.$queryRaw<
    (Omit<SentTransfer, "to" | "contact"> & {
      to_id: string;
      to_name: string;
      to_state: string;
      to_city: string | null;
    })[]
  >`
    select t.id, t.reference, t.status, t.item_count cases, t.created_at "createdAt", t.sent_at "sentAt", t.expires_at "expiresAt", t.reason, d.id to_id, d.name to_name, d.state to_state, d.city to_city,
      coalesce((select json_agg(json_build_object('number', c.number, 'given', coalesce(s.given_name, p.given_name), 'family', coalesce(s.family_name, p.family_name),
          'waitsIn', (select json_build_object('transferId', w.id, 'reference', w.reference) from transfer_case wc join transfer w on w.id = wc.transfer_id
            where wc.district_id = c.district_id and wc.case_id = c.id and wc.receiving_district_id = d.id and wc.open limit 1)) order by c.person_sort, c.number)
        from dispatch_case x join "case" c on c.district_id = x.district_id and c.id = x.case_id
        left join student s on s.district_id = c.district_id and s.id = c.student_id
        left join person p on p.district_id = c.district_id and p.id = c.person_id
        where x.dispatch_id = ${dispatchId}::uuid and not exists (select 1 from transfer_case tc where tc.district_id = x.district_id and tc.transfer_id = t.id and tc.case_id = x.case_id)), '[]') "heldBack"
    from transfer t join district d on d.id = t.receiving_district_id
    where t.dispatch_id = ${dispatchId}::uuid order by d.name, d.id`;
  const contacts = await findContacts(
    tx,
    transfers.map((one) => one.to_id),
  );
  const { list_query: listQuery, state, ...from } = own;
  return {
    dispatchId,
    listQuery,
    from: { ...from, stateName: stateName(state) },
    transfers: transfers.map(({ to_id, to_name, to_state, to_city, ...one }) => ({
      ...one,
      to: { id: to_id, name: to_name, stateName: stateName(to_state), city: to_city },
      contact: contacts.get(to_id) ?? null,
    })),
  };
}
