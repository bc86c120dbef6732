import { composeMail, documentAction, documentFacts } from "@/emails/layout";
import type { DocumentMailData, RenderedMail } from "@/emails/mail-data";

const strings = {
  subject: (data: DocumentMailData) => `${data.reference}: not sent to ${data.receivingDistrict}`,
  heading: (data: DocumentMailData) => `Your transfer to ${data.receivingDistrict} couldn’t be sent`,
  what: "Nothing left your district. Why stands in the transfer’s details.",
  next: "Mend what it says there, then transfer again.",
};

/** Tells the sender's people that a transfer of documents couldn't be made. */
export function documentsFailedMail(data: DocumentMailData): Promise<RenderedMail> {
  return composeMail({
    subject: strings.subject(data),
    heading: strings.heading(data),
    paragraphs: [strings.what, strings.next],
    facts: documentFacts(data),
    action: documentAction(data),
  });
}
