import type { Metadata } from "next";
import { notFound, redirect } from "next/navigation";
import { RejectForm } from "@/components/transfers/decide-forms";
import { DialogPage } from "@/components/ui/dialog-page";
import { districtPage } from "@/lib/web/page";
import { rejectAction } from "../../actions";
import { requestsPath } from "../../paths";
import { Behind, closePath } from "../over";
import { findTransfer } from "../transfer-details";

export const metadata: Metadata = { title: "Reject transfer" };

export default districtPage<"id">(
  { needs: "manageCases", tab: "admin", node: "case-transfers" },
  async ({ params, search, ...place }) => {
    const found = await findTransfer(place, params.id);
    const { transfer } = found;
    const { slug } = place.district;
    if (transfer.side !== "incoming") notFound();
    if (transfer.status !== "pending" && transfer.status !== "unlocked") redirect(requestsPath(slug, transfer.id));
    const closeHref = closePath(slug, transfer.id, search);
    return (
      <>
        {await Behind({ place, found, search })}
        <DialogPage
          title={
            <>
              Reject <span className="id">{transfer.reference}</span>
            </>
          }
          closeHref={closeHref}
          bare
        >
          <RejectForm
            action={rejectAction.bind(null, slug)}
            draft={`reject:${place.actor.membershipId}:${transfer.id}`}
            transfer={{
              id: transfer.id,
              cases: transfer.items,
              other: transfer.otherDistrict,
              unlocked: transfer.status === "unlocked",
              entered: transfer.entered,
            }}
            transferHref={requestsPath(slug, transfer.id)}
            closeHref={closeHref}
          />
        </DialogPage>
      </>
    );
  },
);
