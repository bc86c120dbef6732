import type { Metadata } from "next";
import { ProposalsView } from "@/components/admin/retention/proposals-view";
import { listProposals, proposalsPerPage } from "@/lib/documents/list-proposals";
import { districtPage } from "@/lib/web/page";
import { pageOf, retentionCrumbs, retentionNeeds, retentionPath } from "../paths";

export const metadata: Metadata = { title: "Proposals" };

export default districtPage(
  { needs: retentionNeeds, tab: "admin", node: "retention" },
  async ({ actor, doors, district, search }) => {
    const found = await doors.district((tx) => listProposals(tx, actor, { status: null, page: pageOf(search.page) }));
    return (
      <ProposalsView
        crumbs={retentionCrumbs(district.slug)}
        found={found}
        perPage={proposalsPerPage}
        base={retentionPath(district.slug)}
        zone={district.timeZone}
      />
    );
  },
);
