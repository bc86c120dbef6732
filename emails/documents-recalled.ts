import { composeMail, documentAction, documentFacts } from "@/emails/layout";
import type { DocumentMailData, RenderedMail } from "@/emails/mail-data";

const strings = {
  subject: (data: DocumentMailData) => `${data.reference}: recalled by ${data.sendingDistrict}`,
  heading: (data: DocumentMailData) => `${data.sendingDistrict} recalled a transfer to your district`,
  what: "What came with it is locked away: nobody in your district sees it any more.",
  next: "Whoever manages documents purges it, or releases it with a reason. Don’t use copies that you made of it.",
};

/** Tells the receiver's people that the sender took documents back. */
export function documentsRecalledMail(data: DocumentMailData): Promise<RenderedMail> {
  return composeMail({
    subject: strings.subject(data),
    heading: strings.heading(data),
    paragraphs: [strings.what, strings.next],
    facts: documentFacts(data),
    action: documentAction(data),
  });
}
