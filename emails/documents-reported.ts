import { composeMail, documentAction, documentFacts } from "@/emails/layout";
import type { DocumentMailData, RenderedMail } from "@/emails/mail-data";

const strings = {
  subject: (data: DocumentMailData) => `${data.reference}: wrong student, reported by ${data.receivingDistrict}`,
  heading: (data: DocumentMailData) => `${data.receivingDistrict} reports the wrong student`,
  what: "They say that what you transferred is about another student. It’s locked away there: nobody sees it any more.",
  next: "Open the transfer: redo it with the right student ID, or withdraw it. Your district keeps the originals.",
};

/** Tells the sender's people that their documents reached another student. */
export function documentsReportedMail(data: DocumentMailData): Promise<RenderedMail> {
  return composeMail({
    subject: strings.subject(data),
    heading: strings.heading(data),
    paragraphs: [strings.what, strings.next],
    facts: documentFacts(data),
    action: documentAction(data),
  });
}
