import { composeMail, coordinatorLine, documentAction, documentCount, documentFacts } from "@/emails/layout";
import type { DocumentMailData, RenderedMail } from "@/emails/mail-data";

const strings = {
  subject: (data: DocumentMailData) =>
    data.side === "receiver"
      ? `${data.reference}: ${documentCount(data.count)} held, from ${data.sendingDistrict}`
      : `${data.reference}: held at ${data.receivingDistrict}`,
  heading: (data: DocumentMailData) =>
    data.side === "receiver"
      ? `${documentCount(data.count)} from ${data.sendingDistrict} ${data.count === 1 ? "waits" : "wait"} for your decision`
      : `${data.receivingDistrict} holds your transfer`,
  received: "Baton couldn’t match it with a student and an owner of your district, so nobody has got anything yet.",
  decide: "Open the transfer. Link it to the right student, or return it with a reason.",
  later: "If the student arrives with your next roster import, it delivers itself.",
  sent: "It wasn’t matched with a student and an owner there, so nothing is delivered yet. Their staff decides; your originals stay where they are.",
  call: "Check the SIS Student ID and the owner with them by phone. You can recall the transfer.",
};

/** Tells the receiver's people that documents wait for a decision, and who sent them that they do. */
export function documentsHeldMail(data: DocumentMailData): Promise<RenderedMail> {
  return composeMail({
    subject: strings.subject(data),
    heading: strings.heading(data),
    paragraphs:
      data.side === "receiver"
        ? [strings.received, strings.decide, strings.later, ...coordinatorLine(data)]
        : [strings.sent, strings.call],
    facts: documentFacts(data),
    action: documentAction(data),
  });
}
