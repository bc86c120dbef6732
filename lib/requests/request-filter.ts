import { type ListFilter, listUrls } from "@/lib/districts/side-lists";
import type { RequestStatus } from "@/lib/requests/request-content";

export const requestSorts = ["asked", "district", "due", "status"] as const;
export type RequestSort = (typeof requestSorts)[number];
/** What the list can be narrowed to: a status, or the open ones whose day has gone by. */
export type RequestNarrowing = RequestStatus | "overdue";
export type RequestFilter = ListFilter<RequestNarrowing, RequestSort>;

/** Rows on a page. */
export const requestsPerPage = 20;

/** How the lists of record requests stand in the URL: where it says nothing, what is open on top. */
export const requestUrls = listUrls<RequestNarrowing, RequestSort>({
  statuses: ["open", "overdue", "answered", "declined", "withdrawn"],
  sorts: requestSorts,
  down: ["asked"],
  first: () => ({ sort: "status", descending: false }),
});
