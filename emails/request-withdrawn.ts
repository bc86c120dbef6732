import { composeMail, coordinatorLine, requestAction, requestFacts } from "@/emails/layout";
import type { RenderedMail, RequestMailData } from "@/emails/mail-data";

const strings = {
  subject: (data: RequestMailData) => `${data.reference}: withdrawn by ${data.askingDistrict}`,
  heading: (data: RequestMailData) => `${data.askingDistrict} withdrew a record request`,
  what: "There’s nothing to do. What it asked for is no longer shown.",
};

/** Tells the holder's people that the records aren't wanted any more. */
export function requestWithdrawnMail(data: RequestMailData): Promise<RenderedMail> {
  return composeMail({
    subject: strings.subject(data),
    heading: strings.heading(data),
    paragraphs: [strings.what, ...coordinatorLine(data)],
    facts: requestFacts(data),
    action: requestAction(data),
  });
}
