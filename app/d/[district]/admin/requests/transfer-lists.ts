import type { TransfersSectionProps } from "@/components/transfers/transfers-section";
import { type DistrictView, getDistrict } from "@/lib/districts/get-district";
import { listTransfers, type TransferFilter, transfersPerPage } from "@/lib/transfers/list-transfers";
import type { TransferKind } from "@/lib/transfers/state";
import {
  parseTransferFilter,
  sortsTransfersDown,
  transferParam,
  transferParams,
  transfersQuery,
} from "@/lib/transfers/transfer-filter";
import type { Place } from "@/lib/web/guard";

type Search = Record<string, string | undefined>;

/** Both lists' part of a query string, to come back to. */
export const listQuery = (kind: TransferKind, search: Search): string =>
  transfersQuery(parseTransferFilter(search, "incoming", kind), parseTransferFilter(search, "outgoing", kind));

/** Both lists of a kind as the URL says. `path` leads to the list, to one of its transfers, or to a page of that. */
export async function readLists(
  { actor, doors, district }: Place,
  kind: TransferKind,
  search: Search,
  path: (...more: string[]) => string,
): Promise<{ own: DistrictView; incoming: TransfersSectionProps; outgoing: TransfersSectionProps }> {
  const filters = {
    incoming: parseTransferFilter(search, "incoming", kind),
    outgoing: parseTransferFilter(search, "outgoing", kind),
  };
  const { own, ...found } = await doors.district(async (tx) => ({
    own: await getDistrict(tx, actor),
    incoming: await listTransfers(tx, actor, filters.incoming),
    outgoing: await listTransfers(tx, actor, filters.outgoing),
  }));
  const query = transfersQuery(filters.incoming, filters.outgoing);
  const section = (side: TransferFilter["side"]): TransfersSectionProps => {
    const [filter, list] = [filters[side], found[side]];
    const other = filters[side === "incoming" ? "outgoing" : "incoming"];
    const to = (change: Partial<TransferFilter>) =>
      path() +
      (side === "incoming"
        ? transfersQuery({ ...filter, page: 1, ...change }, other)
        : transfersQuery(other, { ...filter, page: 1, ...change }));
    return {
      kind,
      side,
      rows: list.rows,
      total: list.total,
      all: list.all,
      open: list.waiting,
      page: filter.page,
      size: transfersPerPage,
      q: filter.q,
      status: filter.status,
      sort: filter.sort,
      descending: filter.descending,
      on: kind === "cases" ? own.caseTransfersOn : !own.documentsOff,
      zone: district.timeZone,
      links: {
        list: path(),
        // What is a page of its own leads back by itself; a dialog stands over this list.
        transfer: (id, dialog) =>
          path(id, ...(dialog ? [dialog] : [])) + (dialog && dialog !== "details" && dialog !== "link" ? query : ""),
        sort: (sort) => to({ sort, descending: sort === filter.sort ? !filter.descending : sortsTransfersDown(sort) }),
        page: (page) => to({ page }),
        unfiltered: to({ q: "", status: null }),
        keep: transferParams(other),
        param: (name) => transferParam(side, name),
      },
    };
  };
  return { own, incoming: section("incoming"), outgoing: section("outgoing") };
}
