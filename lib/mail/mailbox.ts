import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { env } from "@/lib/env";

/** A mail in the embedded mailbox. `date` is when it arrived, ISO 8601. */
export type Mail = {
  id: string;
  from: string;
  to: string;
  subject: string;
  date: string;
  text: string;
  html: string | null;
  messageId: string | null;
};

/** The newest mails of the embedded mailbox, newest first; none when there is no such mailbox. */
export async function listMail(limit = 100): Promise<Mail[]> {
  const names = await readdir(mailboxFolder()).catch(() => []);
  const ids = names.filter((name) => name.endsWith(".json")).map((name) => name.slice(0, -".json".length));
  const newest = ids.sort().reverse().slice(0, limit);
  return (await Promise.all(newest.map(readMail))).filter((mail) => mail !== null);
}

/** One mail of the embedded mailbox; `null` when there is none of that id. */
export async function readMail(id: string): Promise<Mail | null> {
  // An id comes from a URL: nothing but the form that the mailbox gives may become part of a path.
  if (!/^\d{17}-[0-9a-f]{8}$/.test(id)) return null;
  try {
    return JSON.parse(await readFile(join(/* turbopackIgnore: true */ mailboxFolder(), `${id}.json`), "utf8"));
  } catch {
    return null;
  }
}

function mailboxFolder(): string {
  return join(/* turbopackIgnore: true */ env().DATA_DIR, "mailbox");
}
