import { documentsDeliveredMail } from "@/emails/documents-delivered";
import { documentsFailedMail } from "@/emails/documents-failed";
import { documentsHeldMail } from "@/emails/documents-held";
import { documentsRecalledMail } from "@/emails/documents-recalled";
import { documentsReportedMail } from "@/emails/documents-reported";
import { documentsReturnedMail } from "@/emails/documents-returned";
import { factorResetMail } from "@/emails/factor-reset";
import { invitationMail } from "@/emails/invitation";
import type {
  DocumentMailData,
  FactorResetMailData,
  InvitationMailData,
  PasswordResetMailData,
  PurgeMailData,
  RenderedMail,
  RequestMailData,
  RosterMailData,
  TransferMailData,
} from "@/emails/mail-data";
import type { DocumentEvent, PurgeEvent, RequestEvent, RosterEvent } from "@/emails/mail-events";
import { passwordResetMail } from "@/emails/password-reset";
import { purgeConfirmedMail } from "@/emails/purge-confirmed";
import { purgeProposedMail } from "@/emails/purge-proposed";
import { requestAnsweredMail } from "@/emails/request-answered";
import { requestDeclinedMail } from "@/emails/request-declined";
import { requestDueSoonMail } from "@/emails/request-due-soon";
import { requestDueTodayMail } from "@/emails/request-due-today";
import { requestOverdueMail } from "@/emails/request-overdue";
import { requestReceivedMail } from "@/emails/request-received";
import { requestWithdrawnMail } from "@/emails/request-withdrawn";
import { rosterFailedMail } from "@/emails/roster-failed";
import { rosterWaitsMail } from "@/emails/roster-waits";
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
export type MailDataOf<E extends MailEvent> = E extends "invitation"
  ? InvitationMailData
  : E extends "password-reset"
    ? PasswordResetMailData
    : E extends "factor-reset"
      ? FactorResetMailData
      : E extends DocumentEvent
        ? DocumentMailData
        : E extends RequestEvent
          ? RequestMailData
          : E extends RosterEvent
            ? RosterMailData
            : E extends PurgeEvent
              ? PurgeMailData
              : TransferMailData;

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
  "documents-delivered": documentsDeliveredMail,
  "documents-held": documentsHeldMail,
  "documents-returned": documentsReturnedMail,
  "documents-recalled": documentsRecalledMail,
  "documents-reported": documentsReportedMail,
  "documents-failed": documentsFailedMail,
  "request-received": requestReceivedMail,
  "request-answered": requestAnsweredMail,
  "request-declined": requestDeclinedMail,
  "request-withdrawn": requestWithdrawnMail,
  "request-due-soon": requestDueSoonMail,
  "request-due-today": requestDueTodayMail,
  "request-overdue": requestOverdueMail,
  "roster-waits": rosterWaitsMail,
  "roster-failed": rosterFailedMail,
  "purge-proposed": purgeProposedMail,
  "purge-confirmed": purgeConfirmedMail,
  invitation: invitationMail,
  "password-reset": passwordResetMail,
  "factor-reset": factorResetMail,
};

/** The mail about an event: subject, HTML, plain text. */
export function renderMail<E extends MailEvent>(event: E, data: MailDataOf<E>): Promise<RenderedMail> {
  return mails[event](data);
}
