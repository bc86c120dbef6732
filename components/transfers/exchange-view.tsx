import type { ReactNode } from "react";
import { CoordinatorCard } from "@/components/transfers/code-sheet";
import { MailsList } from "@/components/transfers/mails-list";
import { Crumbs } from "@/components/ui/crumbs";
import { Facts, PageHead, SectionHead } from "@/components/ui/page-head";
import type { Contact } from "@/lib/districts/find-contacts";
import type { MailView } from "@/lib/districts/list-mails";

type Given = {
  crumbs: readonly { label: string; href: string }[];
  /** "Transfer", "Record request" */
  what: string;
  /** What goes between the two districts, as far as every kind of it has it. */
  exchange: { reference: string; contact: Contact | null; mails: readonly MailView[] };
  chip: ReactNode;
  /** The line under the title: why it stands there. */
  note: string;
  actions: ReactNode;
  /** What was just done, what there is to do, the way it goes. */
  lead: ReactNode;
  facts: Parameters<typeof Facts>[0]["facts"];
  /** Between the facts and what is in it. */
  code?: ReactNode;
  contents: { title: string; body: ReactNode };
  /** Between what is in it and the timeline. */
  answer?: ReactNode;
  timeline: ReactNode;
  zone: string;
};

/** The page of something that goes between two districts: where it stands, what is in it, who did what when, and whom to call. */
export function ExchangeView({
  crumbs,
  what,
  exchange,
  chip,
  note,
  actions,
  lead,
  facts,
  code,
  contents,
  answer,
  timeline,
  zone,
}: Given) {
  return (
    <>
      <Crumbs path={crumbs} />
      <PageHead
        title={
          <>
            {what} <span className="id">{exchange.reference}</span>
          </>
        }
        chip={chip}
        note={note}
      >
        {actions}
      </PageHead>
      {lead}
      <Facts facts={facts} />
      {code && (
        <div className="mb-6" id="code">
          {code}
        </div>
      )}
      <div className="case-cols">
        <div>
          <section className="travel" aria-labelledby="contents">
            <SectionHead id="contents" title={contents.title} />
            {contents.body}
          </section>
          {answer}
          <section className="sec-2" aria-labelledby="timeline">
            <SectionHead id="timeline" title="Timeline" />
            {timeline}
          </section>
        </div>
        <div className="case-side">
          <CoordinatorCard contact={exchange.contact} />
          {exchange.mails.length > 0 && (
            <section aria-labelledby="mails">
              <h2 id="mails" className="h-s">
                Emails to your people
              </h2>
              <MailsList mails={exchange.mails} zone={zone} />
            </section>
          )}
        </div>
      </div>
    </>
  );
}
