import { casesWord, documentsWord } from "@/components/students/student-words";
import { Crumbs } from "@/components/ui/crumbs";
import { DateText } from "@/components/ui/date";
import { Empty } from "@/components/ui/empty";
import { Link } from "@/components/ui/link";
import { PageHead } from "@/components/ui/page-head";
import { SearchBox, SearchForm } from "@/components/ui/search-box";
import { Pager } from "@/components/ui/table";
import type { CertificateRow } from "@/lib/documents/list-certificates";

/** Every certificate of what was destroyed for good. */
export function CertificatesView({
  crumbs,
  found,
  q,
  perPage,
  base,
  zone,
}: {
  crumbs: readonly { label: string; href: string }[];
  found: { rows: readonly CertificateRow[]; total: number; more: boolean; page: number };
  q: string;
  perPage: number;
  base: string;
  zone: string;
}) {
  const list = `${base}/certificates`;
  return (
    <>
      <Crumbs path={crumbs} />
      <PageHead
        title="Certificates"
        note={`What was destroyed for good, by whom and why.${found.more ? ` More than ${found.total.toLocaleString("en-US")}, the newest first.` : ""}`}
      />
      <SearchForm label="Certificates" className="finder">
        <SearchBox label="Certificate or student" placeholder="Number or SIS ID" value={q} />
      </SearchForm>
      <h2 className="sr">Certificates</h2>
      {found.total === 0 ? (
        <Empty
          icon="scroll-text"
          title={
            q ? "No certificate has this number, and no student with one this SIS ID" : "Nothing was destroyed yet"
          }
        />
      ) : (
        <table className="tbl tbl-moves">
          <caption className="sr">Certificates, the newest first</caption>
          <thead>
            <tr>
              <th scope="col">Certificate</th>
              <th scope="col">What</th>
              <th scope="col">Student’s SIS ID</th>
              <th scope="col">Destroyed</th>
            </tr>
          </thead>
          <tbody>
            {found.rows.map((row) => (
              <tr key={row.id}>
                <td data-k="Certificate" className="lead">
                  <Link className="id" href={`${list}/${row.id}`}>
                    {row.number}
                  </Link>
                </td>
                <td data-k="What">{row.kind === "cases" ? casesWord(row.records) : documentsWord(row.records)}</td>
                <td data-k="Student’s SIS ID">
                  {row.sisId ? <span className="id">{row.sisId}</span> : "Not on the roster"}
                </td>
                <td data-k="Destroyed">
                  <DateText value={row.purgedAt} zone={zone} />
                  <span className="sub">{row.proposedBy ? `${row.proposedBy} and ${row.purgedBy}` : row.purgedBy}</span>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <Pager
        page={found.page}
        size={perPage}
        total={found.total}
        href={(n) => `${list}?${new URLSearchParams({ ...(q ? { q } : {}), page: String(n) })}`}
        label="Pages of certificates"
      />
    </>
  );
}
