import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { ConfirmForm } from "@/components/admin/retention/proposal-forms";
import { DialogPage } from "@/components/ui/dialog-page";
import { districtPage } from "@/lib/web/page";
import { confirmPurgeAction } from "../../../actions";
import { retentionPath } from "../../../paths";
import { openProposal, ProposalHere } from "../proposal-here";

export const metadata: Metadata = { title: "Confirm and destroy" };

/** The second person's dialog; who may not confirm is led back to the proposal, which says why. */
export default districtPage<"proposal">({ needs: "purge", tab: "admin", node: "retention" }, async (place) => {
  const proposal = await openProposal(place);
  const closeHref = retentionPath(place.district.slug, "proposals", proposal.id);
  const going = proposal.items.filter((item) => item.outcome === null);
  if (!proposal.canConfirm || going.length === 0) redirect(closeHref);
  return (
    <>
      <ProposalHere place={place} proposal={proposal} />
      <DialogPage title="Confirm and destroy" closeHref={closeHref} bare>
        <ConfirmForm
          action={confirmPurgeAction.bind(null, place.district.slug)}
          proposal={proposal}
          going={going.map((item) => item.id)}
          staying={proposal.items.length - going.length}
          closeHref={closeHref}
        />
      </DialogPage>
    </>
  );
});
