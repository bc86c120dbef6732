import { Crumbs } from "@/components/ui/crumbs";
import { DateText } from "@/components/ui/date";
import { Icon } from "@/components/ui/icon";
import { Link } from "@/components/ui/link";
import { PageHead } from "@/components/ui/page-head";
import { PrintButton } from "@/components/ui/print-button";
import type { DisclosureEntry, DisclosureRecord } from "@/lib/disclosures/find-disclosures";

export type DisclosureRecordProps = {
  record: DisclosureRecord;
  crumbs: readonly { label: string; href: string }[];
  links: {
    pdf: string;
    csv: string;
    /** A transfer's page. */
    transfer: (transfer: { id: string; kind: "cases" | "documents" }) => string;
  };
  /** The district's name, and who prints. */
  district: string;
  by: string;
  now: Date;
  zone: string;
};

/** The disclosure record of a student or person (34 CFR 99.32): the answer to "who got my child's records, when, and why?". */
export function DisclosureRecordView({ record, crumbs, links, district, by, now, zone }: DisclosureRecordProps) {
  const { about, entries } = record;
  return (
    <div className="record">
      <Crumbs path={crumbs} />
      <PageHead
        title="Disclosure record"
        note={
          <>
            <bdi>
              {about.given} {about.family}
            </bdi>
            {about.sisId ? (
              <>
                {" "}
                · SIS ID <span className="id">{about.sisId}</span>
              </>
            ) : (
              " · Not on the roster"
            )}
            {about.birthDate && (
              <>
                {" "}
                · born <DateText value={about.birthDate} zone={zone} />
              </>
            )}
          </>
        }
      >
        <PrintButton />
        <a className="btn" href={links.pdf} download>
          <Icon name="download" />
          PDF
        </a>
        <a className="btn" href={links.csv} download>
          <Icon name="download" />
          CSV
        </a>
      </PageHead>
      <p className="small dim mb-4">
        Who outside the district was given records about this student, when, why, and on which legal basis (34 CFR
        99.32). What was refused or went to the wrong place stands here as well. Parents may see this record.
      </p>
      <p className="print-only small">
        {district}. Printed on <DateText value={now} zone={zone} shape="minute" /> by {by}. Confidential student record.
      </p>
      {entries.length === 0 ? (
        <p className="lone">Nothing was disclosed through Baton.</p>
      ) : (
        <DisclosureTable entries={entries} zone={zone} transferHref={links.transfer} />
      )}
    </div>
  );
}

type DisclosureTableProps = {
  entries: readonly DisclosureEntry[];
  zone: string;
  /** A transfer's page. */
  transferHref: (transfer: { id: string; kind: "cases" | "documents" }) => string;
};

/** The record's rows, also on the certificate of somebody whose cases are destroyed. */
export function DisclosureTable({ entries, zone, transferHref }: DisclosureTableProps) {
  return (
    <table className="tbl tbl-record">
      <caption className="sr">Disclosures, newest first</caption>
      <thead>
        <tr>
          <th scope="col">Date</th>
          <th scope="col">Disclosed to</th>
          <th scope="col">Records</th>
          <th scope="col">Interest and legal basis</th>
          <th scope="col">What became of it</th>
          <th scope="col">By</th>
        </tr>
      </thead>
      <tbody>
        {entries.map((entry) => (
          <Row key={entry.id} entry={entry} zone={zone} transferHref={transferHref} />
        ))}
      </tbody>
    </table>
  );
}

function Row({ entry, zone, transferHref }: { entry: DisclosureEntry } & Omit<DisclosureTableProps, "entries">) {
  const { transfer } = entry;
  return (
    <tr>
      <td data-k="Date">
        <DateText value={entry.at} zone={zone} />
      </td>
      <td data-k="Disclosed to" className="t-main lead">
        {entry.to}
      </td>
      <td data-k="Records" className="wide">
        {entry.what}
        {entry.items.map((item, at) => (
          <span className="sub" key={`${at} ${item}`} dir="auto">
            {item}
          </span>
        ))}
        {transfer && (
          <span className="sub">
            Transfer{" "}
            {transfer.open ? (
              <Link className="id" href={transferHref(transfer)}>
                {transfer.reference}
              </Link>
            ) : (
              <span className="id">{transfer.reference}</span>
            )}
          </span>
        )}
      </td>
      <td data-k="Interest and legal basis" className="wide">
        {entry.interest}
        <span className="sub">{entry.basis}</span>
        {entry.basisDetail && (
          <span className="sub" dir="auto">
            {entry.basisDetail}
          </span>
        )}
        {entry.notice && <span className="sub">{entry.notice}</span>}
      </td>
      <td data-k="What became of it" className="wide" dir="auto">
        {entry.outcome || "–"}
      </td>
      <td data-k="By">{entry.by}</td>
    </tr>
  );
}
