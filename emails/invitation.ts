import { composeMail } from "@/emails/layout";
import type { InvitationMailData, RenderedMail } from "@/emails/mail-data";

const days = (count: number): string => (count === 1 ? "one day" : `${count} days`);
const invited = {
  subject: (district: string) => `${district} invites you to Baton`,
  what: "Baton hands cases from one school district to another, safely.",
  next: (count: number) => `Accept the invitation to join. The link works once, for ${days(count)}; don’t pass it on.`,
  unexpected: "If you didn’t expect this, leave it: nothing happens until the link is used.",
  action: "Accept the invitation",
};
const joined = {
  subject: (district: string) => `${district}: a new password for Baton`,
  what: "A district admin of yours asked Baton to send you this link.",
  next: (count: number) => `Choose a new password with it. The link works once, for ${days(count)}; don’t pass it on.`,
  unexpected: "If you didn’t ask for this, leave it: your password stays as it is until the link is used.",
  action: "Choose a new password",
};

/** Invites a person to a district, or lets somebody who joined choose a new password. */
export function invitationMail(data: InvitationMailData): Promise<RenderedMail> {
  const strings = data.joined ? joined : invited;
  return composeMail({
    subject: strings.subject(data.district),
    heading: strings.subject(data.district),
    paragraphs: [strings.what, strings.next(data.days), strings.unexpected],
    facts: [],
    action: { label: strings.action, href: data.link },
  });
}
