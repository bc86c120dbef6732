import { composeMail, requestAction, requestFacts } from "@/emails/layout";
import type { RenderedMail, RequestMailData } from "@/emails/mail-data";

const strings = {
  subject: (data: RequestMailData) => `${data.reference}: declined by ${data.holdingDistrict}`,
  heading: (data: RequestMailData) => `${data.holdingDistrict} declined your record request`,
  what: "Their reason stands in the request. Call them if it should be otherwise.",
};

/** Tells the asker's people that their request was refused. */
export function requestDeclinedMail(data: RequestMailData): Promise<RenderedMail> {
  return composeMail({
    subject: strings.subject(data),
    heading: strings.heading(data),
    paragraphs: [strings.what],
    facts: requestFacts(data),
    action: requestAction(data),
  });
}
