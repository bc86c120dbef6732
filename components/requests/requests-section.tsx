import { DueText } from "@/components/requests/due-text";
import { requestChips, requestLine } from "@/components/requests/request-words";
import { type Column, districtColumn, type ListOf, ListSection } from "@/components/transfers/list-section";
import { dayWords } from "@/components/transfers/transfer-words";
import { LinkButton } from "@/components/ui/button";
import { DateText } from "@/components/ui/date";
import type { Option } from "@/components/ui/field";
import { Link } from "@/components/ui/link";
import { StateChip } from "@/components/ui/state-chip";
import type { RequestRow } from "@/lib/requests/list-requests";
import type { RequestSort } from "@/lib/requests/request-filter";

export type RequestsSectionProps = {
  list: ListOf<RequestRow, RequestSort>;
  open: number;
  overdue: number;
  /** A request's page, or one of its dialogs over this list. */
  request: (id: string, dialog?: "decline" | "withdraw") => string;
};

const words = {
  incoming: {
    title: "Incoming Record Requests",
    other: "Asked by",
    label: "Incoming record requests",
    search: "Reference or asking district",
    open: (n: number) => `${n} ${n === 1 ? "waits" : "wait"} for you`,
    nothing: {
      title: "Nobody has asked yet",
      hint: "When another district asks for a student’s records, you get an email, and the request waits here for your answer.",
    },
  },
  outgoing: {
    title: "Outgoing Record Requests",
    other: "Asked of",
    label: "Outgoing record requests",
    search: "Reference or asked district",
    open: (n: number) => `${n} ${n === 1 ? "is" : "are"} open`,
    nothing: {
      icon: "send",
      title: "You haven’t asked for anything yet",
      hint: "When a student arrives, ask the former district: Request records above.",
    },
  },
} as const;

const statuses: Option[] = (Object.keys(requestChips) as RequestRow["status"][]).flatMap((value) => [
  { value, label: requestChips[value].word },
  ...(value === "open" ? [{ value: "overdue", label: "Overdue" }] : []),
]);

/** One of the two lists of record requests. */
export function RequestsSection({ list, open, overdue, request }: RequestsSectionProps) {
  const { side, zone } = list;
  const { other, open: openWords, ...own } = words[side];
  const columns: Column<RequestRow, RequestSort>[] = [
    {
      head: "Reference, asked",
      k: "Reference",
      sort: ["asked", "date"],
      cell: (row) => (
        <>
          <Link className="id" href={request(row.id)}>
            {row.reference}
          </Link>
          <span className="sub">Asked {dayWords(row.requestedAt, zone)}</span>
        </>
      ),
    },
    districtColumn(other),
    { head: "Asks for", cell: (row) => row.what },
    {
      head: "Due",
      sort: ["due", "due day"],
      className: (row) => (row.status === "open" ? undefined : "none"),
      cell: (row) => row.status === "open" && <DueCell due={row.due} />,
    },
    {
      head: "Status",
      sort: ["status", "status"],
      className: "wide",
      cell: (row) => (
        <>
          <StateChip {...requestChips[row.status]} />
          <span className="sub">{requestLine(row, zone)}</span>
        </>
      ),
    },
  ];
  return (
    <ListSection
      {...own}
      {...{ side, list, statuses, columns }}
      heading="h2"
      one="request"
      note={
        <>
          {open > 0 && `, of which ${openWords(open)}`}
          {overdue > 0 && (
            <>
              {", "}
              <b className="late">{overdue} overdue</b>
            </>
          )}
        </>
      }
      actions={(row) => row.status === "open" && <Actions {...{ row, request }} />}
    />
  );
}

function DueCell({ due }: Pick<RequestRow, "due">) {
  if (!due) return <span className="dim">No deadline</span>;
  return (
    <>
      <span className="nowrap">
        <DueText due={due} />
      </span>
      <span className="sub">
        <DateText value={due.on} zone="UTC" />
      </span>
    </>
  );
}

function Actions({
  row: { id, reference, side },
  request,
}: { row: RequestRow } & Pick<RequestsSectionProps, "request">) {
  if (side === "outgoing")
    return (
      <LinkButton small href={request(id, "withdraw")} scroll={false} aria-label={`Withdraw ${reference}`}>
        Withdraw
      </LinkButton>
    );
  return (
    <>
      <LinkButton variant="go" small href={request(id)} aria-label={`Answer ${reference}`}>
        Answer
      </LinkButton>{" "}
      <LinkButton small href={request(id, "decline")} scroll={false} aria-label={`Decline ${reference}`}>
        Decline
      </LinkButton>
    </>
  );
}
