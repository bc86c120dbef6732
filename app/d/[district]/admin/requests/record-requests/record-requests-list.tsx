import { RecordRequestsView } from "@/components/requests/record-requests-view";
import type { RequestsSectionProps } from "@/components/requests/requests-section";
import { listRequests } from "@/lib/requests/list-requests";
import {
  parseRequestFilter,
  type RequestFilter,
  requestParam,
  requestParams,
  requestsPerPage,
  requestsQuery,
  sortsRequestsDown,
} from "@/lib/requests/request-filter";
import { adminCrumbs } from "@/lib/web/admin-nodes";
import type { Place } from "@/lib/web/guard";
import { recordRequestsPath } from "./paths";

type Search = Record<string, string | undefined>;

/** Both lists' part of a query string, to come back to. */
export const recordRequestsQuery = (search: Search): string =>
  requestsQuery(parseRequestFilter(search, "incoming"), parseRequestFilter(search, "outgoing"));

/** Both lists as the URL says: the page itself, and what its dialogs stand over. */
export async function RecordRequestsList({ place, search }: { place: Place; search: Search }) {
  const { actor, doors, district } = place;
  const filters = {
    incoming: parseRequestFilter(search, "incoming"),
    outgoing: parseRequestFilter(search, "outgoing"),
  };
  const { incoming, outgoing } = await doors.district(async (tx) => ({
    incoming: await listRequests(tx, actor, filters.incoming),
    outgoing: await listRequests(tx, actor, filters.outgoing),
  }));
  const list = recordRequestsPath(district.slug);
  const query = requestsQuery(filters.incoming, filters.outgoing);
  const section = (filter: RequestFilter, found: Awaited<ReturnType<typeof listRequests>>): RequestsSectionProps => {
    const { side } = filter;
    const other = filters[side === "incoming" ? "outgoing" : "incoming"];
    const to = (change: Partial<RequestFilter>) =>
      list +
      (side === "incoming"
        ? requestsQuery({ ...filter, page: 1, ...change }, other)
        : requestsQuery(other, { ...filter, page: 1, ...change }));
    return {
      ...found,
      side,
      page: filter.page,
      size: requestsPerPage,
      q: filter.q,
      status: filter.status,
      sort: filter.sort,
      descending: filter.descending,
      zone: district.timeZone,
      links: {
        list,
        request: (id, dialog) =>
          recordRequestsPath(district.slug, id, ...(dialog ? [dialog] : [])) + (dialog ? query : ""),
        sort: (sort) => to({ sort, descending: sort === filter.sort ? !filter.descending : sortsRequestsDown(sort) }),
        page: (page) => to({ page }),
        unfiltered: to({ q: "", status: null }),
        keep: requestParams(other),
        param: (name) => requestParam(side, name),
      },
    };
  };
  return (
    <RecordRequestsView
      crumbs={adminCrumbs(district.slug, "requests")}
      newHref={recordRequestsPath(district.slug, "new")}
      incoming={section(filters.incoming, incoming)}
      outgoing={section(filters.outgoing, outgoing)}
    />
  );
}
