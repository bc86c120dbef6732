import { composeMail, transferAction, transferFacts } from "@/emails/layout";
import type { RenderedMail, TransferMailData } from "@/emails/mail-data";

const strings = {
  subject: (data: TransferMailData) => `${data.reference}: accepted by ${data.receivingDistrict}`,
  heading: (data: TransferMailData) => `${data.receivingDistrict} accepted your transfer with its code`,
  what: (data: TransferMailData) =>
    `They’re now entering the details of ${data.count === 1 ? "the case" : "the cases"}. You’ll hear from Baton when that’s done.`,
  next: "There’s nothing to do. If nobody in your district gave out the code, call them now.",
};

/** Tells the sender's people that the code was given. */
export function transferUnlockedMail(data: TransferMailData): Promise<RenderedMail> {
  return composeMail({
    subject: strings.subject(data),
    heading: strings.heading(data),
    paragraphs: [strings.what(data), strings.next],
    facts: transferFacts(data),
    action: transferAction(data),
  });
}
