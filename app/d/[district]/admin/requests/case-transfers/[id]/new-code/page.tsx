import type { Metadata } from "next";
import { notFound, redirect } from "next/navigation";
import { NewCodeForm } from "@/components/transfers/code-panel";
import { DialogPage } from "@/components/ui/dialog-page";
import { districtPage } from "@/lib/web/page";
import { newCodeAction } from "../../actions";
import { requestsPath } from "../../paths";
import { Behind, closePath } from "../over";
import { codeFacts, findTransfer } from "../transfer-details";

export const metadata: Metadata = { title: "New code" };

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
              New code for <span className="id">{transfer.reference}</span>
            </>
          }
          closeHref={closeHref}
          bare
        >
          <NewCodeForm
            action={newCodeAction.bind(null, slug)}
            facts={codeFacts(place, found)}
            version={transfer.codeVersion}
            transferHref={requestsPath(slug, transfer.id)}
            closeHref={closeHref}
            other={transfer.otherDistrict}
          />
        </DialogPage>
      </>
    );
  },
);
