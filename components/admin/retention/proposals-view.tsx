import { ProposalsTable } from "@/components/admin/retention/proposals-table";
import { Crumbs } from "@/components/ui/crumbs";
import { Empty } from "@/components/ui/empty";
import { PageHead } from "@/components/ui/page-head";
import { Pager } from "@/components/ui/table";
import type { ProposalRow } from "@/lib/documents/list-proposals";

/** All proposals for destruction, the newest first. */
export function ProposalsView({
  crumbs,
  found,
  perPage,
  base,
  zone,
}: {
  crumbs: readonly { label: string; href: string }[];
  found: { rows: readonly ProposalRow[]; total: number; page: number };
  perPage: number;
  base: string;
  zone: string;
}) {
  return (
    <>
      <Crumbs path={crumbs} />
      <PageHead title="Proposals" note="One person proposes what is destroyed, another confirms." />
      <h2 className="sr" id="proposals">
        Proposals
      </h2>
      {found.total === 0 ? (
        <Empty icon="inbox" title="Nothing was proposed yet" hint="Proposals are made from the list of what is due." />
      ) : (
        <ProposalsTable rows={found.rows} base={base} zone={zone} label="proposals" />
      )}
      <Pager
        page={found.page}
        size={perPage}
        total={found.total}
        href={(n) => `${base}/proposals${n > 1 ? `?page=${n}` : ""}`}
        label="Pages of proposals"
      />
    </>
  );
}
