import { notFound } from "next/navigation";
import { ProposalView } from "@/components/admin/retention/proposal-view";
import { findProposal, type ProposalView as View } from "@/lib/documents/find-proposal";
import type { PageContext } from "@/lib/web/page";
import { retentionCrumbs, retentionPath } from "../../paths";

/** The proposal of the URL; *not there* for who may not see it. */
export async function openProposal({ actor, doors, params }: PageContext<"proposal">): Promise<View> {
  const found = await doors.district((tx) => findProposal(tx, actor, params.proposal));
  return found ?? notFound();
}

/** Its page; the dialogs stand after it. */
export function ProposalHere({ place, proposal }: { place: PageContext<"proposal">; proposal: View }) {
  const { district, search } = place;
  const base = retentionPath(district.slug);
  const left = Number.parseInt(search.left ?? "", 10);
  return (
    <ProposalView
      crumbs={retentionCrumbs(district.slug, { label: "Proposals", href: `${base}/proposals` })}
      proposal={proposal}
      leftOut={left > 0 && left <= 500 ? left : 0}
      made={search.left !== undefined}
      base={base}
      zone={district.timeZone}
    />
  );
}
