import type { ListOf } from "@/components/transfers/list-section";
import { type ListFilter, type ListUrls, listParam, type Side } from "@/lib/districts/side-lists";

/** One of a page's two lists: its part of the URL, and links that leave the other list's part as it is. `path` is the page's own. */
export function listOf<Row, Status extends string, Sort extends string>(
  urls: ListUrls<Status, Sort>,
  filters: Record<Side, ListFilter<Status, Sort>>,
  side: Side,
  path: string,
  found: { rows: readonly Row[]; total: number; all: number; size: number; zone: string },
): ListOf<Row, Sort> {
  const filter = filters[side];
  const to = (change: Partial<ListFilter<Status, Sort>>) => {
    const changed = { ...filter, page: 1, ...change };
    return path + (side === "incoming" ? urls.query(changed, filters.outgoing) : urls.query(filters.incoming, changed));
  };
  return {
    ...found,
    ...filter,
    links: {
      list: path,
      sort: (sort) => to({ sort, descending: sort === filter.sort ? !filter.descending : urls.startsDown(sort) }),
      page: (page) => to({ page }),
      unfiltered: to({ q: "", status: null }),
      keep: urls.params(filters[side === "incoming" ? "outgoing" : "incoming"]),
      param: (name) => listParam(side, name),
    },
  };
}
