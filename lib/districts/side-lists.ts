/** What goes between districts stands in two lists on one page: what came, and what went. */
export type Side = "incoming" | "outgoing";

/** Which rows of a list, in which order, which page: all that one list's part of the URL says. */
export type ListFilter<Status extends string = string, Sort extends string = string> = {
  side: Side;
  q: string;
  status: Status | null;
  sort: Sort;
  descending: boolean;
  /** From 1. */
  page: number;
};

type Search = Record<string, string | undefined>;
type Name = "q" | "status" | "sort" | "page";

/** How a kind of list reads and writes its part of the URL. */
export type ListUrls<Status extends string = string, Sort extends string = string> = {
  /** The list where the URL says nothing. */
  plain: (side: Side) => ListFilter<Status, Sort>;
  /** Which way a column is sorted when it's first chosen. */
  startsDown: (sort: Sort) => boolean;
  /** Reads one list's part of the query. What it doesn't understand counts as not said. */
  parse: (search: Search, side: Side) => ListFilter<Status, Sort>;
  /** The query that `parse` reads, of one list, without what is the default. */
  params: (filter: ListFilter<Status, Sort>) => Record<string, string>;
  /** The query string of the page with both lists; "" or beginning with "?". */
  query: (incoming: ListFilter<Status, Sort>, outgoing: ListFilter<Status, Sort>) => string;
};

/** A field's name in the URL: each of the two lists has its own (`in-q`, `out-page`). */
export const listParam = (side: Side, name: Name): string => `${side === "incoming" ? "in" : "out"}-${name}`;

/** `expires.up`: column and direction as one value, so that one select can hold both. */
const sortValue = ({ sort, descending }: Pick<ListFilter, "sort" | "descending">): string =>
  `${sort}.${descending ? "down" : "up"}`;

/** The URLs of lists that can be narrowed to `statuses` and sorted by `sorts`; those `down` show the newest or the most on top first. */
export function listUrls<Status extends string, Sort extends string>(of: {
  statuses: readonly Status[];
  sorts: readonly Sort[];
  down: readonly Sort[];
  first: (side: Side) => { sort: Sort; descending: boolean };
}): ListUrls<Status, Sort> {
  const startsDown = (sort: Sort) => of.down.includes(sort);
  const plain = (side: Side): ListFilter<Status, Sort> => ({ side, q: "", status: null, page: 1, ...of.first(side) });
  const params = (filter: ListFilter<Status, Sort>) => {
    const said: Record<string, string> = {};
    const say = (name: Name, value: string) => {
      said[listParam(filter.side, name)] = value;
    };
    if (filter.q) say("q", filter.q);
    if (filter.status) say("status", filter.status);
    if (sortValue(filter) !== sortValue(of.first(filter.side))) say("sort", sortValue(filter));
    if (filter.page > 1) say("page", String(filter.page));
    return said;
  };
  return {
    plain,
    startsDown,
    params,
    parse(search, side) {
      const said = (name: Name) => search[listParam(side, name)];
      const [column, way] = (said("sort") ?? "").split(".");
      const sort = of.sorts.find((one) => one === column);
      const page = Number(said("page"));
      return {
        ...plain(side),
        q: (said("q") ?? "").replaceAll("\u0000", "").trim().slice(0, 200),
        status: of.statuses.find((one) => one === said("status")) ?? null,
        ...(sort && { sort, descending: way ? way === "down" : startsDown(sort) }),
        page: Number.isInteger(page) && page >= 1 && page <= 10_000 ? page : 1,
      };
    },
    query(incoming, outgoing) {
      const text = new URLSearchParams({ ...params(incoming), ...params(outgoing) }).toString();
      return text && `?${text}`;
    },
  };
}
