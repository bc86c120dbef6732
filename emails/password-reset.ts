import { composeMail } from "@/emails/layout";
import type { PasswordResetMailData, RenderedMail } from "@/emails/mail-data";

/** A link for choosing a new password, for who asked for one on the sign-in page. */
export function passwordResetMail(data: PasswordResetMailData): Promise<RenderedMail> {
  return composeMail({
    subject: "A new password for Baton",
    heading: "A new password for Baton",
    paragraphs: [
      "Somebody asked on Baton’s sign-in page for a new password for this address.",
      `If it was you, choose one with this link. It works once, for ${data.minutes === 60 ? "one hour" : `${data.minutes} minutes`}; don’t pass it on.`,
      "If it wasn’t you, leave it: your password stays as it is. If such mails go on coming, tell a district admin of yours.",
    ],
    facts: [],
    action: { label: "Choose a new password", href: data.link },
  });
}
