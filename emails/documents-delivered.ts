import { composeMail, coordinatorLine, documentAction, documentCount, documentFacts } from "@/emails/layout";
import type { DocumentMailData, RenderedMail } from "@/emails/mail-data";

const strings = {
  subject: (data: DocumentMailData) =>
    data.side === "receiver"
      ? `${data.reference}: ${documentCount(data.count)} from ${data.sendingDistrict}`
      : `${data.reference}: delivered to ${data.receivingDistrict}`,
  heading: (data: DocumentMailData) =>
    data.side === "receiver"
      ? `${data.sendingDistrict} sent your district ${documentCount(data.count)}`
      : `${documentCount(data.count)} delivered to ${data.receivingDistrict}`,
  owner: "They’re with the student in your district now, and you’re their owner.",
  others: "They’re with the student in your district now, and their new owner is told.",
  wrong: "If they’re about another student, choose Report wrong student at once: then nobody sees them.",
  sent: "The student’s records agree. Your district keeps the originals. There’s nothing to do.",
};

/** Tells the new owner and the coordinator that documents came in, and the sender that they arrived. */
export function documentsDeliveredMail(data: DocumentMailData): Promise<RenderedMail> {
  return composeMail({
    subject: strings.subject(data),
    heading: strings.heading(data),
    paragraphs:
      data.side === "sender"
        ? [strings.sent]
        : [data.linkLeadsTo === "student" ? strings.owner : strings.others, strings.wrong, ...coordinatorLine(data)],
    facts: documentFacts(data),
    action: documentAction(data),
  });
}
