import { composeMail, transferAction, transferFacts } from "@/emails/layout";
import type { RenderedMail, TransferMailData } from "@/emails/mail-data";

const strings = {
  subject: (data: TransferMailData) => `${data.reference}: new authorization code`,
  heading: (data: TransferMailData) => `${data.sendingDistrict} issued a new authorization code`,
  what: "The old code no longer works. There are five new tries, and the time to accept starts again.",
  next: "Call the sending district for the authorization code. It’s never sent by email.",
};

/** Tells the receiver's people that the old code is void. */
export function transferNewCodeMail(data: TransferMailData): Promise<RenderedMail> {
  return composeMail({
    subject: strings.subject(data),
    heading: strings.heading(data),
    paragraphs: [strings.what, strings.next],
    facts: transferFacts(data),
    action: transferAction(data),
  });
}
