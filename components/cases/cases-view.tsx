import { CaseFinder } from "@/components/cases/case-finder";
import { CasesBulkBar } from "@/components/cases/cases-bulk-bar";
import { CasesTable, yearIn } from "@/components/cases/cases-table";
import { countWords } from "@/components/cases/words";
import { LinkButton } from "@/components/ui/button";
import { CloseSpellings } from "@/components/ui/close-spellings";
import { Empty } from "@/components/ui/empty";
import { ActionForm, type FormAction } from "@/components/ui/form";
import { PageHead } from "@/components/ui/page-head";
import { Pager } from "@/components/ui/table";
import type { CaseFilter, CaseSort } from "@/lib/cases/case-filter";
import type { CasesPage } from "@/lib/cases/get-cases-page";

const formId = "cases";
const transferHint = "Sends copies of the cases and their attachments. You get an authorization code to pass on.";
const switchedOff =
  "Case transfers are switched off in your district. Switch them on under Admin ▸ Requests ▸ Case Transfer Requests.";

/** Where the list leads. `query` is its own query string, to come back to. */
export type CaseLinks = {
  /** /d/<district> */
  home: string;
  query: string;
  sort: (sort: CaseSort) => string;
  page: (page: number) => string;
  words: (q: string) => string;
  withoutFilters: string;
};

/** The **Cases** tab: search, filters, table, pages, and choosing cases for a transfer. */
export function CasesView({
  page,
  filter,
  links,
  zone,
  now,
  mostCases,
  chooseAction,
}: {
  page: CasesPage;
  filter: CaseFilter;
  links: CaseLinks;
  zone: string;
  now: Date;
  /** At most so many travel at once. */
  mostCases: number;
  chooseAction: FormAction;
}) {
  const { list, canManage } = page;
  const table = (
    <CasesTable
      rows={list.rows}
      home={links.home}
      zone={zone}
      year={yearIn(now, zone)}
      sort={filter.sort}
      descending={filter.descending}
      sortHref={links.sort}
      form={canManage ? formId : null}
    />
  );
  const pager = <Pager page={list.page} size={list.size} total={list.total} href={links.page} />;
  return (
    <>
      <PageHead title="Cases" note={<span role="status">{countLine(list.total, list.more)}</span>}>
        {canManage && (
          <LinkButton icon="plus" href={`${links.home}/cases/new`}>
            New case
          </LinkButton>
        )}
      </PageHead>
      <CaseFinder filter={filter} buildings={page.buildings} teams={page.teams} />
      {list.rows.length === 0 ? (
        <>
          <h2 className="sr">Cases found</h2>
          <NoCases page={page} searched={filter.q !== ""} links={links} />
        </>
      ) : canManage ? (
        <ActionForm id={formId} action={chooseAction}>
          {/* Enter on a box sends a form by its first button, which must not be that of the first row's menu. */}
          <button type="submit" hidden tabIndex={-1} aria-hidden="true" />
          <input type="hidden" name="query" value={links.query} />
          {table}
          {pager}
          <CasesBulkBar
            key={links.query}
            form={formId}
            total={list.total}
            more={list.more}
            limit={mostCases}
            hint={page.switchOn ? transferHint : switchedOff}
          />
        </ActionForm>
      ) : (
        <>
          {table}
          {pager}
        </>
      )}
      {list.more && <p className="small dim">The first 1,000 are shown. Narrow the search to see the others.</p>}
    </>
  );
}

function countLine(total: number, more: boolean): string {
  if (more) return "More than 1,000 cases match.";
  return total === 1 ? "1 case matches." : `${countWords(total, "case", "cases")} match.`;
}

function NoCases({ page, searched, links }: { page: CasesPage; searched: boolean; links: CaseLinks }) {
  if (!page.any) {
    return page.canManage ? (
      <Empty
        icon="inbox"
        title="No cases yet"
        hint="A case is opened here, or comes from another district by transfer."
      >
        <LinkButton small icon="plus" href={`${links.home}/cases/new`}>
          New case
        </LinkButton>
      </Empty>
    ) : (
      <Empty
        icon="inbox"
        title="No case is assigned to you"
        hint="You see the cases that you’re assigned to. Whoever has Manage Cases can assign you to one."
      />
    );
  }
  return (
    <Empty
      icon="search"
      title="No case matches"
      hint={
        searched
          ? "Try fewer words, or only the beginning of one."
          : "No case has this status, building, team and level."
      }
    >
      <CloseSpellings words={page.close} href={links.words} />
      {page.matchElsewhere > 0 ? (
        <LinkButton small href={links.withoutFilters}>
          {page.matchElsewhere === 1
            ? "Show the 1 case that matches without the filters"
            : `Show the ${page.matchElsewhere.toLocaleString("en-US")} cases that match without the filters`}
        </LinkButton>
      ) : (
        <LinkButton small href={`${links.home}/cases`}>
          Show all cases
        </LinkButton>
      )}
    </Empty>
  );
}
