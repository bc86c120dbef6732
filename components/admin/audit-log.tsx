import { Banner } from "@/components/ui/banner";
import { LinkButton } from "@/components/ui/button";
import { Crumbs } from "@/components/ui/crumbs";
import { DateText, dateWords } from "@/components/ui/date";
import { Empty } from "@/components/ui/empty";
import { DateField, type Option, Select } from "@/components/ui/field";
import { Icon } from "@/components/ui/icon";
import { Link } from "@/components/ui/link";
import { PageHead } from "@/components/ui/page-head";
import { SearchBox, SearchForm } from "@/components/ui/search-box";
import type { DayProblem } from "@/lib/districts/audit-filter";
import type { AuditCheckView } from "@/lib/districts/find-audit-check";
import type { AuditEntryView } from "@/lib/districts/list-audit";

export type AuditLogProps = {
  crumbs: readonly { label: string; href: string }[];
  entries: readonly (Omit<AuditEntryView, "seq" | "open" | "certificate"> & {
    id: string;
    href: string | null;
    certificate: { number: string; href: string } | null;
  })[];
  check: AuditCheckView | null;
  filter: { who: string; what: string | null; about: string; from: string | null; to: string | null };
  problems: { from: DayProblem | null; to: DayProblem | null };
  narrowed: boolean;
  groups: Option[];
  links: { newest: string | null; newer: string | null; older: string | null; all: string; export: string };
  zone: string;
};

/** The audit log: newest first, with filters in the URL. */
export function AuditLog({ crumbs, entries, check, filter, problems, narrowed, groups, links, zone }: AuditLogProps) {
  return (
    <>
      <Crumbs path={crumbs} />
      <PageHead title="Audit Log" note={check && !check.broken ? wholeWords(check, zone) : undefined}>
        <a className="btn" href={links.export} download>
          <Icon name="download" />
          {narrowed ? "Export what is found" : "Export all"} (CSV)
        </a>
      </PageHead>
      {check?.broken && (
        <Banner kind="bad" fact="This log isn’t whole.">
          When it was verified on {dateWords(check.checkedAt, zone, "minute")}, it was broken at entry{" "}
          {check.broken.seq.toLocaleString("en-US")}: entries were changed, taken out or put in past Baton. Tell whoever
          runs your database, and keep a copy of it as it is.
        </Banner>
      )}
      <SearchForm label="Audit log" className="finder finder-5">
        <SearchBox name="who" label="Who" placeholder="Name or email" value={filter.who} fieldClass="" />
        <SearchBox name="about" label="About" placeholder="Number or name" value={filter.about} fieldClass="" />
        <Select name="what" label="What" empty="Everything" options={groups} defaultValue={filter.what ?? ""} />
        <DateField
          name="from"
          label="From"
          defaultValue={filter.from ?? ""}
          error={problems.from ? problemWords[problems.from] : undefined}
          key={`from ${filter.from}`}
        />
        <DateField
          name="to"
          label="To"
          defaultValue={filter.to ?? ""}
          error={problems.to ? problemWords[problems.to] : undefined}
          key={`to ${filter.to}`}
        />
      </SearchForm>
      <h2 className="sr">Entries</h2>
      {entries.length > 0 ? (
        <table className="tbl">
          <caption className="sr">Entries of the audit log, newest first</caption>
          <thead>
            <tr>
              <th scope="col">When</th>
              <th scope="col">Who did what</th>
              <th scope="col">From address</th>
            </tr>
          </thead>
          <tbody>
            {entries.map((entry) => (
              <tr key={entry.id}>
                <td data-k="When" className="nowrap">
                  <DateText value={entry.at} zone={zone} shape="day" />,{" "}
                  <DateText value={entry.at} zone={zone} shape="time" />
                </td>
                <td data-k="Who did what" className="t-main wide">
                  <b>{entry.who}</b> {entry.before}
                  {entry.about &&
                    (entry.href ? (
                      <Link href={entry.href} className="nowrap">
                        {entry.about}
                      </Link>
                    ) : (
                      entry.about
                    ))}
                  {entry.after}
                  {entry.certificate && (
                    <>
                      ,{" "}
                      <Link href={entry.certificate.href} className="nowrap">
                        certificate {entry.certificate.number}
                      </Link>
                    </>
                  )}
                </td>
                <td data-k="From address" className={entry.address ? undefined : "none"}>
                  {entry.address ?? (
                    <>
                      <span className="dim" aria-hidden="true">
                        –
                      </span>
                      <span className="sr">not known</span>
                    </>
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      ) : problems.from === "after-to" ? (
        <Empty icon="search" title="From is after To" hint="No day lies between them. Change one of the two.">
          <LinkButton small href={links.all}>
            Show all entries
          </LinkButton>
        </Empty>
      ) : narrowed ? (
        <Empty
          icon="search"
          title="No entry matches"
          hint="Check the spelling, or take a filter away. “About” takes the whole number of a case, transfer, record request, proposal or certificate, an SIS ID, or a student’s or user’s name."
        >
          <LinkButton small href={links.all}>
            Show all entries
          </LinkButton>
        </Empty>
      ) : links.newest ? (
        <Empty title="Nothing on this page" hint="The log goes on elsewhere.">
          <LinkButton small href={links.newest}>
            Show the newest
          </LinkButton>
        </Empty>
      ) : (
        <Empty
          title="Nothing is written down yet"
          hint="Signing in, opening a case, changing and sending one: all of it will stand here."
        />
      )}
      {entries.length > 0 && (links.newer || links.older) && (
        <nav className="pager" aria-label="Pages of the audit log">
          <ul>
            {links.newest && (
              <li>
                <Link href={links.newest}>Newest</Link>
              </li>
            )}
            {links.newer && (
              <li>
                <Link href={links.newer}>Newer</Link>
              </li>
            )}
            {links.older && (
              <li>
                <Link href={links.older}>Older</Link>
              </li>
            )}
          </ul>
        </nav>
      )}
    </>
  );
}

const problemWords: Record<DayProblem, string> = {
  unread: "This isn’t a day, so it isn’t used.",
  "after-to": "From is after To.",
};

function wholeWords({ checkedAt, entries }: AuditCheckView, zone: string): string {
  return `Whole as of ${dateWords(checkedAt, zone, "minute")}, ${entries.toLocaleString("en-US")} ${entries === 1 ? "entry" : "entries"} verified`;
}
