import type { Metadata } from "next";
import { notFound, redirect } from "next/navigation";
import { CancelForm } from "@/components/transfers/decide-forms";
import { DialogPage } from "@/components/ui/dialog-page";
import { districtPage } from "@/lib/web/page";
import { cancelAction } from "../../actions";
import { requestsPath } from "../../paths";
import { Behind, closePath } from "../over";
import { findTransfer } from "../transfer-details";

export const metadata: Metadata = { title: "Cancel transfer" };

export default districtPage<"id">(
  { needs: "manageCases", tab: "admin", node: "case-transfers" },
  async ({ params, search, ...place }) => {
    const found = await findTransfer(place, params.id);
    const { transfer } = found;
    const { slug } = place.district;
    if (transfer.side !== "outgoing") notFound();
    if (transfer.status !== "pending") redirect(requestsPath(slug, transfer.id));
    const closeHref = closePath(slug, transfer.id, search);
    return (
      <>
        {await Behind({ place, found, search })}
        <DialogPage
          title={
            <>
              Cancel <span className="id">{transfer.reference}</span>
            </>
          }
          closeHref={closeHref}
          bare
        >
          <CancelForm
            action={cancelAction.bind(null, slug)}
            transfer={{ id: transfer.id, cases: transfer.items, other: transfer.otherDistrict }}
            transferHref={requestsPath(slug, transfer.id)}
            closeHref={closeHref}
          />
        </DialogPage>
      </>
    );
  },
);
