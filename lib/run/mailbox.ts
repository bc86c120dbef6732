import { randomUUID } from "node:crypto";
import { mkdir, readdir, rm } from "node:fs/promises";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { type AddressObject, simpleParser } from "mailparser";
import { SMTPServer } from "smtp-server";
import type { Mail } from "@/lib/mail/mailbox";
import { writeJson } from "./secrets";

const LARGEST_MAIL_BYTES = 10 * 1024 * 1024;
const MAILS_KEPT = 500;

/**
 * Starts the embedded mail server: it takes every mail that this machine sends it, passes none on, and keeps the newest
 * 500 in `DATA_DIR/mailbox` for the page /mailbox.
 */
export async function startMailbox(dataDir: string): Promise<{ port: number; stop(): Promise<void> }> {
  const folder = join(dataDir, "mailbox");
  let saving: Promise<unknown> = Promise.resolve();

  const server = new SMTPServer({
    size: LARGEST_MAIL_BYTES,
    disabledCommands: ["AUTH", "STARTTLS"],
    disableReverseLookup: true,
    onData(stream, session, done) {
      const chunks: Buffer[] = [];
      stream.on("data", (chunk: Buffer) => {
        if (!stream.sizeExceeded) chunks.push(chunk);
      });
      stream.on("end", () => {
        if (stream.sizeExceeded) {
          done(Object.assign(new Error("The mail is larger than 10 MB"), { responseCode: 552 }));
          return;
        }
        const recipients = session.envelope.rcptTo.map((recipient) => recipient.address);
        // One after another: the order of the names is the order of arrival.
        saving = saving
          .then(() => save(folder, Buffer.concat(chunks), recipients))
          .then(
            () => done(),
            () => done(Object.assign(new Error("The mailbox couldn't write the mail"), { responseCode: 451 })),
          );
      });
    },
  });
  // A client that hangs up in the middle is its own affair.
  server.on("error", () => undefined);
  await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
  return {
    port: (server.server.address() as AddressInfo).port,
    stop: async () => {
      await new Promise<void>((closed) => server.close(() => closed()));
      await saving;
    },
  };
}

async function save(folder: string, raw: Buffer, recipients: string[]): Promise<void> {
  const parsed = await simpleParser(raw);
  const now = new Date();
  const mail: Mail = {
    id: `${now.toISOString().replace(/\D/g, "")}-${randomUUID().slice(0, 8)}`,
    from: parsed.from?.text ?? "",
    to: addresses(parsed.to) || recipients.join(", "),
    subject: parsed.subject ?? "",
    date: now.toISOString(),
    text: parsed.text ?? "",
    html: parsed.html || null,
    messageId: parsed.messageId ?? null,
  };
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await writeJson(join(folder, `${mail.id}.json`), mail);
  const names = (await readdir(folder)).filter((name) => name.endsWith(".json")).sort();
  for (const name of names.slice(0, -MAILS_KEPT)) await rm(join(folder, name), { force: true });
}

function addresses(to: AddressObject | AddressObject[] | undefined): string {
  return [to ?? []]
    .flat()
    .map((address) => address.text)
    .join(", ");
}
