import type { Metadata } from "next";
import { districtPage } from "@/lib/web/page";
import { retentionNeeds } from "../../paths";
import { openProposal, ProposalHere } from "./proposal-here";

export const metadata: Metadata = { title: "Proposal" };

export default districtPage<"proposal">({ needs: retentionNeeds, tab: "admin", node: "retention" }, async (place) => {
  const proposal = await openProposal(place);
  return <ProposalHere place={place} proposal={proposal} />;
});
