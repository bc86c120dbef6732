import { type TransferFilter, type TransferSort, transferSorts } from "@/lib/transfers/list-transfers";
import { caseStatuses } from "@/lib/transfers/state";

export type TransferSide = TransferFilter["side"];
type Search = Record<string, string | undefined>;

const prefixes: Record<TransferSide, string> = { incoming: "in", outgoing: "out" };
const statuses = [...caseStatuses, "locked", "waiting"] as const;

/** How the lists are shown where the URL says nothing: what is due first on top, what was sent last on top. */
export const plainTransferFilter: Record<TransferSide, TransferFilter> = {
  incoming: { side: "incoming", q: "", status: null, sort: "expires", descending: false, page: 1 },
  outgoing: { side: "outgoing", q: "", status: null, sort: "sent", descending: true, page: 1 },
};

/** A field's name in the URL: the two lists stand on one page, so each has its own (`in-q`, `out-page`). */
export const transferParam = (side: TransferSide, name: "q" | "status" | "sort" | "page"): string =>
  `${prefixes[side]}-${name}`;

/** Which way a column is sorted when it's first chosen: the newest and the most on top, names from A, what expires first on top. */
export const sortsTransfersDown = (sort: TransferSort): boolean => sort === "sent" || sort === "cases";

/** `expires.up`: column and direction as one value, so that one select can hold both. */
const transferSortValue = (sort: TransferSort, descending: boolean): string => `${sort}.${descending ? "down" : "up"}`;

/** Reads one list's part of the query. What it doesn't understand counts as not said. */
export function parseTransferFilter(search: Search, side: TransferSide): TransferFilter {
  const plain = plainTransferFilter[side];
  const said = (name: "q" | "status" | "sort" | "page") => search[transferParam(side, name)];
  const [column, way] = (said("sort") ?? "").split(".");
  const sort = transferSorts.find((one) => one === column);
  const page = Number(said("page"));
  return {
    side,
    q: (said("q") ?? "").replaceAll("\u0000", "").trim().slice(0, 200),
    status: statuses.find((one) => one === said("status")) ?? null,
    sort: sort ?? plain.sort,
    descending: sort ? (way ? way === "down" : sortsTransfersDown(sort)) : plain.descending,
    page: Number.isInteger(page) && page >= 1 && page <= 10_000 ? page : 1,
  };
}

/** The query that `parseTransferFilter` reads, of one list, without what is the default. */
export function transferParams(filter: TransferFilter): Record<string, string> {
  const plain = plainTransferFilter[filter.side];
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
