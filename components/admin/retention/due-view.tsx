import { RecordPerson } from "@/components/admin/retention/record-person";
import { dueWords, kindNames, kindOptions } from "@/components/admin/retention/retention-words";
import { Checkbox } from "@/components/ui/choice";
import { Crumbs } from "@/components/ui/crumbs";
import { dateWords } from "@/components/ui/date";
import { Empty } from "@/components/ui/empty";
import { Select, TextArea } from "@/components/ui/field";
import { ActionForm, type FormAction } from "@/components/ui/form";
import { Link } from "@/components/ui/link";
import { PageHead, SectionHead } from "@/components/ui/page-head";
import { SearchBox, SearchForm } from "@/components/ui/search-box";
import { SelectPage } from "@/components/ui/select-rows";
import { SubmitButton } from "@/components/ui/submit-button";
import { Pager } from "@/components/ui/table";
import type { DueCount, DueRecord } from "@/lib/documents/list-due";
import type { RetentionKind } from "@/lib/documents/retention-kinds";

export type DueViewProps = {
  crumbs: readonly { label: string; href: string }[];
  found: { records: readonly DueRecord[]; total: number; more: boolean; page: number };
  counts: readonly DueCount[];
  /** Why none of it can be proposed: all of it is kept back, or the viewer doesn't manage its sort. */
  barred: "kept" | "cases" | "documents" | null;
  filter: { kind: RetentionKind | null; q: string };
  perPage: number;
  /** More aren't counted. */
  mostCounted: number;
  mostRecords: number;
  base: string;
  href: (page: number) => string;
  proposeAction: FormAction;
  /** Who may open what. */
  recordHref: (record: DueRecord) => string | null;
};

/** What is due, and the form that proposes it for destruction. */
export function DueView(props: DueViewProps) {
  const { crumbs, found, counts, barred, filter, perPage, mostCounted, base, href } = props;
  return (
    <>
      <Crumbs path={crumbs} />
      <PageHead
        title="Due to be destroyed"
        note={
          found.total > 0
            ? `${dueWords(counts, mostCounted)}${found.total > 1 ? `; ${found.more ? `the ${found.total.toLocaleString("en-US")} ` : "the "}longest due first` : ""}`
            : undefined
        }
      />
      <SearchForm label="What is due" className="finder">
        <SearchBox label="Student or case" placeholder="Name, SIS ID or case number" value={filter.q} />
        <Select
          name="kind"
          label="Kind of record"
          empty="Every kind"
          options={kindOptions}
          defaultValue={filter.kind ?? ""}
        />
      </SearchForm>
      {found.total === 0 ? (
        <Empty
          icon="circle-check"
          title="Nothing is due"
          hint={
            filter.q || filter.kind ? "Nothing that is due matches this." : "Records whose years are over show up here."
          }
        />
      ) : barred ? (
        <>
          <p className="mb-3">
            <b>None of this can be proposed.</b> {barredWords[barred]}
          </p>
          <DueTable {...props} />
        </>
      ) : (
        <ProposeForm {...props} />
      )}
      <Pager page={found.page} size={perPage} total={found.total} href={href} label="Pages of records" />
      <p className="small dim mt-3">
        What is proposed already, is on legal hold, waits in a transfer or is in quarantine can’t be proposed.{" "}
        <Link href={`${base}/holds`}>Legal holds</Link>
      </p>
    </>
  );
}

const barredWords = {
  kept: "It is proposed already, on legal hold, or waits in a transfer; each says which.",
  cases: "It takes Manage Cases: who proposes something has to know what is destroyed.",
  documents: "It takes Manage Documents: who proposes something has to know what is destroyed.",
} as const;

function DueTable({ found, barred, base, recordHref }: DueViewProps) {
  return (
    <table className="tbl">
      <caption className="sr">Records that are due to be destroyed</caption>
      <thead>
        <tr>
          {!barred && (
            <th className="c" scope="col">
              <SelectPage form="due" name="record" />
            </th>
          )}
          <th scope="col">About</th>
          <th scope="col">Record</th>
          <th scope="col">Counted from</th>
          <th scope="col">Due since</th>
        </tr>
      </thead>
      <tbody>
        {found.records.map((record) => (
          <DueRow key={record.id} record={record} picks={!barred} base={base} href={recordHref(record)} />
        ))}
      </tbody>
    </table>
  );
}

function ProposeForm(props: DueViewProps) {
  const { filter, mostRecords, proposeAction } = props;
  return (
    <ActionForm id="due" action={proposeAction} warnUnsaved>
      <input type="hidden" name="kind" value={filter.kind ?? ""} />
      <input type="hidden" name="q" value={filter.q} />
      <DueTable {...props} />
      <section className="well mt-4 stack" aria-labelledby="propose">
        <SectionHead
          id="propose"
          title="Propose for destruction"
          note="Nothing goes yet: somebody else with Purge has to confirm it. For cases both need Manage Cases besides, for documents Manage Documents: they have to know what they destroy."
        />
        <Checkbox
          name="all"
          label={`Not only the ticked ones: everything found here, at most ${mostRecords}`}
          hint="The longest due first. Propose the rest after."
        />
        <TextArea
          name="reason"
          label="Reason"
          hint="Stands on the certificates: the schedule or law by which it goes. Name no student."
          limit={1000}
          rows={2}
        />
        <TextArea
          name="notice"
          label="How parents were told (optional)"
          hint="Where records of special education are among them: 34 CFR 300.624. Stands on the certificates. Name no student."
          limit={1000}
          rows={2}
        />
        <div>
          <SubmitButton>Propose for destruction</SubmitButton>
        </div>
      </section>
    </ActionForm>
  );
}

const keptWords = { held: "On legal hold", waits: "Waits in a transfer" } as const;

function DueRow({
  record,
  picks,
  base,
  href,
}: {
  record: DueRecord;
  picks: boolean;
  base: string;
  href: string | null;
}) {
  const name = `${kindNames[record.kind]} ${record.number ?? ""} of ${record.person?.familyName}, ${record.person?.givenName}`;
  const what = record.number ? (
    <>
      {kindNames[record.kind]} <span className="id">{record.number}</span>
    </>
  ) : (
    kindNames[record.kind]
  );
  return (
    <tr>
      {picks && (
        <td className="c">
          {record.kept === null && record.person && (
            <label className="box">
              <input type="checkbox" name="record" value={record.id} aria-label={`Select ${name}`} />
            </label>
          )}
        </td>
      )}
      <td data-k="About" className="t-main">
        <RecordPerson person={record.person} of={record.kind === "case" ? "case" : "document"} />
      </td>
      <td data-k="Record" className="wide">
        {href ? <Link href={href}>{what}</Link> : what}
        {(record.kept === "held" || record.kept === "waits") && <span className="sub">{keptWords[record.kept]}</span>}
        {record.kept === "proposed" && (
          <span className="sub">
            <Link href={`${base}/proposals/${record.proposalId}`}>Proposed already</Link>
          </span>
        )}
      </td>
      <td data-k="Counted from">{dateWords(record.from, "UTC")}</td>
      <td data-k="Due since">{dateWords(record.dueOn, "UTC")}</td>
    </tr>
  );
}
