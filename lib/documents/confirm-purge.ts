import { audit } from "@/lib/audit";
import { destroyCases } from "@/lib/cases/destroy-cases";
import type { Doors } from "@/lib/db/types";
import { deleteObjects, destroyDocuments } from "@/lib/documents/destroy-documents";
import { isId } from "@/lib/documents/document-access";
import { holdItems } from "@/lib/documents/proposal-items";
import { DomainError } from "@/lib/errors";
import { demand } from "@/lib/policy";

/**
 * The second of two people confirms a proposal: what it names is destroyed for good, all that still may be, in one transaction; what is on
 * hold by now, has changed, waits in a transfer or isn't due any more is left out, and the proposal says so. `confirm` is its
 * number, typed; `shown` is how many records the form said would go: never more.
 * Throws `forbidden`, `not-there`, `own-proposal`, `proposal-decided`, `not-confirmed`, `nothing-left`, `changed-meanwhile`.
 */
export async function confirmPurge(
  doors: Doors,
  input: { proposalId: string; confirm: string; shown: number },
): Promise<{ destroyed: number; leftOut: number }> {
  const { actor } = doors;
  demand(actor, "purge");
  if (!isId(input.proposalId)) throw new DomainError("not-there");
  const { destroyed, leftOut, objects } = await doors.district(async (tx) => {
    const [proposal] = await tx.$queryRaw<
      {
        id: string;
        number: string;
        status: string;
        byUser: string;
        proposedBy: string;
        reason: string;
        notice: string | null;
      }[]
    >`
      select p.id, p.number, p.status, p.proposed_by_user as "byUser", p.proposed_by_name as "proposedBy", p.reason, p.notice from purge_proposal p
      where p.district_id = current_district() and p.id = ${input.proposalId}::uuid for update`;
    if (!proposal) throw new DomainError("not-there");
    if (proposal.status !== "open") throw new DomainError("proposal-decided");
    // The database refuses it as well (two_people).
    if (proposal.byUser === actor.userId) throw new DomainError("own-proposal");
    if (input.confirm.trim().toUpperCase() !== proposal.number)
      throw new DomainError("not-confirmed", { field: "confirm", reference: proposal.number });
    const items = await holdItems(tx, proposal.id);
    const going = items.filter((one) => one.kept === null);
    if (going.length === 0) throw new DomainError("nothing-left");
    if (going.length > input.shown) throw new DomainError("changed-meanwhile");
    await tx.$executeRaw`
      update purge_proposal p set status = 'confirmed', decided_at = now(), decided_by = ${actor.membershipId}::uuid, decided_by_user = ${actor.userId}::uuid, decided_by_name = ${actor.name}
      where p.district_id = current_district() and p.id = ${proposal.id}::uuid`;
    const left = items.filter((one) => one.kept !== null);
    await tx.$executeRaw`
      update purge_proposal_item i set outcome = x.kept from jsonb_to_recordset(${JSON.stringify(left)}::jsonb) x (id uuid, kept text)
      where i.district_id = current_district() and i.proposal_id = ${proposal.id}::uuid and i.subject_id = x.id`;
    const idsOf = (cases: boolean) => going.filter((one) => (one.kind === "case") === cases).map((one) => one.id);
    const ofCases = await destroyCases(tx, actor, { caseIds: idsOf(true), proposal });
    const documentIds = idsOf(false);
    const ofDocuments =
      documentIds.length > 0
        ? await destroyDocuments(tx, actor, { documentIds, reason: proposal.reason, transferId: null, proposal })
        : { storageKeys: [] };
    audit(tx, {
      action: "purge.confirm",
      subject: "district",
      detail: { proposal: proposal.id, destroyed: going.length, leftOut: left.length },
    });
    return { destroyed: going.length, leftOut: left.length, objects: [...ofCases, ...ofDocuments.storageKeys] };
  });
  await deleteObjects(objects);
  return { destroyed, leftOut };
}
