import { caseCount, composeMail, transferAction, transferFacts } from "@/emails/layout";
import type { RenderedMail, TransferMailData } from "@/emails/mail-data";

const strings = {
  subject: (data: TransferMailData) => `${data.reference}: ${caseCount(data.count)} from ${data.sendingDistrict}`,
  heading: (data: TransferMailData) =>
    `${data.sendingDistrict} wants to transfer ${caseCount(data.count)} to your district`,
  next: "Call the sending district for the authorization code. It’s never sent by email.",
  accept:
    "With the code, choose Accept in the transfer’s details. If it isn’t meant for your district, reject it there and say why.",
};

/** Tells the receiver's people that a transfer waits for its code. */
export function transferReceivedMail(data: TransferMailData): Promise<RenderedMail> {
  return composeMail({
    subject: strings.subject(data),
    heading: strings.heading(data),
    paragraphs: [strings.next, strings.accept],
    facts: transferFacts(data),
    action: transferAction(data),
  });
}
