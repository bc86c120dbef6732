import type { ReactNode } from "react";
import { LinkButton } from "@/components/ui/button";
import { Empty } from "@/components/ui/empty";
import { type Option, Select } from "@/components/ui/field";
import type { IconName } from "@/components/ui/icon-names";
import { SearchBox, SearchForm } from "@/components/ui/search-box";
import { Pager, SortHeader } from "@/components/ui/table";
import type { ListFilter, Side } from "@/lib/districts/side-lists";

/** What one of the two lists of a page shows, and its part of the URL. */
export type ListOf<Row, Sort extends string> = Omit<ListFilter<string, Sort>, "page"> & {
  rows: readonly Row[];
  total: number;
  /** Without search and filter. */
  all: number;
  page: number;
  size: number;
  zone: string;
  links: {
    /** The page's own path. */
    list: string;
    sort: (sort: Sort) => string;
    page: (page: number) => string;
    unfiltered: string;
    /** The other list's part of the query, which stays as it is. */
    keep: Record<string, string>;
    param: (name: "q" | "status" | "sort") => string;
  };
};

export type Column<Row, Sort extends string> = {
  head: string;
  /** What it's called beside its value on a phone, where that's shorter. */
  k?: string;
  /** What it's sorted by, and what that's called where it's chosen from a list. */
  sort?: [by: Sort, called: string];
  className?: string | ((row: Row) => string | undefined);
  num?: boolean;
  cell: (row: Row) => ReactNode;
};

/** The column of the other district. */
export const districtColumn = <Row extends { otherDistrict: string; otherState: string }>(
  head: string,
): Column<Row, "district"> => ({
  head,
  sort: ["district", "district"],
  className: "lead t-main",
  cell: (row) => (
    <>
      {row.otherDistrict}
      <span className="sub">{row.otherState}</span>
    </>
  ),
});

type Given<Row, Sort extends string> = {
  side: Side;
  list: ListOf<Row, Sort>;
  heading: "h2" | "h3";
  title: string;
  /** What the list is called beside its search and its pages. */
  label: string;
  /** Behind how many there are: what of it waits. */
  note: ReactNode;
  /** What one searches for. */
  search: string;
  statuses: readonly Option[];
  columns: readonly Column<Row, Sort>[];
  /** The buttons of a row; null where there's nothing to do. */
  actions: (row: Row) => ReactNode;
  /** What an empty list says, and what one row is called. */
  nothing: { title: string; hint: string; icon?: IconName };
  one: string;
};

/** One of the two lists of a page, in a section that opens and closes, with its own search, filter, sorting and pages. */
export function ListSection<Row extends { id: string }, Sort extends string>(given: Given<Row, Sort>) {
  const { side, list, heading: Heading, title, label, note, nothing, one } = given;
  const { rows, total, all, page, size, links } = list;
  return (
    <details className="sect" open id={side}>
      <summary>
        <Heading className="text-lead" id={`${side}-title`}>
          {title}
        </Heading>
        <span className="small dim">
          {all.toLocaleString("en-US")}
          {note}
        </span>
      </summary>
      <div className="sect-in">
        {all > 0 && <Finder {...given} />}
        {rows.length > 0 ? (
          <Table {...given} />
        ) : all > 0 ? (
          <Empty
            icon="search"
            title={`No ${one} matches`}
            hint={`${all === 1 ? `1 ${one} is` : `${all.toLocaleString("en-US")} ${one}s are`} there without search and status.`}
          >
            <LinkButton small href={links.unfiltered}>
              Show all
            </LinkButton>
          </Empty>
        ) : (
          <Empty {...nothing} />
        )}
        <Pager page={page} size={size} total={total} href={links.page} label={`Pages of ${label.toLowerCase()}`} />
      </div>
    </details>
  );
}

function Finder<Row, Sort extends string>({ list, label, search, statuses, columns }: Given<Row, Sort>) {
  const { q, status, sort, descending, links } = list;
  const sorts = columns.flatMap((column) => {
    if (!column.sort) return [];
    const [by, called] = column.sort;
    return [
      { value: `${by}.up`, label: `Sort by: ${called}, ascending` },
      { value: `${by}.down`, label: `Sort by: ${called}, descending` },
    ];
  });
  return (
    <SearchForm label={label} className="strip" action={links.list} keep={links.keep}>
      <SearchBox
        name={links.param("q")}
        label={search}
        placeholder="Reference or district"
        value={q}
        hideLabel
        fieldClass=""
      />
      <Select
        name={links.param("status")}
        label="Status"
        hideLabel
        empty="All statuses"
        options={statuses}
        defaultValue={status}
      />
      <Select
        name={links.param("sort")}
        label="Sort by"
        hideLabel
        fieldClass="m-only"
        options={sorts}
        defaultValue={`${sort}.${descending ? "down" : "up"}`}
      />
    </SearchForm>
  );
}

function Table<Row extends { id: string }, Sort extends string>({ side, list, columns, actions }: Given<Row, Sort>) {
  const { rows, sort, descending, links } = list;
  return (
    <table className="tbl tbl-req" aria-labelledby={`${side}-title`}>
      <thead>
        <tr>
          {columns.map(({ head, sort: sorted, num = false }) =>
            sorted ? (
              <SortHeader
                key={head}
                href={links.sort(sorted[0])}
                sorted={sort === sorted[0] ? (descending ? "descending" : "ascending") : undefined}
                num={num}
              >
                {head}
              </SortHeader>
            ) : (
              <th key={head} scope="col">
                {head}
              </th>
            ),
          )}
          <td className="act">
            <span className="sr">Actions</span>
          </td>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => {
          const buttons = actions(row);
          return (
            <tr key={row.id}>
              {columns.map(({ head, k = head, className, cell }) => (
                <td key={head} data-k={k} className={typeof className === "function" ? className(row) : className}>
                  {cell(row)}
                </td>
              ))}
              <td className={buttons ? "act" : "act none"}>{buttons}</td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}
