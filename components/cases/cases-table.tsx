import { gradeWords, nameWords, PersonName } from "@/components/cases/words";
import { DateText } from "@/components/ui/date";
import { Level } from "@/components/ui/level";
import { Link } from "@/components/ui/link";
import { Menu, MenuButton } from "@/components/ui/menu";
import { GoToBulk, SelectPage } from "@/components/ui/select-rows";
import { SortHeader } from "@/components/ui/table";
import type { CaseSort } from "@/lib/cases/case-filter";
import type { CaseRow } from "@/lib/cases/list-cases";

const columns: readonly [CaseSort, string][] = [
  ["number", "Case"],
  ["person", "Person of concern"],
  ["building", "Building"],
  ["team", "Team"],
  ["manager", "Case manager"],
  ["level", "Level of concern"],
  ["status", "Status"],
  ["updated", "Updated"],
];
const statuses = { open: "Open", monitoring: "Monitoring", closed: "Closed" } as const;

type Given = {
  rows: readonly CaseRow[];
  home: string;
  zone: string;
  /** This year in the district: its days are written without it. */
  year: string;
  sort: CaseSort;
  descending: boolean;
  sortHref: (sort: CaseSort) => string;
  /** Boxes and menus, for who may transfer; the id of the form around. */
  form: string | null;
};

/** The list's table; cards on phones. Its boxes and menus send the form that it stands in. */
export function CasesTable({ rows, home, zone, year, sort, descending, sortHref, form }: Given) {
  return (
    <table className="tbl tbl-cases">
      <caption className="sr">Cases</caption>
      <colgroup>
        {form && <col className="col-c" />}
        {columns.map(([column]) => (
          <col key={column} className={`col-${column}`} />
        ))}
        {form && <col className="col-act" />}
      </colgroup>
      <thead>
        <tr>
          {form && (
            <th className="c" scope="col">
              <SelectPage form={form} name="case" />
              <GoToBulk form={form} name="case" />
            </th>
          )}
          {columns.map(([column, label]) => (
            <SortHeader
              key={column}
              href={sortHref(column)}
              sorted={column === sort ? (descending ? "descending" : "ascending") : undefined}
            >
              {label}
            </SortHeader>
          ))}
          {form && (
            <td className="act">
              <span className="sr">Actions</span>
            </td>
          )}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <Row key={row.id} row={row} home={home} zone={zone} year={year} selectable={form !== null} />
        ))}
      </tbody>
    </table>
  );
}

function Row({
  row,
  home,
  zone,
  year,
  selectable,
}: { row: CaseRow; selectable: boolean } & Pick<Given, "home" | "zone" | "year">) {
  const href = `${home}/cases/${row.id}`;
  return (
    <tr>
      {selectable && (
        <td className="c">
          <label className="box">
            <input
              type="checkbox"
              name="case"
              value={row.id}
              aria-label={`Select case ${row.number}, ${nameWords(row)}`}
            />
          </label>
        </td>
      )}
      <td data-k="Case" className="t-no">
        <Link className="id" href={href}>
          {row.number}
        </Link>
      </td>
      <td data-k="Person of concern" className="t-main">
        <Link className="who-name" href={href}>
          <PersonName name={row} />
        </Link>
        <span className="sub">
          {row.onRoster ? (row.grade ? gradeWords(row.grade) : "On the roster") : "Not on the roster"}
        </span>
      </td>
      <td data-k="Building">{row.building ?? "–"}</td>
      <td data-k="Team">
        {row.team ?? "–"}
        {row.teamLeader && <span className="sub">Led by {row.teamLeader}</span>}
      </td>
      <td data-k="Case manager">{row.manager ?? "–"}</td>
      <td data-k="Level of concern">
        <Level level={row.level} />
      </td>
      <td data-k="Status">
        {statuses[row.status]}
        {row.transfer && (
          <span className="sub">
            {selectable ? (
              <Link href={`${home}/admin/requests/case-transfers/${row.transfer.id}`}>
                {row.transfer.open ? "In transfer" : "Transferred"}
              </Link>
            ) : row.transfer.open ? (
              "In transfer"
            ) : (
              "Transferred"
            )}
          </span>
        )}
        {row.received && (
          <span className="sub">
            <span className="st st-copy">Received</span>
          </span>
        )}
      </td>
      <td data-k="Updated">
        <DateText value={row.updatedAt} zone={zone} shape={yearIn(row.updatedAt, zone) === year ? "short" : "day"} />
      </td>
      {selectable && (
        <td className="act act-more">
          <Menu icon="ellipsis-vertical" name={`Actions for case ${row.number}`}>
            <MenuButton icon="send" name="only" value={row.id}>
              Transfer to District
            </MenuButton>
          </Menu>
        </td>
      )}
    </tr>
  );
}

const formats = new Map<string, Intl.DateTimeFormat>();

/** The year that it is at a moment in a time zone. */
export function yearIn(at: Date, zone: string): string {
  const format = formats.get(zone) ?? new Intl.DateTimeFormat("en-US", { year: "numeric", timeZone: zone });
  formats.set(zone, format);
  return format.format(at);
}
