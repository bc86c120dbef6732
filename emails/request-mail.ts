import { composeMail, coordinatorLine, requestAction, requestFacts } from "@/emails/layout";
import type { RenderedMail, RequestMailData } from "@/emails/mail-data";

/** A mail about a record request: its own words, which request it is, the link, and to a coordinator why they read it. */
export const requestMail =
  (strings: {
    subject: (data: RequestMailData) => string;
    heading: (data: RequestMailData) => string;
    what: (data: RequestMailData) => string[];
  }) =>
  (data: RequestMailData): Promise<RenderedMail> =>
    composeMail({
      subject: strings.subject(data),
      heading: strings.heading(data),
      paragraphs: [...strings.what(data), ...coordinatorLine(data)],
      facts: requestFacts(data),
      action: requestAction(data),
    });
