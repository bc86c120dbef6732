import { type TransferFilter, type TransferSort, transferSorts } from "@/lib/transfers/list-transfers";
import { caseStatuses, documentStatuses, type TransferKind } from "@/lib/transfers/state";

export type TransferSide = TransferFilter["side"];
type Search = Record<string, string | undefined>;

const prefixes: Record<TransferSide, string> = { incoming: "in", outgoing: "out" };
const statuses: Record<TransferKind, readonly NonNullable<TransferFilter["status"]>[]> = {
  cases: [...caseStatuses, "locked", "waiting"],
  documents: [...documentStatuses, "waiting"],
};

/** How the lists are shown where the URL says nothing: what is due first on top, what was sent last on top. */
export function plainTransferFilter(side: TransferSide, kind: TransferKind = "cases"): TransferFilter {
  const plain = { kind, side, q: "", status: null, page: 1 };
  return side === "incoming" && kind === "cases"
    ? { ...plain, sort: "expires", descending: false }
    : { ...plain, sort: "sent", descending: true };
}

/** A field's name in the URL: the two lists stand on one page, so each has its own (`in-q`, `out-page`). */
export const transferParam = (side: TransferSide, name: "q" | "status" | "sort" | "page"): string =>
  `${prefixes[side]}-${name}`;

/** Which way a column is sorted when it's first chosen: the newest and the most on top, names from A, what expires first on top. */
export const sortsTransfersDown = (sort: TransferSort): boolean => sort === "sent" || sort === "items";

/** `expires.up`: column and direction as one value, so that one select can hold both. */
const transferSortValue = (sort: TransferSort, descending: boolean): string => `${sort}.${descending ? "down" : "up"}`;

/** Reads one list's part of the query. What it doesn't understand counts as not said. */
export function parseTransferFilter(search: Search, side: TransferSide, kind: TransferKind = "cases"): TransferFilter {
  const plain = plainTransferFilter(side, kind);
  const said = (name: "q" | "status" | "sort" | "page") => search[transferParam(side, name)];
  const [column, way] = (said("sort") ?? "").split(".");
  const sort = transferSorts.find((one) => one === column);
  const page = Number(said("page"));
  return {
    kind,
    side,
    q: (said("q") ?? "").replaceAll("\u0000", "").trim().slice(0, 200),
    status: statuses[kind].find((one) => one === said("status")) ?? null,
    sort: sort ?? plain.sort,
    descending: sort ? (way ? way === "down" : sortsTransfersDown(sort)) : plain.descending,
    page: Number.isInteger(page) && page >= 1 && page <= 10_000 ? page : 1,
  };
}

/** The query that `parseTransferFilter` reads, of one list, without what is the default. */
export function transferParams(filter: TransferFilter): Record<string, string> {
  const plain = plainTransferFilter(filter.side, filter.kind);
  const params: Record<string, string> = {};
  const say = (name: "q" | "status" | "sort" | "page", value: string) => {
    params[transferParam(filter.side, name)] = value;
  };
  if (filter.q) say("q", filter.q);
  if (filter.status) say("status", filter.status);
  const sorted = transferSortValue(filter.sort, filter.descending);
  if (sorted !== transferSortValue(plain.sort, plain.descending)) say("sort", sorted);
  if (filter.page > 1) say("page", String(filter.page));
  return params;
}

/** The query string of the page with both lists; "" or beginning with "?". */
export function transfersQuery(incoming: TransferFilter, outgoing: TransferFilter): string {
  const text = new URLSearchParams({ ...transferParams(incoming), ...transferParams(outgoing) }).toString();
  return text && `?${text}`;
}
