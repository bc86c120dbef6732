import { type ListUrls, listUrls } from "@/lib/districts/side-lists";
import { type TransferNarrowing, type TransferSort, transferSorts } from "@/lib/transfers/list-transfers";
import { caseStatuses, documentStatuses, type TransferKind } from "@/lib/transfers/state";

const down: TransferSort[] = ["sent", "items"];

/** How the lists of transfers stand in the URL: where it says nothing, what is due first on top, what was sent last on top. */
export const transferUrls: Record<TransferKind, ListUrls<TransferNarrowing, TransferSort>> = {
  cases: listUrls<TransferNarrowing, TransferSort>({
    statuses: [...caseStatuses, "locked", "waiting"],
    sorts: transferSorts,
    down,
    first: (side) =>
      side === "incoming" ? { sort: "expires", descending: false } : { sort: "sent", descending: true },
  }),
  documents: listUrls<TransferNarrowing, TransferSort>({
    statuses: [...documentStatuses, "waiting"],
    sorts: transferSorts,
    down,
    first: () => ({ sort: "sent", descending: true }),
  }),
};
