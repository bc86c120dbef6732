import { composeMail, transferAction, transferFacts } from "@/emails/layout";
import type { RenderedMail, TransferMailData } from "@/emails/mail-data";

const strings = {
  subject: (data: TransferMailData) => `${data.reference}: couldn’t be sent to ${data.receivingDistrict}`,
  heading: (data: TransferMailData) => `Your transfer to ${data.receivingDistrict} couldn’t be prepared`,
  what: "Nothing left your district, and the receiving district knows nothing of it. Your cases are as they were.",
  next: "Open the transfer to see why, and send again. If it fails once more, tell whoever runs Baton for your district the reference.",
};

/** Tells the sender's people that a package couldn't be prepared. */
export function transferFailedMail(data: TransferMailData): Promise<RenderedMail> {
  return composeMail({
    subject: strings.subject(data),
    heading: strings.heading(data),
    paragraphs: [strings.what, strings.next],
    facts: transferFacts(data),
    action: transferAction(data),
  });
}
