import { caseCount, composeMail, transferAction, transferFacts } from "@/emails/layout";
import type { RenderedMail, TransferMailData } from "@/emails/mail-data";

const strings = {
  subject: (data: TransferMailData) => `${data.reference}: ${caseCount(data.count)} sent to ${data.receivingDistrict}`,
  heading: (data: TransferMailData) => `Your district sent ${caseCount(data.count)} to ${data.receivingDistrict}`,
  next: (data: TransferMailData) =>
    `Call ${data.receivingDistrict} and read out the authorization code, which stands in the transfer’s details. It’s never sent by email.`,
  until:
    "The transfer waits until they accept it with the code. You can cancel it until then. Your district keeps the originals.",
  assigned:
    "You’re assigned to a case in it. Your case stays as it is and where it is; later changes to it don’t travel.",
};

/** Tells the sender's people that their district's transfer is on its way. */
export function transferSentMail(data: TransferMailData): Promise<RenderedMail> {
  return composeMail({
    subject: strings.subject(data),
    heading: strings.heading(data),
    paragraphs: data.linkLeadsTo === "transfer" ? [strings.next(data), strings.until] : [strings.assigned],
    facts: transferFacts(data),
    action: transferAction(data),
  });
}
