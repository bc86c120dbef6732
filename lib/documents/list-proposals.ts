import type { DistrictTx } from "@/lib/db/types";
import type { ProposalStatus } from "@/lib/documents/find-proposal";
import { demandRetention } from "@/lib/documents/retention-access";
import type { Actor } from "@/lib/policy";

export type ProposalRow = {
  id: string;
  number: string;
  status: ProposalStatus;
  records: number;
  destroyed: number;
  proposed: { at: Date; by: string };
  decided: { at: Date; by: string } | null;
  own: boolean;
};
export const proposalsPerPage = 20;

/** Proposals, the newest first: those that wait for somebody, or all. Throws `forbidden`. */
export async function listProposals(
  tx: DistrictTx,
  actor: Actor,
  input: { status: "open" | null; page: number },
): Promise<{ rows: ProposalRow[]; total: number; page: number }> {
  demandRetention(actor);
  const page = Math.max(1, input.page);
  const rows = await tx.$queryRaw<
    (Omit<ProposalRow, "proposed" | "decided"> & {
      proposedAt: Date;
      proposedBy: string;
      decidedAt: Date | null;
      decidedBy: string | null;
      total: number;
    })[]
  >`
    select p.id, p.number, p.status, p.proposed_at as "proposedAt", p.proposed_by_name as "proposedBy", p.decided_at as "decidedAt", p.decided_by_name as "decidedBy",
      p.proposed_by_user = ${actor.userId}::uuid as own, count(*) over ()::int as total,
      (select count(*)::int from purge_proposal_item i where i.district_id = p.district_id and i.proposal_id = p.id) as records,
      (select count(*)::int from purge_proposal_item i where i.district_id = p.district_id and i.proposal_id = p.id and i.outcome = 'destroyed') as destroyed
    from purge_proposal p where p.district_id = current_district() and (${input.status}::text is null or p.status = ${input.status})
    order by p.proposed_at desc, p.id limit ${proposalsPerPage}::int offset ${(page - 1) * proposalsPerPage}::int`;
  if (rows.length === 0 && page > 1) return listProposals(tx, actor, { ...input, page: 1 });
  return {
    rows: rows.map(({ proposedAt, proposedBy, decidedAt, decidedBy, total: _, ...row }) => ({
      ...row,
      proposed: { at: proposedAt, by: proposedBy },
      decided: decidedAt && decidedBy ? { at: decidedAt, by: decidedBy } : null,
    })),
    total: rows[0]?.total ?? 0,
    page,
  };
}
