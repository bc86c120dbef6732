import { DisclosureTable } from "@/components/students/disclosure-record";
import { casesWord, documentsWord, typeNames } from "@/components/students/student-words";
import { bytesWords } from "@/components/ui/bytes";
import { Crumbs } from "@/components/ui/crumbs";
import { DateText, dateWords } from "@/components/ui/date";
import { Link } from "@/components/ui/link";
import { Facts, PageHead } from "@/components/ui/page-head";
import { PrintButton } from "@/components/ui/print-button";
import type { CertificateView } from "@/lib/documents/find-certificate";

/** A purge certificate: what was destroyed, when, by whom and why. Made to be printed. */
export function CertificateSheet({
  certificate: one,
  district,
  home,
  crumbs,
  zone,
}: {
  certificate: CertificateView;
  district: string;
  home: string;
  crumbs: readonly { label: string; href: string }[];
  zone: string;
}) {
  const [count, words] =
    one.cases.length > 0
      ? [one.cases.length, casesWord(one.cases.length)]
      : [one.items.length, documentsWord(one.items.length)];
  return (
    <article className={one.disclosures.length > 0 ? "record" : "narrow"}>
      <Crumbs path={crumbs} />
      <PageHead
        title={
          <>
            Purge certificate <span className="nowrap">{one.number}</span>
          </>
        }
        note={district}
      >
        <PrintButton />
      </PageHead>
      <Facts
        facts={[
          ["Destroyed", <DateText key="at" value={one.purgedAt} zone={zone} shape="minute" />],
          one.proposedBy !== null && ["Proposed by", one.proposedBy],
          [one.proposedBy === null ? "By" : "Confirmed by", one.purgedBy],
          one.sisId !== null && [
            "Student’s SIS ID",
            <span key="sis" className="id">
              {one.sisId}
            </span>,
          ],
          one.transfer && [
            "Came with transfer",
            <Link key="transfer" className="id" href={`${home}/admin/requests/document-transfers/${one.transfer.id}`}>
              {one.transfer.reference}
            </Link>,
          ],
        ]}
      />
      <p>
        {words} {count === 1 ? "was" : "were"} destroyed for good: the rows in the database
        {one.cases.length > 0 && ", with history and plan"}, the keys that opened the files, and the files in the
        storage. {district} holds no copy in Baton.
      </p>
      <p className="mt-3">
        <b>Reason.</b> <span className="whitespace-pre-line">{one.reason}</span>
      </p>
      {one.notice && (
        <p className="mt-3">
          <b>How parents were told.</b> <span className="whitespace-pre-line">{one.notice}</span>
        </p>
      )}
      {one.cases.length > 0 ? <Cases one={one} /> : <Documents one={one} />}
      {one.disclosures.length > 0 && <Disclosures one={one} home={home} zone={zone} />}
    </article>
  );
}

function Documents({ one }: { one: CertificateView }) {
  return (
    <table className="tbl tbl-moves mt-4">
      <caption className="sr">What was destroyed</caption>
      <thead>
        <tr>
          <th scope="col">Type</th>
          <th scope="col">Dated</th>
          <th scope="col" className="num">
            Size
          </th>
          <th scope="col">SHA-256</th>
        </tr>
      </thead>
      <tbody>
        {one.items.map((item) => (
          <tr key={item.documentId}>
            <td data-k="Type" className="lead">
              {typeNames[item.type]}
            </td>
            <td data-k="Dated">{item.datedOn ? dateWords(item.datedOn, "UTC") : "–"}</td>
            <td data-k="Size" className="num">
              {bytesWords(item.size)}
            </td>
            <td data-k="SHA-256" className="break-all">
              <span className="id small">{item.sha256}</span>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Cases({ one }: { one: CertificateView }) {
  return (
    <table className="tbl tbl-moves mt-4">
      <caption className="sr">What was destroyed</caption>
      <thead>
        <tr>
          <th scope="col">Case</th>
          <th scope="col">Opened</th>
          <th scope="col">Closed</th>
          <th scope="col" className="num">
            Notes
          </th>
          <th scope="col">Files, by SHA-256</th>
        </tr>
      </thead>
      <tbody>
        {one.cases.map((item) => (
          <tr key={item.caseId}>
            <td data-k="Case" className="lead">
              {item.number ? (
                <span className="id">{item.number}</span>
              ) : (
                <span className="dim">Shown with Manage Cases</span>
              )}
            </td>
            <td data-k="Opened">{dateWords(item.openedOn, "UTC")}</td>
            <td data-k="Closed">{item.closedOn ? dateWords(item.closedOn, "UTC") : "–"}</td>
            <td data-k="Notes" className="num">
              {item.notes.toLocaleString("en-US")}
            </td>
            <td data-k="Files, by SHA-256" className="break-all">
              {item.files.length === 0
                ? "None"
                : item.files.map((file, n) => (
                    // The same file may have been attached twice.
                    <span key={`${file.sha256} ${n}`} className="id small block">
                      {file.sha256} ({bytesWords(file.size)})
                    </span>
                  ))}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** Of who is on no roster: what was told to others about them stays on record, under the certificate's number. */
function Disclosures({ one, home, zone }: { one: CertificateView; home: string; zone: string }) {
  return (
    <section className="sec-2" aria-labelledby="disclosed">
      <div className="sec-h">
        <h2 id="disclosed">Disclosure record</h2>
        <p className="small dim">34 CFR 99.32</p>
      </div>
      <DisclosureTable
        entries={one.disclosures}
        zone={zone}
        transferHref={({ id, kind }) =>
          `${home}/admin/requests/${kind === "cases" ? "case" : "document"}-transfers/${id}`
        }
      />
    </section>
  );
}
