import { composeMail, transferAction, transferFacts } from "@/emails/layout";
import type { RenderedMail, TransferMailData } from "@/emails/mail-data";

const strings = {
  subject: (data: TransferMailData) => `${data.reference}: rejected by ${data.receivingDistrict}`,
  heading: (data: TransferMailData) => `${data.receivingDistrict} rejected your transfer`,
  what: "Nothing of it stays with them. Their reason stands in the transfer’s details.",
  next: "Call them if it isn’t clear, then send again to the right district if there is one.",
  assigned: "Nothing of it stays with them. Your case is where it was. Your district’s case managers see the reason.",
};

/** Tells the sender's people that the receiver refused. */
export function transferRejectedMail(data: TransferMailData): Promise<RenderedMail> {
  return composeMail({
    subject: strings.subject(data),
    heading: strings.heading(data),
    paragraphs: data.linkLeadsTo === "transfer" ? [strings.what, strings.next] : [strings.assigned],
    facts: transferFacts(data),
    action: transferAction(data),
  });
}
