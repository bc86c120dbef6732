import { audit } from "@/lib/audit";
import type { DistrictTx } from "@/lib/db/types";
import { findStatement } from "@/lib/disclosures/find-statement";
import { type Contact, findContacts } from "@/lib/districts/find-contacts";
import { listMails, type MailView } from "@/lib/districts/list-mails";
import { DomainError } from "@/lib/errors";
import { type Actor, demand } from "@/lib/policy";
import { keys } from "@/lib/storage/keys";
import { takesNotice } from "@/lib/transfers/add-notice";
import { findTransferRow, type TransferRow, transferNeeds } from "@/lib/transfers/list-transfers";
import { coverBound } from "@/lib/transfers/save-transfer";
import type { TransferKind } from "@/lib/transfers/state";

export type TransferEventView = {
  at: Date;
  verb: string;
  side: "sender" | "receiver" | "time";
  /** The own district's people by name, the other's as "their staff" (null here). */
  actor: string | null;
  own: boolean;
  detail: string | null;
  /** Acted for the one district here and for the other elsewhere in this transfer. */
  actsForBoth: boolean;
};
/** What the pages of both kinds of transfers show. */
export type TransferCourse = TransferRow & {
  otherCity: string | null;
  dispatchId: string | null;
  /** Who sent it, where that was the own district. */
  sentBy: string | null;
  legalBasis: string;
  /** What stands behind it, in sentences, for the sender. */
  stated: string[];
  /** Whether its parent notice is still to be recorded, by the sender. */
  takesNotice: boolean;
  totalBytes: number;
  contact: Contact | null;
  events: TransferEventView[];
  /** The own district's mails about it. */
  mails: MailView[];
};

/** Steps whose detail both districts read: reasons, and how many tries were left. */
const told = ["reject", "fail", "wrong-code", "return", "report", "recall", "withdraw", "release"];

/** A transfer of a kind with its timeline and mails, as far as the actor's side may see it. The reading is written down. Throws `forbidden`, `not-there`. */
export async function getCourse(
  tx: DistrictTx,
  actor: Actor,
  kind: TransferKind,
  transferId: string,
): Promise<TransferCourse> {
  demand(actor, transferNeeds[kind]);
  const row = await findTransferRow(tx, kind, transferId);
  if (!row) throw new DomainError("not-there");
  audit(tx, { action: "transfer.read", subject: "transfer", subjectId: transferId });
  const [more] = await tx.$queryRaw<
    [
      {
        other: string;
        other_city: string | null;
        dispatch_id: string;
        legal_basis: string;
        total_bytes: bigint;
        sent_by: string | null;
      },
    ]
  >`
    select o.id other, o.city other_city, t.dispatch_id, t.legal_basis, t.total_bytes, m.name sent_by
    from transfer t join district o on o.id = case when t.sending_district_id = current_district() then t.receiving_district_id else t.sending_district_id end
    left join membership m on m.district_id = t.sending_district_id and m.id = t.sent_by where t.id = ${transferId}::uuid`;
  const events = await tx.$queryRaw<TransferEventView[]>`
    select e.at, e.verb, e.side, case when e.district_id = current_district() then e.actor_name end actor, e.district_id = current_district() own,
      case when e.verb = any (${told}::text[]) then e.detail end detail,
      exists (select 1 from transfer_event x where x.transfer_id = e.transfer_id and x.user_id = e.user_id and x.district_id <> e.district_id) "actsForBoth"
    from transfer_event e where e.transfer_id = ${transferId}::uuid order by e.at`;
  return {
    ...row,
    otherCity: more.other_city,
    sentBy: more.sent_by,
    dispatchId: row.side === "outgoing" ? more.dispatch_id : null,
    legalBasis: more.legal_basis,
    stated: await findStatement(tx, transferId),
    takesNotice: await takesNotice(tx, transferId),
    totalBytes: Number(more.total_bytes),
    contact: (await findContacts(tx, [more.other])).get(more.other) ?? null,
    events,
    mails: await listMails(tx, { transferId }),
  };
}

/** The sender's notes of a saved or delivered transfer, as the receiver kept them. */
export async function receivedNotes(tx: DistrictTx, actor: Actor, transferId: string): Promise<string | null> {
  const kept = await tx.receivedCover.findFirst({ where: { transferId }, select: { notesSealed: true } });
  return (
    kept &&
    (keys().unwrapForDistrict(actor.districtId, Buffer.from(kept.notesSealed), coverBound(transferId)).toString() ||
      null)
  );
}
