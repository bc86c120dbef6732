import { composeMail, transferAction, transferFacts } from "@/emails/layout";
import type { RenderedMail, TransferMailData } from "@/emails/mail-data";

const strings = {
  subject: (data: TransferMailData) => `${data.reference}: cancelled by ${data.sendingDistrict}`,
  heading: (data: TransferMailData) => `${data.sendingDistrict} cancelled a transfer to your district`,
  what: "It can’t be accepted any more, and its code no longer works.",
  next: "There’s nothing to do. Call them if you expected it.",
};

/** Tells the receiver's people that the sender took the transfer back. */
export function transferCancelledMail(data: TransferMailData): Promise<RenderedMail> {
  return composeMail({
    subject: strings.subject(data),
    heading: strings.heading(data),
    paragraphs: [strings.what, strings.next],
    facts: transferFacts(data),
    action: transferAction(data),
  });
}
