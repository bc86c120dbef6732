import type { Metadata } from "next";
import { notFound, redirect } from "next/navigation";
import { AcceptForm } from "@/components/transfers/accept-form";
import { acceptObstacle } from "@/components/transfers/accept-obstacle";
import { DialogPage } from "@/components/ui/dialog-page";
import { districtPage } from "@/lib/web/page";
import { acceptAction } from "../../actions";
import { requestsPath } from "../../paths";
import { Behind, closePath } from "../over";
import { findTransfer } from "../transfer-details";

export const metadata: Metadata = { title: "Accept transfer" };

/** The dialog for the authorization code. */
export default districtPage<"id">(
  { needs: "manageCases", tab: "admin", node: "case-transfers" },
  async ({ params, search, ...place }) => {
    const found = await findTransfer(place, params.id);
    const { transfer } = found;
    const { slug, timeZone } = place.district;
    if (transfer.side !== "incoming") notFound();
    if (transfer.status === "unlocked") redirect(requestsPath(slug, transfer.id, "details"));
    const closeHref = closePath(slug, transfer.id, search);
    return (
      <>
        {await Behind({ place, found, search })}
        <DialogPage
          title={
            <>
              Accept <span className="id">{transfer.reference}</span>
            </>
          }
          closeHref={closeHref}
          bare
        >
          <AcceptForm
            action={acceptAction.bind(null, slug)}
            transfer={{
              id: transfer.id,
              cases: transfer.items,
              otherDistrict: transfer.otherDistrict,
              otherState: transfer.otherState,
              status: transfer.status,
              createdAt: transfer.createdAt,
              sentAt: transfer.sentAt,
              unlockedAt: transfer.unlockedAt,
              decidedAt: transfer.decidedAt,
              expiresAt: transfer.expiresAt,
              triesLeft: transfer.triesLeft ?? 0,
              contact: transfer.contact,
            }}
            obstacle={acceptObstacle(transfer)}
            transferHref={requestsPath(slug, transfer.id)}
            closeHref={closeHref}
            zone={timeZone}
          />
        </DialogPage>
      </>
    );
  },
);
