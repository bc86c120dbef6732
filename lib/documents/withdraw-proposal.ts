import { audit } from "@/lib/audit";
import type { DistrictTx } from "@/lib/db/types";
import { demandRetention } from "@/lib/documents/retention-access";
import { DomainError } from "@/lib/errors";
import { isId } from "@/lib/is-id";
import type { Actor } from "@/lib/policy";

/**
 * Takes a proposal back: one's own, or a colleague's that isn't to be confirmed. Its records can be proposed again. Throws `forbidden`,
 * `not-there`, `proposal-decided`.
 */
export async function withdrawProposal(tx: DistrictTx, actor: Actor, input: { proposalId: string }): Promise<void> {
  demandRetention(actor);
  if (!isId(input.proposalId)) throw new DomainError("not-there");
  const withdrawn = await tx.$executeRaw`
    update purge_proposal p set status = 'withdrawn', decided_at = now(), decided_by = ${actor.membershipId}::uuid, decided_by_user = ${actor.userId}::uuid, decided_by_name = ${actor.name}
    where p.district_id = current_district() and p.id = ${input.proposalId}::uuid and p.status = 'open'`;
  if (withdrawn === 0) {
    const found = await tx.$queryRaw<unknown[]>`
      select 1 from purge_proposal p where p.district_id = current_district() and p.id = ${input.proposalId}::uuid`;
    throw new DomainError(found.length > 0 ? "proposal-decided" : "not-there");
  }
  await tx.$executeRaw`
    update purge_proposal_item i set outcome = 'withdrawn' where i.district_id = current_district() and i.proposal_id = ${input.proposalId}::uuid and i.outcome is null`;
  audit(tx, { action: "purge.withdraw", subject: "proposal", subjectId: input.proposalId });
}
