import { audit } from "@/lib/audit";
import type { DistrictTx } from "@/lib/db/types";
import { DomainError } from "@/lib/errors";
import { type Actor, demand } from "@/lib/policy";
import { keys } from "@/lib/storage/keys";
import { findTransferRow, type TransferRow } from "@/lib/transfers/list-transfers";
import { coverBound } from "@/lib/transfers/save-transfer";
import { notesBound } from "@/lib/transfers/send-cases";

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
export type TransferDetails = TransferRow & {
  otherCity: string | null;
  dispatchId: string | null;
  /** Who sent it, where that was the own district. */
  sentBy: string | null;
  /** Of the code that holds now; the sender names it when asking for a new one. */
  codeVersion: number;
  unlockedAt: Date | null;
  legalBasis: string;
  spokeWith: string | null;
  spokeOn: string | null;
  totalBytes: number;
  triesLeft: number | null;
  contact: { name: string | null; title: string | null; email: string | null; phone: string | null } | null;
  events: TransferEventView[];
  /** The sender's own cases in it; the receiver's once saved. Empty before. */
  contents: { id: string; number: string; given: string; family: string; originNumber: string | null }[];
  /** Why cases were left out, of an incoming transfer that was saved. */
  leftOut: string[];
  /** The sender's notes, for the sender. */
  notes: string | null;
  /** The own district's mails about it. */
  mails: {
    to: string;
    event: string;
    status: "waiting" | "sent" | "refused";
    tries: number;
    lastError: string | null;
    createdAt: Date;
    sentAt: Date | null;
  }[];
};

/** A transfer of the actor's district with its timeline, as far as that side may see it. The reading is written down. Throws `forbidden`, `not-there`. */
export async function getTransfer(
  tx: DistrictTx,
  actor: Actor,
  input: { transferId: string },
): Promise<TransferDetails> {
  demand(actor, "manageCases");
  const { transferId } = input;
  const row = await findTransferRow(tx, transferId);
  if (!row) throw new DomainError("not-there");
  audit(tx, { action: "transfer.read", subject: "transfer", subjectId: transferId });
  const [more] = await tx.$queryRaw<
    [
      {
        sending: string;
        receiving: string;
        other_city: string | null;
        dispatch_id: string;
        legal_basis: string;
        spoke_with: string | null;
        spoke_on: string | null;
        total_bytes: bigint;
        tries_left: number | null;
        notes_sealed: Uint8Array | null;
        sent_by: string | null;
        code_version: number;
        unlocked_at: Date | null;
      },
    ]
  >`
    select t.sending_district_id sending, t.receiving_district_id receiving, o.city other_city, t.dispatch_id, t.legal_basis, t.spoke_with, t.spoke_on::text, t.total_bytes,
      exchange_tries_left(t.id) tries_left, d.notes_sealed, m.name sent_by, t.code_version, t.unlocked_at
    from transfer t join district o on o.id = case when t.sending_district_id = current_district() then t.receiving_district_id else t.sending_district_id end
    left join dispatch d on d.district_id = t.sending_district_id and d.id = t.dispatch_id
    left join membership m on m.district_id = t.sending_district_id and m.id = t.sent_by where t.id = ${transferId}::uuid`;
  const outgoing = row.side === "outgoing";
  const events = await tx.$queryRaw<TransferEventView[]>`
    select e.at, e.verb, e.side, case when e.district_id = current_district() then e.actor_name end actor, e.district_id = current_district() own,
      case when e.verb in ('reject', 'fail', 'wrong-code') then e.detail end detail,
      exists (select 1 from transfer_event x where x.transfer_id = e.transfer_id and x.user_id = e.user_id and x.district_id <> e.district_id) "actsForBoth"
    from transfer_event e where e.transfer_id = ${transferId}::uuid order by e.at`;
  const contents = outgoing
    ? await tx.$queryRaw<TransferDetails["contents"]>`
        select c.id, c.number, coalesce(s.given_name, p.given_name) given, coalesce(s.family_name, p.family_name) family, null "originNumber"
        from transfer_case x join "case" c on c.id = x.case_id left join student s on s.id = c.student_id left join person p on p.id = c.person_id
        where x.transfer_id = ${transferId}::uuid order by x.n`
    : await tx.$queryRaw<TransferDetails["contents"]>`
        select c.id, c.number, coalesce(s.given_name, p.given_name) given, coalesce(s.family_name, p.family_name) family, c.origin_number "originNumber"
        from "case" c left join student s on s.id = c.student_id left join person p on p.id = c.person_id
        where c.origin_transfer_id = ${transferId}::uuid order by c.person_sort, c.number`;
  const leftOut = await tx.intake.findMany({
    where: { transferId, decision: "leave" },
    select: { reason: true },
    orderBy: { n: "asc" },
  });
  const mails = await tx.mail.findMany({
    where: { transferId },
    select: { toAddress: true, event: true, status: true, tries: true, lastError: true, createdAt: true, sentAt: true },
    orderBy: { createdAt: "asc" },
  });
  const [contact] = await tx.$queryRaw<NonNullable<TransferDetails["contact"]>[]>`
    select coordinator_name "name", coordinator_title title, coordinator_email email, coordinator_phone phone from district_contacts(array[${outgoing ? more.receiving : more.sending}::uuid])`;
  return {
    ...row,
    otherCity: more.other_city,
    sentBy: more.sent_by,
    codeVersion: more.code_version,
    unlockedAt: more.unlocked_at,
    dispatchId: outgoing ? more.dispatch_id : null,
    legalBasis: more.legal_basis,
    // Whom the sender spoke with is the sender's own note, and the other side's colleague: both may know.
    spokeWith: more.spoke_with,
    spokeOn: more.spoke_on,
    totalBytes: Number(more.total_bytes),
    triesLeft: outgoing ? null : more.tries_left,
    contact: contact ?? null,
    events,
    contents,
    leftOut: row.status === "completed" ? leftOut.map((one) => one.reason ?? "") : [],
    notes: !outgoing
      ? await receivedNotes(tx, actor, transferId)
      : more.notes_sealed
        ? keys()
            .unwrapForDistrict(more.sending, Buffer.from(more.notes_sealed), notesBound(more.dispatch_id))
            .toString() || null
        : null,
    mails: mails.map(({ toAddress, status, ...mail }) => ({
      to: toAddress,
      status: status as "waiting" | "sent" | "refused",
      ...mail,
    })),
  };
}

/** The sender's notes of a saved transfer, as the receiver kept them. */
async function receivedNotes(tx: DistrictTx, actor: Actor, transferId: string): Promise<string | null> {
  const kept = await tx.receivedCover.findFirst({ where: { transferId }, select: { notesSealed: true } });
  return (
    kept &&
    (keys().unwrapForDistrict(actor.districtId, Buffer.from(kept.notesSealed), coverBound(transferId)).toString() ||
      null)
  );
}
