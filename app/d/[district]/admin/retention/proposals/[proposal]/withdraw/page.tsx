import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { WithdrawProposalForm } from "@/components/admin/retention/proposal-forms";
import { DialogPage } from "@/components/ui/dialog-page";
import { districtPage } from "@/lib/web/page";
import { withdrawProposalAction } from "../../../actions";
import { retentionNeeds, retentionPath } from "../../../paths";
import { openProposal, ProposalHere } from "../proposal-here";

export const metadata: Metadata = { title: "Withdraw proposal" };

export default districtPage<"proposal">({ needs: retentionNeeds, tab: "admin", node: "retention" }, async (place) => {
  const proposal = await openProposal(place);
  const closeHref = retentionPath(place.district.slug, "proposals", proposal.id);
  if (proposal.status !== "open") redirect(closeHref);
  return (
    <>
      <ProposalHere place={place} proposal={proposal} />
      <DialogPage title="Withdraw proposal" closeHref={closeHref} bare>
        <WithdrawProposalForm
          action={withdrawProposalAction.bind(null, place.district.slug)}
          proposal={proposal}
          closeHref={closeHref}
        />
      </DialogPage>
    </>
  );
});
