import { RecordRequestsView } from "@/components/requests/record-requests-view";
import type { RequestsSectionProps } from "@/components/requests/requests-section";
import type { Side } from "@/lib/districts/side-lists";
import { listRequests } from "@/lib/requests/list-requests";
import { requestsPerPage, requestUrls } from "@/lib/requests/request-filter";
import { adminCrumbs } from "@/lib/web/admin-nodes";
import type { Place } from "@/lib/web/guard";
import { listOf } from "../list-of";
import { recordRequestsPath } from "./paths";

type Search = Record<string, string | undefined>;

const filtersOf = (search: Search) => ({
  incoming: requestUrls.parse(search, "incoming"),
  outgoing: requestUrls.parse(search, "outgoing"),
});

/** Both lists' part of a query string, to come back to. */
export function recordRequestsQuery(search: Search): string {
  const { incoming, outgoing } = filtersOf(search);
  return requestUrls.query(incoming, outgoing);
}

/** Both lists as the URL says: the page itself, and what its dialogs stand over. */
export async function RecordRequestsList({ place, search }: { place: Place; search: Search }) {
  const { actor, doors, district } = place;
  const filters = filtersOf(search);
  const found = await doors.district(async (tx) => ({
    incoming: await listRequests(tx, actor, filters.incoming),
    outgoing: await listRequests(tx, actor, filters.outgoing),
  }));
  const path = recordRequestsPath(district.slug);
  const section = (side: Side): RequestsSectionProps => {
    const { open, overdue, ...list } = found[side];
    return {
      list: listOf(requestUrls, filters, side, path, { ...list, size: requestsPerPage, zone: district.timeZone }),
      open,
      overdue,
      request: (id, dialog) =>
        recordRequestsPath(district.slug, id, ...(dialog ? [dialog] : [])) +
        (dialog ? recordRequestsQuery(search) : ""),
    };
  };
  return (
    <RecordRequestsView
      crumbs={adminCrumbs(district.slug, "requests")}
      newHref={recordRequestsPath(district.slug, "new")}
      incoming={section("incoming")}
      outgoing={section("outgoing")}
    />
  );
}
