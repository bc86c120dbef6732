import { requestChips, requestLine } from "@/components/requests/request-words";
import { dayWords } from "@/components/transfers/transfer-words";
import { LinkButton } from "@/components/ui/button";
import { Empty } from "@/components/ui/empty";
import { type Option, Select } from "@/components/ui/field";
import { Link } from "@/components/ui/link";
import { SearchBox, SearchForm } from "@/components/ui/search-box";
import { StateChip } from "@/components/ui/state-chip";
import { Pager, SortHeader } from "@/components/ui/table";
import type { RequestRow } from "@/lib/requests/list-requests";
import type { RequestSort } from "@/lib/requests/request-filter";

export type RequestsSectionProps = {
  side: "incoming" | "outgoing";
  rows: readonly RequestRow[];
  total: number;
  /** Without search and filter. */
  all: number;
  open: number;
  page: number;
  size: number;
  q: string;
  status: string | null;
  sort: RequestSort;
  descending: boolean;
  zone: string;
  links: {
    /** The page's own path. */
    list: string;
    /** A request's page, or one of its dialogs over this list. */
    request: (id: string, dialog?: "decline" | "withdraw") => string;
    sort: (sort: RequestSort) => string;
    page: (page: number) => string;
    unfiltered: string;
    /** The other list's part of the query, which stays as it is. */
    keep: Record<string, string>;
    param: (name: "q" | "status" | "sort") => string;
  };
};

const words = {
  incoming: { title: "Incoming Record Requests", other: "Asked by", label: "Incoming record requests" },
  outgoing: { title: "Outgoing Record Requests", other: "Asked of", label: "Outgoing record requests" },
} as const;

const statuses: Option[] = (Object.keys(requestChips) as RequestRow["status"][]).map((value) => ({
  value,
  label: requestChips[value].word,
}));

/** One of the two lists, in a section that opens and closes, with its own search, filter, sorting and pages. */
export function RequestsSection(props: RequestsSectionProps) {
  const { side, rows, total, all, open, page, size, links } = props;
  const { title, label } = words[side];
  return (
    <details className="sect" open id={side}>
      <summary>
        <h2 className="text-lead" id={`${side}-title`}>
          {title}
        </h2>
        <span className="small dim">
          {all.toLocaleString("en-US")}
          {open > 0 &&
            (side === "incoming"
              ? `, of which ${open} ${open === 1 ? "waits" : "wait"} for you`
              : `, of which ${open} ${open === 1 ? "is" : "are"} open`)}
        </span>
      </summary>
      <div className="sect-in">
        {all > 0 && <Finder {...props} />}
        {rows.length > 0 ? <Table {...props} /> : <Nothing {...props} />}
        <Pager page={page} size={size} total={total} href={links.page} label={`Pages of ${label.toLowerCase()}`} />
      </div>
    </details>
  );
}

function Finder({ side, q, status, sort, descending, links }: RequestsSectionProps) {
  const names: Record<RequestSort, string> = { asked: "date", district: "district", status: "status" };
  const sorts = (Object.keys(names) as RequestSort[]).flatMap((one) => [
    { value: `${one}.up`, label: `Sort by: ${names[one]}, ascending` },
    { value: `${one}.down`, label: `Sort by: ${names[one]}, descending` },
  ]);
  return (
    <SearchForm label={words[side].label} className="strip" action={links.list} keep={links.keep}>
      <SearchBox
        name={links.param("q")}
        label={side === "incoming" ? "Reference or asking district" : "Reference or asked district"}
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

function Table({ side, rows, sort, descending, zone, links }: RequestsSectionProps) {
  const header = (one: RequestSort, label: string) => (
    <SortHeader href={links.sort(one)} sorted={sort === one ? (descending ? "descending" : "ascending") : undefined}>
      {label}
    </SortHeader>
  );
  return (
    <table className="tbl tbl-req" aria-labelledby={`${side}-title`}>
      <thead>
        <tr>
          {header("asked", "Reference, asked")}
          {header("district", words[side].other)}
          <th scope="col">Asks for</th>
          {header("status", "Status")}
          <td className="act">
            <span className="sr">Actions</span>
          </td>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.id}>
            <td data-k="Reference">
              <Link className="id" href={links.request(row.id)}>
                {row.reference}
              </Link>
              <span className="sub">Asked {dayWords(row.requestedAt, zone)}</span>
            </td>
            <td data-k={words[side].other} className="lead t-main">
              {row.otherDistrict}
              <span className="sub">{row.otherState}</span>
            </td>
            <td data-k="Asks for">{row.what}</td>
            <td data-k="Status" className="wide">
              <StateChip {...requestChips[row.status]} />
              <span className="sub">{requestLine(row, zone)}</span>
            </td>
            <Actions {...{ row, links }} />
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Actions({ row, links }: { row: RequestRow } & Pick<RequestsSectionProps, "links">) {
  const { id, reference, side, status } = row;
  if (status !== "open") return <td className="act none" />;
  return (
    <td className="act">
      {side === "incoming" ? (
        <>
          <LinkButton variant="go" small href={links.request(id)} aria-label={`Answer ${reference}`}>
            Answer
          </LinkButton>{" "}
          <LinkButton small href={links.request(id, "decline")} scroll={false} aria-label={`Decline ${reference}`}>
            Decline
          </LinkButton>
        </>
      ) : (
        <LinkButton small href={links.request(id, "withdraw")} scroll={false} aria-label={`Withdraw ${reference}`}>
          Withdraw
        </LinkButton>
      )}
    </td>
  );
}

function Nothing({ side, all, links }: RequestsSectionProps) {
  if (all > 0)
    return (
      <Empty
        icon="search"
        title="No request matches"
        hint={`${all === 1 ? "1 request is" : `${all.toLocaleString("en-US")} requests are`} there without search and status.`}
      >
        <LinkButton small href={links.unfiltered}>
          Show all
        </LinkButton>
      </Empty>
    );
  return side === "incoming" ? (
    <Empty
      title="Nobody has asked yet"
      hint="When another district asks for a student’s records, you get an email, and the request waits here for your answer."
    />
  ) : (
    <Empty
      icon="send"
      title="You haven’t asked for anything yet"
      hint="When a student arrives, ask the former district: Request records above."
    />
  );
}
