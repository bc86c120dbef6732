import { composeMail } from "@/emails/layout";
import type { PurgeMailData, RenderedMail } from "@/emails/mail-data";

/** A mail about a proposal for destruction: its own words, which one it is, how many records, the link. */
export const purgeMail =
  (strings: { subject: string; heading: string; what: (data: PurgeMailData) => string[] }) =>
  (data: PurgeMailData): Promise<RenderedMail> =>
    composeMail({
      subject: `${data.reference}: ${strings.subject}`,
      heading: strings.heading,
      paragraphs: strings.what(data),
      facts: [
        ["Reference", data.reference],
        ["Records", data.count.toLocaleString("en-US")],
      ],
      action: { label: "Open the proposal", href: data.link },
    });
