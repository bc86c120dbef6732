import nodemailer, { type Transporter } from "nodemailer";
import { env } from "@/lib/env";

/** A mail as it goes out. `messageId` stays the same when it's sent again, so that a receiver can tell a repetition. */
export type OutgoingMail = { to: string; subject: string; html: string; text: string; messageId: string };

let held: { url: string; transport: Transporter } | undefined;

/**
 * Hands a mail to the mail server of SMTP_URL. Resolves when the server took it; throws otherwise (down, refused), and
 * the caller tries again later.
 */
export async function sendMail(mail: OutgoingMail): Promise<void> {
  const url = env().SMTP_URL;
  if (held?.url !== url) {
    const transport = nodemailer.createTransport({
      url,
      connectionTimeout: 10_000,
      greetingTimeout: 10_000,
      socketTimeout: 30_000,
      disableFileAccess: true,
      disableUrlAccess: true,
    });
    held = { url, transport };
  }
  await held.transport.sendMail({ from: env().MAIL_FROM, ...mail });
}
