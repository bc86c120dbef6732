import type { Place } from "@/lib/web/guard";
import { listQuery } from "../../transfer-lists";
import { requestsPath } from "../paths";
import { RequestsList } from "../requests-list";
import { type Found, TransferPage } from "./transfer-details";

type Search = Record<string, string | undefined>;

/** Where a dialog of a transfer goes when it's closed: to the transfer's page or the list, whichever it was opened from. */
export const closePath = (slug: string, transferId: string, search: Search): string =>
  search.from === "transfer" ? requestsPath(slug, transferId) : requestsPath(slug) + listQuery("cases", search);

/** What a dialog of a transfer stands over. */
export async function Behind({ place, found, search }: { place: Place; found: Found; search: Search }) {
  return search.from === "transfer" ? await TransferPage({ place, found }) : await RequestsList({ place, search });
}
