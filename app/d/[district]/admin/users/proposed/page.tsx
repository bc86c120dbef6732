import type { Metadata } from "next";
import { ProposalsView } from "@/components/admin/proposals-view";
import { listStaffProposals, proposalsPerPage } from "@/lib/roster/staff-proposals";
import { adminCrumbs } from "@/lib/web/admin-nodes";
import { districtPage } from "@/lib/web/page";
import { dismissProposalAction } from "../actions";

export const metadata: Metadata = { title: "Staff of the roster" };

/** Staff of the roster who aren't users: invited here, one by one, by somebody who says what they may do. */
export default districtPage(
  { needs: "manageDistrict", tab: "admin", node: "users" },
  async ({ actor, doors, district, search }) => {
    const base = `/d/${district.slug}/admin/users`;
    const found = await doors.district((tx) =>
      listStaffProposals(tx, actor, { q: search.q ?? "", page: Number.parseInt(search.page ?? "1", 10) || 1 }),
    );
    return (
      <ProposalsView
        crumbs={[...adminCrumbs(district.slug, "district"), { label: "Users", href: base }]}
        found={found}
        perPage={proposalsPerPage}
        q={search.q}
        base={`${base}/proposed`}
        inviteHref={`${base}/invite`}
        dismissed={search.did === "dismissed"}
        dismissAction={dismissProposalAction.bind(null, district.slug)}
      />
    );
  },
);
