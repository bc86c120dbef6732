import { ImportDecision } from "@/components/admin/import-decision";
import { ImportProblems } from "@/components/admin/import-problems";
import { ImportRows } from "@/components/admin/import-rows";
import { count, countWords, figure, ImportChip, kindWords } from "@/components/admin/import-words";
import { RefreshWhile } from "@/components/admin/refresh-while";
import { Banner } from "@/components/ui/banner";
import { bytesWords } from "@/components/ui/bytes";
import { Crumbs } from "@/components/ui/crumbs";
import { DateText } from "@/components/ui/date";
import type { FormAction } from "@/components/ui/form";
import { Link } from "@/components/ui/link";
import { Facts, PageHead } from "@/components/ui/page-head";
import type { ImportRowView, ImportSection } from "@/lib/roster/list-import-rows";
import type { ImportView } from "@/lib/roster/list-imports";
import type { ProblemView } from "@/lib/roster/list-problems";

export type ImportDetailsProps = {
  crumbs: { label: string; href: string }[];
  href: string;
  listHref: string;
  view: ImportView;
  /** Which part of the diff is shown; null for the problems. */
  section: ImportSection | null;
  rows: readonly ImportRowView[];
  page: number;
  rowsPerPage: number;
  problems: readonly ProblemView[];
  problemsKept: number;
  problemsPerPage: number;
  problemsUrl: string;
  applyAction: FormAction;
  discardAction: FormAction;
  zone: string;
};

/** One import: how far it is, what it changes, what's wrong with it, and what to do. */
export function ImportDetails(props: ImportDetailsProps) {
  const { crumbs, view, zone, href, applyAction, discardAction } = props;
  const decidable = view.status === "ready" || view.status === "held";
  const busy = view.status === "checking" || view.status === "applying";
  return (
    <>
      <Crumbs path={crumbs} />
      <PageHead title={view.fileName} chip={<ImportChip status={view.status} />} />
      <Standing view={view} href={href} listHref={props.listHref} />
      {busy && <RefreshWhile />}
      <Facts
        facts={[
          ["Bundle", [kindWords(view), bytesWords(view.fileBytes)].filter(Boolean).join(", ")],
          ["Uploaded", <When key="at" at={view.at} zone={zone} by={view.pickedUp ? "pick-up folder" : view.by} />],
          view.checkedAt !== null &&
            view.status !== "failed" && [
              "Students",
              `${figure(view.counts.unchanged)} unchanged of ${figure(view.activeBefore)} before`,
            ],
          view.errors + view.notes > 0 && [
            "Rows that need attention",
            <a key="problems" href="#problems-h">
              {figure(view.errors + view.notes)}
            </a>,
          ],
          view.decided !== null && [
            view.status === "discarded" ? "Discarded" : "Decided",
            <When key="decided" at={view.decided.at} zone={zone} by={view.decided.by} />,
          ],
          view.appliedAt !== null && ["Applied", <When key="applied" at={view.appliedAt} zone={zone} />],
        ]}
      />
      {decidable && <ImportDecision view={view} applyAction={applyAction} discardAction={discardAction} />}
      {view.status === "checking" && <ImportDecision view={view} applyAction={null} discardAction={discardAction} />}
      {decidable && <ImportRows {...props} />}
      <ImportProblems {...props} />
    </>
  );
}

function When({ at, zone, by }: { at: Date; zone: string; by?: string }) {
  return (
    <>
      <DateText value={at} zone={zone} shape="minute" />
      {by && `, ${by}`}
    </>
  );
}

function Standing({ view, href, listHref }: { view: ImportView; href: string; listHref: string }) {
  const again = (
    <Link href={href} className="no-script-only">
      Look again
    </Link>
  );
  switch (view.status) {
    case "checking":
      return (
        <Banner kind="info" fact="The bundle is being checked." live>
          {count(view.rowsRead, "row")} read. Nothing changes by it, and you can leave: it goes on. {again}
        </Banner>
      );
    case "applying":
      return (
        <Banner kind="info" fact="The bundle is being applied." live>
          All of it comes into your roster at once. You can leave: it goes on. {again}
        </Banner>
      );
    case "held":
      return <Held view={view} />;
    case "ready":
      return (
        <Banner kind="info" fact="Checked. Nothing has changed yet.">
          Look at what the bundle changes, then apply it.
        </Banner>
      );
    case "failed":
      return (
        <Banner kind="bad" fact={view.failure}>
          Your roster is as it was. <Link href={listHref}>Upload another bundle</Link>
        </Banner>
      );
    case "applied":
      return <Banner kind="done" fact={`Applied: ${countWords(view)}.`} />;
    default:
      return (
        <Banner kind="info" fact="Discarded.">
          Your roster is as it was.
        </Banner>
      );
  }
}

function Held({ view }: { view: ImportView }) {
  const { leaving } = view.counts;
  const share = view.activeBefore > 0 ? Math.round((leaving / view.activeBefore) * 1000) / 10 : 0;
  return view.heldFor === "leaving" ? (
    <Banner
      kind="held"
      fact={`Held: ${count(leaving, "student")} would leave, ${share}% of ${figure(view.activeBefore)}.`}
    >
      More than 5% at once is often an export that isn’t whole. Look at who leaves before you decide.
    </Banner>
  ) : (
    <Banner
      kind="held"
      fact={`Held: ${count(leaving, "student")} would leave, and some rows don’t say whose they are.`}
    >
      They may be the same students. Look at both lists before you decide.
    </Banner>
  );
}
