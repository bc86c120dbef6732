import { composeMail, transferAction, transferFacts } from "@/emails/layout";
import type { RenderedMail, TransferMailData } from "@/emails/mail-data";

const strings = {
  subject: (data: TransferMailData) =>
    data.side === "sender"
      ? `${data.reference}: expired, not accepted by ${data.receivingDistrict}`
      : `${data.reference}: from ${data.sendingDistrict}, expired`,
  heading: (data: TransferMailData) =>
    data.side === "sender"
      ? `${data.receivingDistrict} didn’t accept your transfer in time`
      : `A transfer from ${data.sendingDistrict} has expired`,
  sent: "It can’t be accepted any more. Your district keeps the originals.",
  sendAgain: "Call them, and send again if it’s still needed.",
  received: "It wasn’t accepted in time, and its code no longer works. Nothing of it stays with your district.",
  askAgain: "If your district needs it, call the sending district and ask them to send again.",
};

/** Tells either side that nobody accepted in time. */
export function transferExpiredMail(data: TransferMailData): Promise<RenderedMail> {
  return composeMail({
    subject: strings.subject(data),
    heading: strings.heading(data),
    paragraphs:
      data.side === "receiver"
        ? [strings.received, strings.askAgain]
        : data.linkLeadsTo === "transfer"
          ? [strings.sent, strings.sendAgain]
          : [strings.sent],
    facts: transferFacts(data),
    action: transferAction(data),
  });
}
