import { DateText } from "@/components/ui/date";
import { Link } from "@/components/ui/link";

export type MailLine = { id: string; to: string; subject: string; date: string };

/** Mails, newest first. */
export function MailList({
  mails,
  current,
  query,
}: {
  mails: readonly MailLine[];
  current: string | null;
  query: string;
}) {
  return (
    <ol className="mails">
      {mails.map(({ id, to, subject, date }) => (
        <li key={id}>
          <Link href={`/mailbox/${id}${query}`} aria-current={id === current ? "true" : undefined} scroll={false}>
            <b>{subject}</b>
            <span className="sub">
              {to} · <DateText value={date} zone="America/Chicago" shape="minute" />
            </span>
          </Link>
        </li>
      ))}
    </ol>
  );
}
