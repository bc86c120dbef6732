import type { RequestSide, RequestStatus } from "@/lib/requests/request-content";

export const requestSorts = ["asked", "district", "status"] as const;
export type RequestSort = (typeof requestSorts)[number];

/** Which record requests, in which order, which page: all that one list's part of the URL says. */
export type RequestFilter = {
  side: RequestSide;
  q: string;
  status: RequestStatus | null;
  sort: RequestSort;
  descending: boolean;
  /** From 1. */
  page: number;
};

/** Rows on a page. */
export const requestsPerPage = 20;

type Search = Record<string, string | undefined>;
type Name = "q" | "status" | "sort" | "page";

const statuses: readonly RequestStatus[] = ["open", "answered", "declined", "withdrawn"];

/** How a list is shown where the URL says nothing: what is open on top. */
const plain = { q: "", status: null, sort: "status", descending: false, page: 1 } as const;

/** A field's name in the URL: the two lists stand on one page, so each has its own (`in-q`, `out-page`). */
export const requestParam = (side: RequestSide, name: Name): string => `${side === "incoming" ? "in" : "out"}-${name}`;

/** Which way a column is sorted when it's first chosen: the newest on top, names from A, what is open on top. */
export const sortsRequestsDown = (sort: RequestSort): boolean => sort === "asked";

const sortValue = (sort: RequestSort, descending: boolean): string => `${sort}.${descending ? "down" : "up"}`;

/** Reads one list's part of the query. What it doesn't understand counts as not said. */
export function parseRequestFilter(search: Search, side: RequestSide): RequestFilter {
  const said = (name: Name) => search[requestParam(side, name)];
  const [column, way] = (said("sort") ?? "").split(".");
  const sort = requestSorts.find((one) => one === column);
  const page = Number(said("page"));
  return {
    side,
    q: (said("q") ?? "").replaceAll("\u0000", "").trim().slice(0, 200),
    status: statuses.find((one) => one === said("status")) ?? null,
    sort: sort ?? plain.sort,
    descending: sort ? (way ? way === "down" : sortsRequestsDown(sort)) : plain.descending,
    page: Number.isInteger(page) && page >= 1 && page <= 10_000 ? page : 1,
  };
}

/** The query that `parseRequestFilter` reads, of one list, without what is the default. */
export function requestParams(filter: RequestFilter): Record<string, string> {
  const params: Record<string, string> = {};
  const say = (name: Name, value: string) => {
    params[requestParam(filter.side, name)] = value;
  };
  if (filter.q) say("q", filter.q);
  if (filter.status) say("status", filter.status);
  const sorted = sortValue(filter.sort, filter.descending);
  if (sorted !== sortValue(plain.sort, plain.descending)) say("sort", sorted);
  if (filter.page > 1) say("page", String(filter.page));
  return params;
}

/** The query string of the page with both lists; "" or beginning with "?". */
export function requestsQuery(incoming: RequestFilter, outgoing: RequestFilter): string {
  const text = new URLSearchParams({ ...requestParams(incoming), ...requestParams(outgoing) }).toString();
  return text && `?${text}`;
}
