import { composeMail, transferAction, transferFacts } from "@/emails/layout";
import type { RenderedMail, TransferMailData } from "@/emails/mail-data";

const strings = {
  subject: (data: TransferMailData) => `${data.reference}: completed by ${data.receivingDistrict}`,
  heading: (data: TransferMailData) => `${data.receivingDistrict} completed the transfer`,
  what: "What they took over is in their district now. What they left out, if anything, stands in the transfer’s details with the reason.",
  next: "Your district keeps the originals. There’s nothing to do; call them if they should know more.",
};

/** Tells the sender's people that the cases arrived. */
export function transferCompletedMail(data: TransferMailData): Promise<RenderedMail> {
  return composeMail({
    subject: strings.subject(data),
    heading: strings.heading(data),
    paragraphs: [strings.what, strings.next],
    facts: transferFacts(data),
    action: transferAction(data),
  });
}
