import { composeMail, transferAction, transferFacts } from "@/emails/layout";
import type { RenderedMail, TransferMailData } from "@/emails/mail-data";

const strings = {
  subject: (data: TransferMailData) => `${data.reference}: locked after five wrong codes`,
  heading: (data: TransferMailData) =>
    data.side === "sender"
      ? `Your transfer to ${data.receivingDistrict} is locked`
      : `A transfer from ${data.sendingDistrict} is locked`,
  sent: "Somebody in the receiving district entered a wrong authorization code five times.",
  newCode:
    "Call them first. If it was a mistake, choose New code in the transfer’s details and read the new code out. If it wasn’t, cancel the transfer.",
  received:
    "A wrong authorization code was entered five times. Nobody can accept it until the sending district issues a new code.",
  call: "Call the sending district for a new authorization code. It’s never sent by email.",
};

/** Tells either side that five wrong codes locked a transfer. */
export function transferLockedMail(data: TransferMailData): Promise<RenderedMail> {
  return composeMail({
    subject: strings.subject(data),
    heading: strings.heading(data),
    paragraphs: data.side === "sender" ? [strings.sent, strings.newCode] : [strings.received, strings.call],
    facts: transferFacts(data),
    action: transferAction(data),
  });
}
