import { chipOf, dayWords, stateLine, untilWords } from "@/components/transfers/transfer-words";
import { LinkButton } from "@/components/ui/button";
import { Empty } from "@/components/ui/empty";
import { type Option, Select } from "@/components/ui/field";
import { Link } from "@/components/ui/link";
import { SearchBox, SearchForm } from "@/components/ui/search-box";
import { StateChip } from "@/components/ui/state-chip";
import { Pager, SortHeader } from "@/components/ui/table";
import type { TransferRow, TransferSort } from "@/lib/transfers/list-transfers";

export type TransfersSectionProps = {
  side: "incoming" | "outgoing";
  rows: readonly TransferRow[];
  total: number;
  /** Without search and filters. */
  all: number;
  /** Not decided yet. */
  open: number;
  page: number;
  size: number;
  q: string;
  status: string | null;
  sort: TransferSort;
  descending: boolean;
  /** Whether the own switch is on. */
  on: boolean;
  zone: string;
  links: {
    /** The page's own path. */
    list: string;
    /** A transfer's page, or one of its dialogs over this list. */
    transfer: (id: string, dialog?: "accept" | "reject" | "cancel" | "details") => string;
    sort: (sort: TransferSort) => string;
    page: (page: number) => string;
    unfiltered: string;
    /** The other list's part of the query, which stays as it is. */
    keep: Record<string, string>;
    param: (name: "q" | "status" | "sort") => string;
  };
};

const words = {
  incoming: {
    title: "Incoming Transfer Requests",
    other: "From",
    label: "Incoming transfers",
    open: "wait for you",
    opens: "waits for you",
  },
  outgoing: {
    title: "Outgoing Transfer Requests",
    other: "To",
    label: "Outgoing transfers",
    open: "are not decided",
    opens: "is not decided",
  },
} as const;

const decided: Option[] = [
  { value: "completed", label: "Completed" },
  { value: "rejected", label: "Rejected" },
  { value: "cancelled", label: "Cancelled" },
  { value: "expired", label: "Expired" },
];
const statuses: Record<"incoming" | "outgoing", Option[]> = {
  incoming: [
    { value: "waiting", label: "Waiting for us" },
    { value: "pending", label: "Pending" },
    { value: "locked", label: "Locked" },
    { value: "unlocked", label: "Details needed" },
    ...decided,
  ],
  outgoing: [
    { value: "waiting", label: "Not decided" },
    { value: "preparing", label: "Preparing" },
    { value: "pending", label: "Pending" },
    { value: "locked", label: "Locked" },
    { value: "unlocked", label: "Details needed" },
    ...decided,
    { value: "failed", label: "Failed" },
  ],
};
const columns: Record<TransferSort, string> = {
  sent: "Reference, sent",
  district: "",
  cases: "Cases",
  expires: "Expires",
  status: "Status",
};

/** One of the two lists, in a section that opens and closes, with its own search, filter, sorting and pages. */
export function TransfersSection(props: TransfersSectionProps) {
  const { side, rows, total, all, open, page, size, links } = props;
  const { title } = words[side];
  return (
    <details className="sect" open id={side}>
      <summary>
        <h3 className="text-lead" id={`${side}-title`}>
          {title}
        </h3>
        <span className="small dim">
          {all.toLocaleString("en-US")}
          {open > 0 && `, of which ${open} ${open === 1 ? words[side].opens : words[side].open}`}
        </span>
      </summary>
      <div className="sect-in">
        {all > 0 && <Finder {...props} />}
        {rows.length > 0 ? <Table {...props} /> : <Nothing {...props} />}
        <Pager
          page={page}
          size={size}
          total={total}
          href={links.page}
          label={`Pages of ${words[side].label.toLowerCase()}`}
        />
      </div>
    </details>
  );
}

function Finder({ side, q, status, sort, descending, links }: TransfersSectionProps) {
  const names = { ...columns, district: words[side].other };
  const sorts = (Object.keys(names) as TransferSort[]).flatMap((one) => [
    { value: `${one}.up`, label: `Sort by: ${names[one].toLowerCase()}, ascending` },
    { value: `${one}.down`, label: `Sort by: ${names[one].toLowerCase()}, descending` },
  ]);
  return (
    <SearchForm label={words[side].label} className="strip" action={links.list} keep={links.keep}>
      <SearchBox
        name={links.param("q")}
        label={side === "incoming" ? "Reference or sending district" : "Reference or receiving district"}
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
        options={statuses[side]}
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

function Table({ side, rows, sort, descending, zone, links }: TransfersSectionProps) {
  const header = (one: TransferSort, label: string, num = false) => (
    <SortHeader
      href={links.sort(one)}
      sorted={sort === one ? (descending ? "descending" : "ascending") : undefined}
      num={num}
    >
      {label}
    </SortHeader>
  );
  return (
    <table className="tbl tbl-req" aria-labelledby={`${side}-title`}>
      <thead>
        <tr>
          {header("sent", columns.sent)}
          {header("district", words[side].other)}
          {header("cases", columns.cases, true)}
          {header("expires", columns.expires)}
          {header("status", columns.status)}
          <td className="act">
            <span className="sr">Actions</span>
          </td>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <Row key={row.id} {...{ row, zone, links }} />
        ))}
      </tbody>
    </table>
  );
}

function Row({ row, zone, links }: { row: TransferRow } & Pick<TransfersSectionProps, "zone" | "links">) {
  const expires = row.status === "pending" ? row.expiresAt : null;
  return (
    <tr>
      <td data-k="Reference">
        <Link className="id" href={links.transfer(row.id)}>
          {row.reference}
        </Link>
        <span className="sub">
          {row.sentAt ? "Sent" : "Chosen"} {dayWords(row.sentAt ?? row.createdAt, zone)}
        </span>
      </td>
      <td data-k={words[row.side].other} className="lead t-main">
        {row.otherDistrict}
        <span className="sub">{row.otherState}</span>
      </td>
      <td data-k="Cases" className="num">
        {row.cases}
      </td>
      <td data-k="Expires" className={expires ? "nowrap" : "nowrap none"}>
        {expires ? (
          <>
            {dayWords(expires, zone)}
            <span className={expires.getTime() - Date.now() < 3 * 86_400_000 ? "sub soon" : "sub"}>
              {untilWords(expires, zone)}
            </span>
          </>
        ) : (
          <>
            <span className="dim" aria-hidden="true">
              –
            </span>
            <span className="sr">no date</span>
          </>
        )}
      </td>
      <td data-k="Status" className="wide">
        <StateChip state={chipOf(row)} />
        <span className="sub">{stateLine(row, zone)}</span>
      </td>
      <Actions {...{ row, links }} />
    </tr>
  );
}

function Actions({ row, links }: { row: TransferRow } & Pick<TransfersSectionProps, "links">) {
  const { id, reference, status, side } = row;
  const canAccept = side === "incoming" && status === "pending" && !row.locked && row.waitsFor === null;
  const canResume = side === "incoming" && status === "unlocked";
  const canReject = side === "incoming" && (status === "pending" || status === "unlocked");
  const canCancel = side === "outgoing" && status === "pending";
  if (!canReject && !canCancel) return <td className="act none" />;
  return (
    <td className="act">
      {canAccept && (
        <LinkButton
          variant="go"
          small
          href={links.transfer(id, "accept")}
          scroll={false}
          aria-label={`Accept ${reference}`}
        >
          Accept
        </LinkButton>
      )}{" "}
      {canResume && (
        <LinkButton variant="go" small href={links.transfer(id, "details")} aria-label={`Resume ${reference}`}>
          Resume
        </LinkButton>
      )}{" "}
      {canReject && (
        <LinkButton small href={links.transfer(id, "reject")} scroll={false} aria-label={`Reject ${reference}`}>
          Reject
        </LinkButton>
      )}
      {canCancel && (
        <LinkButton small href={links.transfer(id, "cancel")} scroll={false} aria-label={`Cancel ${reference}`}>
          Cancel
        </LinkButton>
      )}
    </td>
  );
}

function Nothing({ side, all, on, links }: TransfersSectionProps) {
  if (all > 0)
    return (
      <Empty
        icon="search"
        title="No transfer matches"
        hint={`${all === 1 ? "1 transfer is" : `${all.toLocaleString("en-US")} transfers are`} there without search and status.`}
      >
        <LinkButton small href={links.unfiltered}>
          Show all
        </LinkButton>
      </Empty>
    );
  if (!on)
    return (
      <Empty
        title={side === "incoming" ? "Nothing can arrive: transfers are off" : "Nothing can be sent: transfers are off"}
        hint="Switch on Activate Case Transfers Between Districts above."
      />
    );
  return side === "incoming" ? (
    <Empty
      title="Nothing has come in yet"
      hint="When another district sends you cases, you get an email, and they wait here for the authorization code."
    />
  ) : (
    <Empty
      icon="send"
      title="Nothing was sent yet"
      hint="Choose cases on the Cases tab, then Bulk Actions ▸ Transfer to District."
    />
  );
}
