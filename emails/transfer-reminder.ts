import { composeMail, transferAction, transferFacts } from "@/emails/layout";
import type { RenderedMail, TransferMailData } from "@/emails/mail-data";

const strings = {
  subject: (data: TransferMailData) => `${data.reference}: details needed`,
  heading: (data: TransferMailData) =>
    data.side === "receiver"
      ? `A transfer from ${data.sendingDistrict} waits for your details`
      : `${data.receivingDistrict} hasn’t finished your transfer yet`,
  received: "It was accepted with its code, but the case details aren’t complete, so nothing is in your district yet.",
  resume: "Open the transfer and carry on where your colleagues stopped: what they entered is kept. Then choose Save.",
  sent: "They accepted it with its code, but haven’t entered all case details. The cases aren’t in their district yet.",
  call: "Call them and ask whether they need help.",
};

/** Reminds both sides, every three days, of a transfer whose details are still missing. */
export function transferReminderMail(data: TransferMailData): Promise<RenderedMail> {
  return composeMail({
    subject: strings.subject(data),
    heading: strings.heading(data),
    paragraphs: data.side === "receiver" ? [strings.received, strings.resume] : [strings.sent, strings.call],
    facts: transferFacts(data),
    action: transferAction(data),
  });
}
