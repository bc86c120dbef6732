import { ProposalsTable } from "@/components/admin/retention/proposals-table";
import { dueWords, kindNames, ruleWords } from "@/components/admin/retention/retention-words";
import { Banner } from "@/components/ui/banner";
import { LinkButton } from "@/components/ui/button";
import { Crumbs } from "@/components/ui/crumbs";
import { DateText } from "@/components/ui/date";
import { Empty } from "@/components/ui/empty";
import { Link } from "@/components/ui/link";
import { PageHead, SectionHead } from "@/components/ui/page-head";
import type { DueCount } from "@/lib/documents/list-due";
import type { ProposalRow } from "@/lib/documents/list-proposals";
import type { RetentionRule } from "@/lib/documents/list-retention-rules";
import type { RetentionKind } from "@/lib/documents/retention-kinds";

export type RetentionViewProps = {
  crumbs: readonly { label: string; href: string }[];
  rules: readonly RetentionRule[];
  due: readonly DueCount[];
  /** More of a kind aren't counted. */
  mostCounted: number;
  /** Those that wait for a second person. */
  proposals: readonly ProposalRow[];
  standingHolds: number;
  /** /d/<district>/admin/retention */
  base: string;
  canDecide: boolean;
  saved: RetentionKind | null;
  zone: string;
};

/** **Retention**: what waits for a second person, what is due, and the rules that say so. */
export function RetentionView(props: RetentionViewProps) {
  const { crumbs, rules, due, mostCounted, proposals, standingHolds, base, canDecide, saved, zone } = props;
  const decided = rules.some((rule) => rule.keep !== "undecided");
  return (
    <>
      <Crumbs path={crumbs} />
      <PageHead title="Retention">
        <LinkButton icon="lock" href={`${base}/holds`}>
          Legal holds{standingHolds > 0 && ` (${standingHolds.toLocaleString("en-US")})`}
        </LinkButton>
        <LinkButton icon="scroll-text" href={`${base}/certificates`}>
          Certificates
        </LinkButton>
      </PageHead>
      {saved && (
        <Banner kind="done" fact={`${kindNames[saved]}: saved.`} live>
          Nothing is destroyed by a rule alone: what becomes due is listed, and two people decide.
        </Banner>
      )}
      {proposals.length > 0 && (
        <section className={saved ? "sec-2" : undefined} aria-labelledby="waiting">
          <SectionHead id="waiting" title="Waiting for a second person" />
          <ProposalsTable rows={proposals} base={base} zone={zone} label="waiting" />
        </section>
      )}
      <section className={saved || proposals.length > 0 ? "sec-2" : undefined} aria-labelledby="due">
        <SectionHead id="due" title="Due to be destroyed">
          <LinkButton small href={`${base}/proposals`}>
            All proposals
          </LinkButton>
          {due.length > 0 && (
            <LinkButton small variant="go" href={`${base}/due`}>
              Look at what is due
            </LinkButton>
          )}
        </SectionHead>
        {due.length === 0 ? (
          <Empty
            icon="circle-check"
            title="Nothing is due"
            hint={
              decided
                ? "Records whose years are over show up here."
                : "No rule ends in destruction yet, so everything is kept. The rules stand below."
            }
          />
        ) : (
          <table className="tbl tbl-moves" aria-labelledby="due">
            <thead>
              <tr>
                <th scope="col">Kind of record</th>
                <th scope="col">Due</th>
              </tr>
            </thead>
            <tbody>
              {due.map((count) => (
                <tr key={count.kind}>
                  <td data-k="Kind of record" className="lead">
                    <Link href={`${base}/due?kind=${count.kind}`}>{kindNames[count.kind]}</Link>
                  </td>
                  <td data-k="Due">{dueWords([count], mostCounted)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        )}
      </section>
      <section className="sec-2" aria-labelledby="rules">
        <SectionHead id="rules" title="How long records are kept" />
        <p className="small dim mb-3">
          Your state’s law and your own schedule say how long; Baton brings no numbers of its own. Under IDEA, parents
          are told when information is no longer needed for their child’s services, and it’s destroyed if they ask (34
          CFR 300.624). What has no rule is kept. Rules bind neither the bin nor Purge: what was deleted goes after 30
          days, and a mistaken document can be removed at once.
        </p>
        <table className="tbl tbl-moves" aria-labelledby="rules">
          <thead>
            <tr>
              <th scope="col">Kind of record</th>
              <th scope="col">Kept</th>
              <th scope="col">Said by</th>
              {canDecide && (
                <td className="act">
                  <span className="sr">Actions</span>
                </td>
              )}
            </tr>
          </thead>
          <tbody>
            {rules.map((rule) => (
              <tr key={rule.kind}>
                <td data-k="Kind of record" className="lead t-main">
                  {kindNames[rule.kind]}
                </td>
                <td data-k="Kept" className={rule.saved ? undefined : "wide"}>
                  {rule.keep === "undecided" ? <span className="dim">{ruleWords(rule)}</span> : ruleWords(rule)}
                </td>
                <td data-k="Said by" className={rule.saved ? undefined : "none"}>
                  {rule.saved ? (
                    <>
                      {rule.saved.by}, <DateText value={rule.saved.at} zone={zone} />
                    </>
                  ) : (
                    "–"
                  )}
                </td>
                {canDecide && (
                  <td className="act act-more top-3.5 right-0">
                    <Link href={`${base}/rules/${rule.kind}`} scroll={false}>
                      Change<span className="sr"> how long {kindNames[rule.kind]} is kept</span>
                    </Link>
                  </td>
                )}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </>
  );
}
