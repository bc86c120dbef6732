import { type AuditEntry, audit } from "@/lib/audit";
import type { ExchangeTx } from "@/lib/db/types";
import { DomainError } from "@/lib/errors";
import { type MailEvent, outbox } from "@/lib/outbox";
import type { TransferKind, TransferStatus, TransferVerb } from "@/lib/transfers/state";

export type Parties = {
  kind: TransferKind;
  sendingDistrictId: string;
  receivingDistrictId: string;
  status: TransferStatus;
  /** Whether its package lies there, or lay. */
  sealed: boolean;
  codeVersion: number;
  expiresAt: Date | null;
  reference: string;
};

/** The two districts of a transfer and where it stands. Null for whoever takes no part in it. */
export async function findParties(tx: ExchangeTx, transferId: string): Promise<Parties | null> {
  const row = await tx.transfer.findUnique({
    where: { id: transferId },
    select: {
      kind: true,
      sendingDistrictId: true,
      receivingDistrictId: true,
      status: true,
      packageSha256: true,
      codeVersion: true,
      expiresAt: true,
      reference: true,
    },
  });
  if (!row) return null;
  const { packageSha256, ...parties } = row;
  return {
    ...parties,
    kind: row.kind as TransferKind,
    status: row.status as TransferStatus,
    sealed: packageSha256 !== null,
  };
}

/** As `findParties`; throws `not-there`. */
export async function getParties(tx: ExchangeTx, transferId: string): Promise<Parties> {
  const parties = await findParties(tx, transferId);
  if (!parties) throw new DomainError("not-there");
  return parties;
}

/** Writes what happened into both districts' audit logs. */
export function auditBoth(
  tx: ExchangeTx,
  transferId: string,
  parties: { sendingDistrictId: string; receivingDistrictId: string },
  action: string,
  detail?: AuditEntry["detail"],
): void {
  for (const districtId of [parties.sendingDistrictId, parties.receivingDistrictId]) {
    audit(tx, {
      action,
      subject: "transfer",
      subjectId: transferId,
      districtId,
      transferId,
      ...(detail ? { detail } : {}),
    });
  }
}

/** Tells a district's people by e-mail: a job with ids only. `key` makes a repeated job one mail per person. */
export async function tell(
  tx: ExchangeTx,
  event: MailEvent,
  districtId: string,
  transferId: string,
  key = event as string,
): Promise<void> {
  await outbox(tx, "notify", { event, districtId, transferId, key: `${transferId}:${key}` });
}

type Deciding = Extract<
  TransferVerb,
  "fail" | "reject" | "cancel" | "expire" | "save" | "deliver" | "hold" | "return" | "recall" | "report" | "withdraw"
>;

const mails: Record<Deciding, { event: MailEvent; to: ("sender" | "receiver")[] } | null> = {
  fail: { event: "transfer-failed", to: ["sender"] },
  reject: { event: "transfer-rejected", to: ["sender"] },
  cancel: { event: "transfer-cancelled", to: ["receiver"] },
  expire: { event: "transfer-expired", to: ["sender", "receiver"] },
  save: { event: "transfer-completed", to: ["sender"] },
  deliver: { event: "documents-delivered", to: ["sender", "receiver"] },
  hold: { event: "documents-held", to: ["sender", "receiver"] },
  return: { event: "documents-returned", to: ["sender"] },
  recall: { event: "documents-recalled", to: ["receiver"] },
  report: { event: "documents-reported", to: ["sender"] },
  // The receiver has reported it, and reads the answer in the transfer's details.
  withdraw: null,
};

/**
 * Decides a transfer, or takes a document transfer a step on: the guarded update in SQL, the audit of both sides, the mails, in the
 * caller's transaction. Exactly one caller succeeds; every other one gets `transfer-decided` (of documents `transfer-moved`), a stranger
 * `not-there`. Who did the same before has clicked twice, and that's fine.
 */
export async function decide(
  tx: ExchangeTx,
  transferId: string,
  verb: Deciding,
  reason: string | null = null,
): Promise<void> {
  const parties = await getParties(tx, transferId);
  const [row] = await tx.$queryRaw<
    [{ status: TransferStatus | null }]
  >`select exchange_decide(${transferId}::uuid, ${verb}, ${reason}) status`;
  if (!row.status) {
    const lost = await lostTo(tx, transferId, parties.kind, verb);
    if (lost === "repeated") return;
    throw new DomainError(lost);
  }
  auditBoth(tx, transferId, parties, `transfer.${verb}`);
  const mail = mails[verb];
  if (!mail) return;
  const event = verb === "fail" && parties.kind === "documents" ? "documents-failed" : mail.event;
  for (const side of mail.to) {
    await tell(tx, event, side === "sender" ? parties.sendingDistrictId : parties.receivingDistrictId, transferId);
  }
}

/** Why nothing was decided. Whose verb it isn't, has no such transfer; who did the same before, has clicked twice; all others came second. */
async function lostTo(
  tx: ExchangeTx,
  transferId: string,
  kind: TransferKind,
  verb: TransferVerb,
): Promise<"not-there" | "not-pending" | "transfer-decided" | "transfer-moved" | "repeated"> {
  const [row] = await tx.$queryRaw<{ theirs: boolean; repeated: boolean; status: TransferStatus }[]>`
    select not exists (select 1 from transfer_rule r where r.kind = t.kind and r.verb = ${verb}
        and case r.side when 'sender' then t.sending_district_id when 'receiver' then t.receiving_district_id else current_district() end = current_district()) theirs,
      exists (select 1 from transfer_event e where e.transfer_id = t.id and e.verb = ${verb} and e.district_id = current_district() and e.membership_id = current_member()) repeated,
      t.status
    from transfer t where t.id = ${transferId}::uuid`;
  if (!row || row.theirs) return "not-there";
  // A second one of these would have written its cases or documents a second time: it has to be rolled back.
  if (row.repeated && verb !== "save" && verb !== "deliver") return "repeated";
  if (kind === "documents") return "transfer-moved";
  return row.status === "unlocked" || row.status === "preparing" ? "not-pending" : "transfer-decided";
}
