import { RequestsView } from "@/components/transfers/requests-view";
import type { TransfersSectionProps } from "@/components/transfers/transfers-section";
import { getDistrict } from "@/lib/districts/get-district";
import { getSettings } from "@/lib/districts/get-settings";
import { listTransfers, type TransferFilter, transfersPerPage } from "@/lib/transfers/list-transfers";
import {
  parseTransferFilter,
  sortsTransfersDown,
  transferParam,
  transferParams,
  transfersQuery,
} from "@/lib/transfers/transfer-filter";
import { adminCrumbs } from "@/lib/web/admin-nodes";
import type { Place } from "@/lib/web/guard";
import { switchAction } from "./actions";
import { requestsPath } from "./paths";

type Search = Record<string, string | undefined>;

/** Both lists' part of a query string, to come back to. */
export const listQuery = (search: Search): string =>
  transfersQuery(parseTransferFilter(search, "incoming"), parseTransferFilter(search, "outgoing"));

/** The switch and both lists as the URL says: the page itself, and what its dialogs stand over. */
export async function RequestsList({ place, search }: { place: Place; search: Search }) {
  const { actor, doors, district } = place;
  const filters = {
    incoming: parseTransferFilter(search, "incoming"),
    outgoing: parseTransferFilter(search, "outgoing"),
  };
  const { own, settings, incoming, outgoing } = await doors.district(async (tx) => ({
    own: await getDistrict(tx, actor),
    settings: await getSettings(tx, actor),
    incoming: await listTransfers(tx, actor, filters.incoming),
    outgoing: await listTransfers(tx, actor, filters.outgoing),
  }));
  const list = requestsPath(district.slug);
  const query = transfersQuery(filters.incoming, filters.outgoing);
  const section = (filter: TransferFilter, found: Awaited<ReturnType<typeof listTransfers>>): TransfersSectionProps => {
    const { side } = filter;
    const other = filters[side === "incoming" ? "outgoing" : "incoming"];
    const to = (change: Partial<TransferFilter>) =>
      list +
      (side === "incoming"
        ? transfersQuery({ ...filter, page: 1, ...change }, other)
        : transfersQuery(other, { ...filter, page: 1, ...change }));
    return {
      side,
      rows: found.rows,
      total: found.total,
      all: found.all,
      open: found.waiting,
      page: filter.page,
      size: transfersPerPage,
      q: filter.q,
      status: filter.status,
      sort: filter.sort,
      descending: filter.descending,
      on: own.caseTransfersOn,
      zone: district.timeZone,
      links: {
        list,
        transfer: (id, dialog) =>
          requestsPath(district.slug, id, ...(dialog ? [dialog] : [])) + (dialog && dialog !== "details" ? query : ""),
        sort: (sort) => to({ sort, descending: sort === filter.sort ? !filter.descending : sortsTransfersDown(sort) }),
        page: (page) => to({ page }),
        unfiltered: to({ q: "", status: null }),
        keep: transferParams(other),
        param: (name) => transferParam(side, name),
      },
    };
  };
  return (
    <RequestsView
      crumbs={adminCrumbs(district.slug, "requests")}
      on={own.caseTransfersOn}
      changed={settings.switchChanged}
      switchAction={switchAction.bind(null, district.slug)}
      incoming={section(filters.incoming, incoming)}
      outgoing={section(filters.outgoing, outgoing)}
      zone={district.timeZone}
    />
  );
}
