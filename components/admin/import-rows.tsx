import { figure, sectionWords } from "@/components/admin/import-words";
import { PersonName } from "@/components/cases/words";
import { Empty } from "@/components/ui/empty";
import { Link } from "@/components/ui/link";
import { SectionHead } from "@/components/ui/page-head";
import { Pager } from "@/components/ui/table";
import type { ImportRowView, ImportSection } from "@/lib/roster/list-import-rows";
import type { ImportView } from "@/lib/roster/list-imports";

const order: readonly ImportSection[] = ["leaving", "changed", "returned", "added", "staff"];

/** What an import would change: who is added, changed, comes back, leaves; a page of one of them. */
export function ImportRows({
  href,
  view,
  section,
  rows,
  page,
  rowsPerPage,
}: {
  href: string;
  view: ImportView;
  section: ImportSection | null;
  rows: readonly ImportRowView[];
  page: number;
  rowsPerPage: number;
}) {
  const total = section ? view.counts[section] : 0;
  return (
    <section className="sec-2" aria-labelledby="diff-h">
      <SectionHead id="diff-h" title="What it changes" />
      <nav className="btns" aria-label="Parts of the import">
        {order.map((one) => (
          <Link
            key={one}
            className={one === section ? "btn btn-s border-accent bg-accent-soft font-bold" : "btn btn-s"}
            href={`${href}?show=${one}`}
            scroll={false}
            aria-current={one === section ? "page" : undefined}
          >
            {sectionWords[one]} {figure(view.counts[one])}
          </Link>
        ))}
      </nav>
      {section &&
        (total === 0 ? (
          <Empty icon="users" title="Nobody" hint={emptyWords[section]} />
        ) : (
          <>
            <RowsTable section={section} rows={rows} />
            <Pager
              page={page}
              size={rowsPerPage}
              total={total}
              href={(n) => `${href}?show=${section}${n > 1 ? `&page=${n}` : ""}`}
              label="Pages of rows"
            />
          </>
        ))}
    </section>
  );
}

const emptyWords: Record<ImportSection, string> = {
  added: "The bundle brings nobody new.",
  changed: "Of nobody who stays does the bundle say anything new.",
  returned: "Nobody who had left is in the bundle again.",
  leaving: "Everybody of your roster is in the bundle.",
  staff: "No staff is new or changed.",
};

function RowsTable({ section, rows }: { section: ImportSection; rows: readonly ImportRowView[] }) {
  const isStaff = section === "staff";
  const hasChanges = section === "changed" || section === "returned";
  return (
    <table className="tbl">
      <caption className="sr">{sectionWords[section]}</caption>
      <thead>
        <tr>
          <th scope="col">{isStaff ? "Name" : "Student"}</th>
          <th scope="col">{isStaff ? "Role" : "Grade"}</th>
          <th scope="col">School</th>
          {hasChanges && <th scope="col">What changes</th>}
        </tr>
      </thead>
      <tbody>
        {rows.map((row, at) => (
          <tr key={`${row.line ?? "x"}-${row.sisId ?? ""}-${at}`}>
            <td data-k={isStaff ? "Name" : "Student"} className="lead t-main">
              <b>
                <PersonName name={row} />
              </b>
              {row.sisId && <span className="sub">SIS ID {row.sisId}</span>}
            </td>
            <td data-k={isStaff ? "Role" : "Grade"}>{isStaff ? row.role : (row.grade ?? "–")}</td>
            <td data-k="School">{row.school ?? "–"}</td>
            {hasChanges && (
              <td data-k="What changes" className="wide">
                {row.changes.length === 0
                  ? "Only that they’re back"
                  : row.changes.map(({ field, from, to }) => (
                      <span key={field} className="block">
                        {field}: <del>{from ?? "none"}</del> <ins>{to ?? "none"}</ins>
                      </span>
                    ))}
              </td>
            )}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
