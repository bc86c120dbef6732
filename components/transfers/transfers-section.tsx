import { chipOf, dayWords, stateLine, untilWords } from "@/components/transfers/transfer-words";
import { listColumns, listStatuses, listWords, nothingWords } from "@/components/transfers/transfers-section-words";
import { LinkButton } from "@/components/ui/button";
import { Empty } from "@/components/ui/empty";
import { Select } from "@/components/ui/field";
import { Link } from "@/components/ui/link";
import { SearchBox, SearchForm } from "@/components/ui/search-box";
import { StateChip } from "@/components/ui/state-chip";
import { Pager, SortHeader } from "@/components/ui/table";
import type { TransferRow, TransferSort } from "@/lib/transfers/list-transfers";
import type { TransferKind } from "@/lib/transfers/state";

export type TransfersSectionProps = {
  kind: TransferKind;
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
    transfer: (
      id: string,
      dialog?: "accept" | "reject" | "cancel" | "new-code" | "details" | "link" | "return",
    ) => string;
    sort: (sort: TransferSort) => string;
    page: (page: number) => string;
    unfiltered: string;
    /** The other list's part of the query, which stays as it is. */
    keep: Record<string, string>;
    param: (name: "q" | "status" | "sort") => string;
  };
};

/** One of the two lists, in a section that opens and closes, with its own search, filter, sorting and pages. */
export function TransfersSection(props: TransfersSectionProps) {
  const { kind, side, rows, total, all, open, page, size, links } = props;
  const words = listWords[kind][side];
  return (
    <details className="sect" open id={side}>
      <summary>
        <h3 className="text-lead" id={`${side}-title`}>
          {words.title}
        </h3>
        <span className="small dim">
          {all.toLocaleString("en-US")}
          {open > 0 && `, of which ${open} ${open === 1 ? words.opens : words.open}`}
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
          label={`Pages of ${words.label.toLowerCase()}`}
        />
      </div>
    </details>
  );
}

function Finder({ kind, side, q, status, sort, descending, links }: TransfersSectionProps) {
  const words = listWords[kind][side];
  const names = { ...listColumns[kind], district: words.other };
  const sorts = (Object.keys(names) as TransferSort[]).flatMap((one) => [
    { value: `${one}.up`, label: `Sort by: ${names[one]?.toLowerCase()}, ascending` },
    { value: `${one}.down`, label: `Sort by: ${names[one]?.toLowerCase()}, descending` },
  ]);
  return (
    <SearchForm label={words.label} className="strip" action={links.list} keep={links.keep}>
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
        options={listStatuses[kind][side]}
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

function Table({ kind, side, rows, sort, descending, zone, links }: TransfersSectionProps) {
  const names = { ...listColumns[kind], district: listWords[kind][side].other };
  const header = (one: TransferSort, num = false) =>
    names[one] !== undefined && (
      <SortHeader
        href={links.sort(one)}
        sorted={sort === one ? (descending ? "descending" : "ascending") : undefined}
        num={num}
      >
        {names[one]}
      </SortHeader>
    );
  return (
    <table className="tbl tbl-req" aria-labelledby={`${side}-title`}>
      <thead>
        <tr>
          {header("sent")}
          {header("district")}
          {header("items", true)}
          {header("expires")}
          {header("status")}
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
      <td data-k={listWords[row.kind][row.side].other} className="lead t-main">
        {row.otherDistrict}
        <span className="sub">{row.otherState}</span>
      </td>
      <td data-k={listColumns[row.kind].items} className="num">
        {row.items}
      </td>
      {row.kind === "cases" && <Expires row={row} zone={zone} />}
      <td data-k="Status" className="wide">
        <StateChip state={chipOf(row)} />
        <span className="sub">{stateLine(row, zone)}</span>
      </td>
      <Actions {...{ row, links }} />
    </tr>
  );
}

function Expires({ row, zone }: { row: TransferRow; zone: string }) {
  const expires = row.status === "pending" ? row.expiresAt : null;
  return (
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
  );
}

function Actions({ row, links }: { row: TransferRow } & Pick<TransfersSectionProps, "links">) {
  const { id, reference, status, side } = row;
  const canAccept = side === "incoming" && status === "pending" && !row.locked && row.waitsFor === null;
  const canResume = side === "incoming" && status === "unlocked";
  const canReject = side === "incoming" && (status === "pending" || status === "unlocked");
  const canCancel = side === "outgoing" && status === "pending";
  if (side === "incoming" && status === "held") return <HeldActions {...{ row, links }} />;
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
      {canCancel && row.locked && (
        <LinkButton
          variant="go"
          small
          href={links.transfer(id, "new-code")}
          scroll={false}
          aria-label={`New code for ${reference}`}
        >
          New code
        </LinkButton>
      )}
      {canCancel && !row.locked && (
        <LinkButton small href={`${links.transfer(id)}#code`} aria-label={`Show the code of ${reference}`}>
          Show the code
        </LinkButton>
      )}{" "}
      {canCancel && (
        <LinkButton small href={links.transfer(id, "cancel")} scroll={false} aria-label={`Cancel ${reference}`}>
          Cancel
        </LinkButton>
      )}
    </td>
  );
}

function HeldActions({ row: { id, reference }, links }: { row: TransferRow } & Pick<TransfersSectionProps, "links">) {
  return (
    <td className="act">
      <LinkButton variant="go" small href={links.transfer(id, "link")} aria-label={`Find the student of ${reference}`}>
        Find the student
      </LinkButton>{" "}
      <LinkButton small href={links.transfer(id, "return")} scroll={false} aria-label={`Return ${reference}`}>
        Return
      </LinkButton>
    </td>
  );
}

function Nothing({ kind, side, all, on, links }: TransfersSectionProps) {
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
  const { title, hint, icon } = nothingWords[kind][on ? side : "off"];
  return <Empty title={title} hint={hint} {...(icon ? { icon } : {})} />;
}
