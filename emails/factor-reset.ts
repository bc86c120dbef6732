import { composeMail } from "@/emails/layout";
import type { FactorResetMailData, RenderedMail } from "@/emails/mail-data";

/** Tells a person that an admin took their second factor away. */
export function factorResetMail(data: FactorResetMailData): Promise<RenderedMail> {
  return composeMail({
    subject: "Your second factor for Baton was reset",
    heading: "Your second factor for Baton was reset",
    paragraphs: [
      `A district admin of ${data.district} took your second factor away, and you were signed out everywhere. You sign in with your password alone now.`,
      "Set up a new second factor under Your account.",
      "If you didn’t ask for this, call a district admin of yours at once, and change your password.",
    ],
    facts: [],
    action: { label: "Sign in", href: data.link },
  });
}
