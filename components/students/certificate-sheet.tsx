import { documentsWord, typeNames } from "@/components/students/student-words";
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
  studentHref,
  zone,
}: {
  certificate: CertificateView;
  district: string;
  home: string;
  studentHref: string;
  zone: string;
}) {
  return (
    <article className="narrow">
      <Crumbs
        path={[
          { label: "Students", href: `${home}/students` },
          { label: "Student", href: studentHref },
        ]}
      />
      <PageHead title={`Purge certificate ${one.number}`} note={district}>
        <PrintButton />
      </PageHead>
      <Facts
        facts={[
          ["Destroyed", <DateText key="at" value={one.purgedAt} zone={zone} shape="minute" />],
          ["By", one.purgedBy],
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
        {documentsWord(one.items.length)} {one.items.length === 1 ? "was" : "were"} destroyed for good: the rows in the
        database, the keys that opened the files, and the files in the storage. {district} holds no copy in Baton.
      </p>
      <p className="mt-3">
        <b>Reason.</b> <span className="whitespace-pre-line">{one.reason}</span>
      </p>
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
    </article>
  );
}
