import { Fragment } from "react";
import { type Column, districtColumn, type ListOf, ListSection } from "@/components/transfers/list-section";
import { chipOf, dayWords, stateLine, untilWords } from "@/components/transfers/transfer-words";
import { listStatuses, listWords, nothingWords } from "@/components/transfers/transfers-section-words";
import { LinkButton } from "@/components/ui/button";
import { Link } from "@/components/ui/link";
import { StateChip } from "@/components/ui/state-chip";
import type { TransferRow, TransferSort } from "@/lib/transfers/list-transfers";
import type { TransferKind } from "@/lib/transfers/state";

export type TransfersSectionProps = {
  kind: TransferKind;
  list: ListOf<TransferRow, TransferSort>;
  /** Not decided yet. */
  open: number;
  /** Whether the own switch is on. */
  on: boolean;
  /** A transfer's page, or one of its dialogs over this list. */
  transfer: (
    id: string,
    dialog?: "accept" | "reject" | "cancel" | "new-code" | "details" | "link" | "return",
  ) => string;
};

/** One of the two lists of transfers. */
export function TransfersSection({ kind, list, open, on, transfer }: TransfersSectionProps) {
  const { side } = list;
  const { open: openWord, opens, other, ...words } = listWords[kind][side];
  return (
    <ListSection
      {...words}
      {...{ side, list }}
      heading="h3"
      one="transfer"
      note={open > 0 && `, of which ${open} ${open === 1 ? opens : openWord}`}
      search={side === "incoming" ? "Reference or sending district" : "Reference or receiving district"}
      statuses={listStatuses[kind][side]}
      columns={columnsOf(kind, other, list.zone, transfer)}
      actions={(row) => actionsOf(row, transfer)}
      nothing={nothingWords[kind][on ? side : "off"]}
    />
  );
}

function columnsOf(
  kind: TransferKind,
  other: string,
  zone: string,
  transfer: TransfersSectionProps["transfer"],
): Column<TransferRow, TransferSort>[] {
  const expires: Column<TransferRow, TransferSort> = {
    head: "Expires",
    sort: ["expires", "expiry"],
    className: (row) => (expiryOf(row) ? "nowrap" : "nowrap none"),
    cell: (row) => <Expires at={expiryOf(row)} zone={zone} />,
  };
  return [
    {
      head: "Reference, sent",
      k: "Reference",
      sort: ["sent", "date"],
      cell: (row) => (
        <>
          <Link className="id" href={transfer(row.id)}>
            {row.reference}
          </Link>
          <span className="sub">
            {row.sentAt ? "Sent" : "Chosen"} {dayWords(row.sentAt ?? row.createdAt, zone)}
          </span>
        </>
      ),
    },
    districtColumn(other),
    {
      head: kind === "cases" ? "Cases" : "Documents",
      sort: ["items", kind],
      num: true,
      className: "num",
      cell: (row) => row.items,
    },
    ...(kind === "cases" ? [expires] : []),
    {
      head: "Status",
      sort: ["status", "status"],
      className: "wide",
      cell: (row) => (
        <>
          <StateChip state={chipOf(row)} />
          <span className="sub">{stateLine(row, zone)}</span>
        </>
      ),
    },
  ];
}

const expiryOf = (row: TransferRow) => (row.status === "pending" ? row.expiresAt : null);

function Expires({ at, zone }: { at: Date | null; zone: string }) {
  return at ? (
    <>
      {dayWords(at, zone)}
      <span className={at.getTime() - Date.now() < 3 * 86_400_000 ? "sub soon" : "sub"}>{untilWords(at, zone)}</span>
    </>
  ) : (
    <>
      <span className="dim" aria-hidden="true">
        –
      </span>
      <span className="sr">no date</span>
    </>
  );
}

const buttons = {
  accept: { label: "Accept", of: "Accept", go: true, dialog: true },
  details: { label: "Resume", of: "Resume", go: true, dialog: false },
  reject: { label: "Reject", of: "Reject", go: false, dialog: true },
  "new-code": { label: "New code", of: "New code for", go: true, dialog: true },
  "show-code": { label: "Show the code", of: "Show the code of", go: false, dialog: false },
  cancel: { label: "Cancel", of: "Cancel", go: false, dialog: true },
  link: { label: "Link student", of: "Link student of", go: true, dialog: false },
  return: { label: "Return", of: "Return", go: false, dialog: true },
} as const;

/** What the district can do with it now. */
function verbsFor({ side, status, locked, waitsFor }: TransferRow): (keyof typeof buttons)[] {
  if (side === "outgoing") return status === "pending" ? [locked ? "new-code" : "show-code", "cancel"] : [];
  if (status === "held") return ["link", "return"];
  if (status === "unlocked") return ["details", "reject"];
  if (status !== "pending") return [];
  return locked || waitsFor !== null ? ["reject"] : ["accept", "reject"];
}

/** The buttons of a row; null where there's nothing to do. */
function actionsOf(row: TransferRow, transfer: TransfersSectionProps["transfer"]) {
  const verbs = verbsFor(row);
  if (verbs.length === 0) return null;
  return verbs.map((verb) => {
    const { label, of, go, dialog } = buttons[verb];
    return (
      <Fragment key={verb}>
        <LinkButton
          {...(go ? { variant: "go" } : {})}
          small
          href={verb === "show-code" ? `${transfer(row.id)}#code` : transfer(row.id, verb)}
          {...(dialog ? { scroll: false } : {})}
          aria-label={`${of} ${row.reference}`}
        >
          {label}
        </LinkButton>{" "}
      </Fragment>
    );
  });
}
