import { notFound, redirect } from "next/navigation";
import type { ReactNode } from "react";
import type { TransferDetails } from "@/lib/transfers/get-transfer";
import type { PageContext } from "@/lib/web/page";
import { listQuery } from "../../transfer-lists";
import { requestsPath } from "../paths";
import { RequestsList } from "../requests-list";
import { type Found, findTransfer, TransferPage } from "./transfer-details";

/**
 * What a dialog of a transfer needs: the transfer, what it stands over (the transfer's page or the list, whichever it was opened from),
 * and where it goes when it's closed. Of the other side's: not found; once it's too late: the transfer's page.
 */
export async function findOver(
  { params, search, ...place }: PageContext<"id">,
  { side, open }: { side: TransferDetails["side"]; open?: (status: TransferDetails["status"]) => boolean },
): Promise<{ found: Found; behind: ReactNode; transferHref: string; closeHref: string }> {
  const found = await findTransfer(place, params.id);
  const { transfer } = found;
  const { slug } = place.district;
  const transferHref = requestsPath(slug, transfer.id);
  if (transfer.side !== side) notFound();
  if (open?.(transfer.status) === false) redirect(transferHref);
  return search.from === "transfer"
    ? { found, behind: await TransferPage({ place, found }), transferHref, closeHref: transferHref }
    : {
        found,
        behind: await RequestsList({ place, search }),
        transferHref,
        closeHref: requestsPath(slug) + listQuery("cases", search),
      };
}
