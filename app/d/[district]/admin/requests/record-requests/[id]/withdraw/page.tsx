import type { Metadata } from "next";
import { notFound, redirect } from "next/navigation";
import { WithdrawForm } from "@/components/requests/decide-forms";
import { DialogPage } from "@/components/ui/dialog-page";
import { districtPage } from "@/lib/web/page";
import { withdrawRequestAction } from "../../actions";
import { recordRequestNeeds, recordRequestsPath } from "../../paths";
import { Behind, closePath, findRequest } from "../request-details";

export const metadata: Metadata = { title: "Withdraw request" };

export default districtPage<"id">(
  { needs: recordRequestNeeds, tab: "admin", node: "record-requests" },
  async ({ params, search, ...place }) => {
    const request = await findRequest(place, params.id);
    const { slug } = place.district;
    if (request.side !== "outgoing") notFound();
    if (request.status !== "open") redirect(recordRequestsPath(slug, request.id));
    const closeHref = closePath(slug, request.id, search);
    return (
      <>
        {await Behind({ place, request, search })}
        <DialogPage
          title={
            <>
              Withdraw <span className="id">{request.reference}</span>
            </>
          }
          closeHref={closeHref}
          bare
        >
          <WithdrawForm
            action={withdrawRequestAction.bind(null, slug)}
            request={{ id: request.id, other: request.otherDistrict }}
            closeHref={closeHref}
          />
        </DialogPage>
      </>
    );
  },
);
