import { gradeWords, PersonName } from "@/components/cases/words";
import { dateWords } from "@/components/ui/date";
import { Link } from "@/components/ui/link";
import { SortHeader } from "@/components/ui/table";
import type { StudentListRow } from "@/lib/students/list-students";
import type { StudentSort } from "@/lib/students/student-filter";

const columns: readonly [StudentSort, string][] = [
  ["name", "Student"],
  ["grade", "Grade"],
  ["building", "Building"],
  ["sis", "SIS ID"],
  ["born", "Birth date"],
];

/** The list's table; cards on phones. */
export function StudentsTable({
  rows,
  home,
  sort,
  descending,
  sortHref,
}: {
  rows: readonly StudentListRow[];
  home: string;
  sort: StudentSort;
  descending: boolean;
  sortHref: (sort: StudentSort) => string;
}) {
  return (
    <table className="tbl tbl-students">
      <caption className="sr">Students</caption>
      <thead>
        <tr>
          {columns.map(([column, label]) => (
            <SortHeader
              key={column}
              href={sortHref(column)}
              sorted={column === sort ? (descending ? "descending" : "ascending") : undefined}
            >
              {label}
            </SortHeader>
          ))}
          <th scope="col" className="num">
            Documents
          </th>
          <th scope="col" className="num">
            Open cases
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.id}>
            <td data-k="Student" className="t-main">
              <Link className="who-name" href={`${home}/students/${row.id}`}>
                <PersonName name={row} />
              </Link>
              <span className="sub">
                {row.departed && <span className="st st-cancelled">Departed</span>}
                {row.departed && row.preferredName && " "}
                {row.preferredName && (
                  <>
                    Goes by <bdi>{row.preferredName}</bdi>
                  </>
                )}
              </span>
            </td>
            <td data-k="Grade">{row.grade ? gradeWords(row.grade) : "–"}</td>
            <td data-k="Building">{row.building ?? "–"}</td>
            <td data-k="SIS ID">
              <span className="id">{row.sisId}</span>
              {row.stateId && (
                <span className="sub">
                  State ID <span className="id">{row.stateId}</span>
                </span>
              )}
            </td>
            <td data-k="Birth date" className="nowrap">
              {row.birthDate ? dateWords(row.birthDate, "UTC") : "–"}
            </td>
            <td data-k="Documents" className="num">
              {row.documents || "–"}
            </td>
            <td data-k="Open cases" className="num">
              {row.openCases || "–"}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
