import { composeMail, requestAction, requestFacts } from "@/emails/layout";
import type { RenderedMail, RequestMailData } from "@/emails/mail-data";

const strings = {
  subject: (data: RequestMailData) => `${data.reference}: answered by ${data.holdingDistrict}`,
  heading: (data: RequestMailData) => `${data.holdingDistrict} answers your record request`,
  what: "A transfer is on its way to your district. The request shows which.",
};

/** Tells the asker's people that a transfer answers their request. */
export function requestAnsweredMail(data: RequestMailData): Promise<RenderedMail> {
  return composeMail({
    subject: strings.subject(data),
    heading: strings.heading(data),
    paragraphs: [strings.what],
    facts: requestFacts(data),
    action: requestAction(data),
  });
}
