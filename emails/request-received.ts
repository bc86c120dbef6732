import { composeMail, coordinatorLine, requestAction, requestFacts } from "@/emails/layout";
import type { RenderedMail, RequestMailData } from "@/emails/mail-data";

const strings = {
  subject: (data: RequestMailData) => `${data.reference}: ${data.askingDistrict} asks for records`,
  heading: (data: RequestMailData) => `${data.askingDistrict} asks your district for a student’s records`,
  what: "Whose, and which, stands in the request.",
  next: "Answer it with a transfer that comes up filled in, or decline it with a reason.",
};

/** Tells the holder's people that another district asks for a student's records. */
export function requestReceivedMail(data: RequestMailData): Promise<RenderedMail> {
  return composeMail({
    subject: strings.subject(data),
    heading: strings.heading(data),
    paragraphs: [strings.what, strings.next, ...coordinatorLine(data)],
    facts: requestFacts(data),
    action: requestAction(data),
  });
}
