import { invitationMail } from "@/emails/invitation";
import type { InvitationMailData, RenderedMail, TransferMailData } from "@/emails/mail-data";
import { transferCancelledMail } from "@/emails/transfer-cancelled";
import { transferCompletedMail } from "@/emails/transfer-completed";
import { transferExpiredMail } from "@/emails/transfer-expired";
import { transferFailedMail } from "@/emails/transfer-failed";
import { transferLockedMail } from "@/emails/transfer-locked";
import { transferNewCodeMail } from "@/emails/transfer-new-code";
import { transferReceivedMail } from "@/emails/transfer-received";
import { transferRejectedMail } from "@/emails/transfer-rejected";
import { transferReminderMail } from "@/emails/transfer-reminder";
import { transferSentMail } from "@/emails/transfer-sent";
import { transferUnlockedMail } from "@/emails/transfer-unlocked";
import type { MailEvent } from "@/lib/outbox";

/** What a mail about each event is made from. */
export type MailDataOf<E extends MailEvent> = E extends "invitation" ? InvitationMailData : TransferMailData;

const mails: { [E in MailEvent]: (data: MailDataOf<E>) => Promise<RenderedMail> } = {
  "transfer-sent": transferSentMail,
  "transfer-received": transferReceivedMail,
  "transfer-unlocked": transferUnlockedMail,
  "transfer-completed": transferCompletedMail,
  "transfer-rejected": transferRejectedMail,
  "transfer-cancelled": transferCancelledMail,
  "transfer-expired": transferExpiredMail,
  "transfer-locked": transferLockedMail,
  "transfer-new-code": transferNewCodeMail,
  "transfer-failed": transferFailedMail,
  "transfer-reminder": transferReminderMail,
  invitation: invitationMail,
};

/** The mail about an event: subject, HTML, plain text. */
export function renderMail<E extends MailEvent>(event: E, data: MailDataOf<E>): Promise<RenderedMail> {
  return mails[event](data);
}
