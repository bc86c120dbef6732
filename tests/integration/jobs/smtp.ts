import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { simpleParser } from "mailparser";
import { SMTPServer } from "smtp-server";

export type Received = { to: string[]; subject: string; messageId: string; raw: string; text: string; html: string };
export type Receiver = { port: number; mails: Received[]; stop(): Promise<void> };

/**
 * A mail server that keeps what it's sent. `answerRecipient` and `answerMail` may refuse with an SMTP answer (an Error with a
 * responseCode) or do something before the answer goes out.
 */
export async function startReceiver(
  options: {
    port?: number;
    answerRecipient?: (address: string) => Error | null;
    answerMail?: (mail: Received) => Promise<Error | null>;
  } = {},
): Promise<Receiver> {
  const mails: Received[] = [];
  const server = new SMTPServer({
    disabledCommands: ["AUTH", "STARTTLS"],
    disableReverseLookup: true,
    onRcptTo: (address, _session, done) => done(options.answerRecipient?.(address.address) ?? null),
    onData: (stream, session, done) => {
      void (async () => {
        const raw = (await stream.toArray()).join("");
        const parsed = await simpleParser(raw);
        const mail: Received = {
          to: session.envelope.rcptTo.map((recipient) => recipient.address),
          subject: parsed.subject ?? "",
          messageId: parsed.messageId ?? "",
          raw,
          text: parsed.text ?? "",
          html: parsed.html || "",
        };
        const refusal = (await options.answerMail?.(mail)) ?? null;
        if (!refusal) mails.push(mail);
        done(refusal);
        // A worker that is killed in the middle of a mail.
      })().catch(() => undefined);
    },
  });
  server.on("error", () => undefined);
  server.listen(options.port ?? 0, "127.0.0.1");
  await once(server.server, "listening");
  return {
    port: (server.server.address() as AddressInfo).port,
    mails,
    stop: () => new Promise((done) => server.close(() => done())),
  };
}

export const smtpAnswer = (responseCode: number): Error => Object.assign(new Error("no"), { responseCode });
