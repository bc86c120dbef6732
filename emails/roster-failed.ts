import { composeMail } from "@/emails/layout";
import type { RenderedMail, RosterMailData } from "@/emails/mail-data";

/** Tells the district's admins that a roster from the folder couldn't be read or applied. */
export function rosterFailedMail(data: RosterMailData): Promise<RenderedMail> {
  return composeMail({
    subject: `${data.district}: a roster couldn’t be imported`,
    heading: "A roster couldn’t be imported",
    paragraphs: [
      `The roster that was picked up for ${data.district} couldn’t be imported. Your roster stays as it was.`,
      "The reason stands with the import under Admin ▸ Roster. The file lies in the folder’s part for failed ones; put a mended one into the folder.",
    ],
    facts: [],
    action: { label: "Open the import", href: data.link },
  });
}
