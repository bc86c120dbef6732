import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { LinkedText } from "@/components/mailbox/linked-text";
import { DateText } from "@/components/ui/date";
import { Link } from "@/components/ui/link";
import { readMail } from "@/lib/mail/mailbox";
import { demandDemo } from "../guard";
import { MailboxHere } from "../mailbox-here";

export const metadata: Metadata = { title: "Mail" };

type Given = {
  params: Promise<{ mail: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

export default async function MailPage({ params, searchParams }: Given) {
  await demandDemo();
  const [{ mail: id }, search] = await Promise.all([params, searchParams]);
  const mail = await readMail(id);
  if (!mail) notFound();
  const to = typeof search.to === "string" ? search.to : null;
  return (
    <MailboxHere to={to} current={mail.id}>
      <article className="mail" aria-labelledby="subject">
        <p className="mail-back">
          <Link href={to ? `/mailbox?to=${encodeURIComponent(to)}` : "/mailbox"}>All mails</Link>
        </p>
        <h2 id="subject">{mail.subject}</h2>
        <dl className="mail-head">
          <dt>From</dt>
          <dd>{mail.from}</dd>
          <dt>To</dt>
          <dd>{mail.to}</dd>
          <dt>Date</dt>
          <dd>
            <DateText value={mail.date} zone="America/Chicago" shape="minute" />
          </dd>
        </dl>
        <pre className="mail-text">
          <LinkedText text={mail.text.trim()} />
        </pre>
        {mail.html && (
          <details className="sect">
            <summary>
              <h3>As a mail program shows it</h3>
            </summary>
            <div className="sect-in">
              {/* No scripts, no forms, no links: a picture of the mail. Links work in the text above. */}
              <iframe className="mail-html" title="The mail as HTML" sandbox="" srcDoc={mail.html} />
            </div>
          </details>
        )}
      </article>
    </MailboxHere>
  );
}
