import { composeMail, documentAction, documentFacts } from "@/emails/layout";
import type { DocumentMailData, RenderedMail } from "@/emails/mail-data";

const strings = {
  subject: (data: DocumentMailData) => `${data.reference}: returned by ${data.receivingDistrict}`,
  heading: (data: DocumentMailData) => `${data.receivingDistrict} returned your transfer`,
  what: "Nothing came into their district. Their reason stands in the transfer’s details.",
  next: "Your district keeps the originals. Call them, and transfer again if it’s still needed.",
};

/** Tells the sender's people that the receiver gave held documents back. */
export function documentsReturnedMail(data: DocumentMailData): Promise<RenderedMail> {
  return composeMail({
    subject: strings.subject(data),
    heading: strings.heading(data),
    paragraphs: [strings.what, strings.next],
    facts: documentFacts(data),
    action: documentAction(data),
  });
}
