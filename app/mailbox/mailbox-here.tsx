import type { ReactNode } from "react";
import { Mark } from "@/components/frame/brand";
import { MailList } from "@/components/mailbox/mail-list";
import { RefreshMails } from "@/components/mailbox/refresh-mails";
import { Empty } from "@/components/ui/empty";
import { Select } from "@/components/ui/field";
import { Link } from "@/components/ui/link";
import { SearchForm } from "@/components/ui/search-box";
import { listMail } from "@/lib/mail/mailbox";

/** Addresses as a mail header has them: `Ana Ruiz <ana@example.com>, …` → the bare ones. */
const addressesOf = (to: string) =>
  [...to.matchAll(/[^\s<>,;"]+@[^\s<>,;"]+/g)].map(([address]) => address.toLowerCase());

/** The list at the left, a mail (`children`) at the right; on phones one after the other. */
export async function MailboxHere({
  to,
  current,
  children,
}: {
  to: string | null;
  current: string | null;
  children?: ReactNode;
}) {
  const all = await listMail(300);
  const people = [...new Set(all.flatMap((mail) => addressesOf(mail.to)))].sort();
  const shown = to && people.includes(to) ? all.filter((mail) => addressesOf(mail.to).includes(to)) : all;
  return (
    <>
      <a className="skip" href="#main">
        Skip to main content
      </a>
      <header className="bar">
        <div className="wrap bar-in">
          <Link className="brand" href="/">
            <Mark />
            Baton
          </Link>
          <div className="bar-end">
            <p className="small">Mailbox of the demo: mails that Baton sent, to nobody real</p>
          </div>
        </div>
      </header>
      <main id="main" className={current ? "wrap mailbox mailbox-open" : "wrap mailbox"} tabIndex={-1}>
        <section className="mailbox-list" aria-label="Mails">
          <div className="head">
            <h1>Mailbox</h1>
            <div className="head-end">
              <RefreshMails newest={all[0]?.id ?? null} />
            </div>
          </div>
          {people.length > 0 && (
            <SearchForm label="Mails" className="strip" action="/mailbox">
              <Select
                name="to"
                label="To"
                hideLabel
                empty={`Everybody (${all.length})`}
                options={people.map((one) => ({ value: one, label: one }))}
                defaultValue={to}
              />
            </SearchForm>
          )}
          {shown.length === 0 ? (
            <Empty
              icon="mail"
              title="No mail yet"
              hint="Send a transfer or invite somebody; their mails appear here within seconds."
            />
          ) : (
            <MailList
              mails={shown.map(({ id, to: whom, subject, date }) => ({ id, to: whom, subject, date }))}
              current={current}
              query={to ? `?to=${encodeURIComponent(to)}` : ""}
            />
          )}
        </section>
        {children}
      </main>
    </>
  );
}
