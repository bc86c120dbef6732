import type { TransfersSectionProps } from "@/components/transfers/transfers-section";
import { type DistrictView, getDistrict } from "@/lib/districts/get-district";
import type { Side } from "@/lib/districts/side-lists";
import { listTransfers, transfersPerPage } from "@/lib/transfers/list-transfers";
import type { TransferKind } from "@/lib/transfers/state";
import { transferUrls } from "@/lib/transfers/transfer-filter";
import type { Place } from "@/lib/web/guard";
import { listOf } from "./list-of";

type Search = Record<string, string | undefined>;

/** Both lists' part of a query string, to come back to. */
export function listQuery(kind: TransferKind, search: Search): string {
  const urls = transferUrls[kind];
  return urls.query(urls.parse(search, "incoming"), urls.parse(search, "outgoing"));
}

/** Both lists of a kind as the URL says. `path` leads to the list, to one of its transfers, or to a page of that. */
export async function readLists(
  { actor, doors, district }: Place,
  kind: TransferKind,
  search: Search,
  path: (...more: string[]) => string,
): Promise<{ own: DistrictView; incoming: TransfersSectionProps; outgoing: TransfersSectionProps }> {
  const urls = transferUrls[kind];
  const filters = { incoming: urls.parse(search, "incoming"), outgoing: urls.parse(search, "outgoing") };
  const { own, ...found } = await doors.district(async (tx) => ({
    own: await getDistrict(tx, actor),
    incoming: await listTransfers(tx, actor, { kind, ...filters.incoming }),
    outgoing: await listTransfers(tx, actor, { kind, ...filters.outgoing }),
  }));
  const query = urls.query(filters.incoming, filters.outgoing);
  const section = (side: Side): TransfersSectionProps => {
    const { waiting, ...list } = found[side];
    return {
      kind,
      list: listOf(urls, filters, side, path(), { ...list, size: transfersPerPage, zone: district.timeZone }),
      open: waiting,
      on: kind === "cases" ? own.caseTransfersOn : !own.documentsOff,
      // What is a page of its own leads back by itself; a dialog stands over this list.
      transfer: (id, dialog) =>
        path(id, ...(dialog ? [dialog] : [])) + (dialog && dialog !== "details" && dialog !== "link" ? query : ""),
    };
  };
  return { own, incoming: section("incoming"), outgoing: section("outgoing") };
}
