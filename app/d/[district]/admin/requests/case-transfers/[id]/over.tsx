import type { Place } from "@/lib/web/guard";
import { requestsPath } from "../paths";
import { listQuery, RequestsList } from "../requests-list";
import { type Found, TransferPage } from "./transfer-details";

type Search = Record<string, string | undefined>;

/** Where a dialog of a transfer goes when it's closed: to the transfer's page or the list, whichever it was opened from. */
export const closePath = (slug: string, transferId: string, search: Search): string =>
  search.from === "transfer" ? requestsPath(slug, transferId) : requestsPath(slug) + listQuery(search);

/** What a dialog of a transfer stands over. */
export function Behind({ place, found, search }: { place: Place; found: Found; search: Search }) {
  return search.from === "transfer" ? (
    <TransferPage place={place} found={found} />
  ) : (
    <RequestsList place={place} search={search} />
  );
}
