import { composeMail } from "@/emails/layout";
import type { RenderedMail, RosterMailData } from "@/emails/mail-data";

/** Tells the district's admins that a roster from the folder isn't applied by itself: many would leave, or rows can't be used. */
export function rosterWaitsMail(data: RosterMailData): Promise<RenderedMail> {
  return composeMail({
    subject: `${data.district}: a roster waits for you`,
    heading: "A roster waits for you",
    paragraphs: [
      `The roster that was picked up for ${data.district} wasn’t applied: so many students would leave, or rows of it can’t be used, that somebody has to look first.`,
      "Until you apply or discard it, your roster stays as it was. A newer file in the folder takes its place.",
    ],
    facts: [],
    action: { label: "Open the import", href: data.link },
  });
}
