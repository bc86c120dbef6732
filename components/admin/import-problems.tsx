import { figure } from "@/components/admin/import-words";
import { LinkButton } from "@/components/ui/button";
import { Link } from "@/components/ui/link";
import { SectionHead } from "@/components/ui/page-head";
import { Pager } from "@/components/ui/table";
import type { ImportSection } from "@/lib/roster/list-import-rows";
import type { ImportView } from "@/lib/roster/list-imports";
import type { ProblemView } from "@/lib/roster/list-problems";

/** Every row that couldn't be used, with file, line, column and reason; also as CSV. */
export function ImportProblems({
  href,
  view,
  section,
  page,
  problems,
  problemsKept,
  problemsPerPage,
  problemsUrl,
}: {
  href: string;
  view: ImportView;
  section: ImportSection | null;
  page: number;
  problems: readonly ProblemView[];
  problemsKept: number;
  problemsPerPage: number;
  problemsUrl: string;
}) {
  if (problemsKept === 0) return null;
  const all = view.errors + view.notes;
  const shown = section === null ? page : 1;
  return (
    <section className="sec-2" aria-labelledby="problems-h">
      <SectionHead id="problems-h" title="Rows that need attention" note={noteOf(view)}>
        <LinkButton small icon="download" href={problemsUrl} download>
          Download as CSV
        </LinkButton>
      </SectionHead>
      <table className="tbl">
        <caption className="sr">Rows that need attention</caption>
        <thead>
          <tr>
            <th scope="col">Where</th>
            <th scope="col">What’s wrong</th>
            <th scope="col">Row</th>
          </tr>
        </thead>
        <tbody>
          {problems.map((one, at) => (
            <tr key={`${one.file}-${one.line}-${at}`}>
              <td data-k="Where" className="lead t-main">
                <b>
                  {one.file}
                  {one.line !== null && `, line ${one.line}`}
                </b>
                {one.column && <span className="sub">{one.column}</span>}
              </td>
              <td data-k="What’s wrong" className="wide">
                {one.reason}
              </td>
              <td data-k="Row">{one.refused ? "Not taken" : "Taken without it"}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {problemsKept < all && (
        <p className="small dim">
          Of {figure(all)} the first {figure(problemsKept)} are kept.
        </p>
      )}
      {section === null || problemsKept <= problems.length ? (
        <Pager
          page={shown}
          size={problemsPerPage}
          total={problemsKept}
          href={(n) => `${href}?show=problems${n > 1 ? `&page=${n}` : ""}`}
          label="Pages of problems"
        />
      ) : (
        <p>
          <Link href={`${href}?show=problems`}>Show all {figure(problemsKept)}</Link>
        </p>
      )}
    </section>
  );
}

function noteOf({ errors, notes }: ImportView): string {
  const refused = errors > 0 ? `${figure(errors)} not taken; whom they’re about stays as they are` : "";
  const left = notes > 0 ? `${figure(notes)} taken without a value` : "";
  return [refused, left].filter(Boolean).join("; ");
}
