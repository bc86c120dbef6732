import { audit } from "@/lib/audit";
import { destroyCases } from "@/lib/cases/destroy-cases";
import type { Doors } from "@/lib/db/types";
import { deleteObjects, destroyDocuments } from "@/lib/documents/destroy-documents";
import { holdItems } from "@/lib/documents/proposal-items";
import { demandKnown } from "@/lib/documents/retention-access";
import { DomainError } from "@/lib/errors";
import { isId } from "@/lib/is-id";
import { outbox } from "@/lib/outbox";
import { demand } from "@/lib/policy";

/**
 * The second of two people confirms a proposal: what it names is destroyed for good, all that still may be, in one transaction; what is on
 * hold by now, has changed, waits in a transfer or isn't due any more is left out, and the proposal says so. `confirm` is its
 * number, typed; `shown` are the ids of the records that the form said would go: never another.
 * Throws `forbidden`, `not-there`, `own-proposal`, `joined-since`, `proposer-gone`, `cases-not-yours`, `documents-not-yours`, `proposal-decided`, `not-confirmed`, `nothing-left`, `changed-meanwhile`.
 */
export async function confirmPurge(
  doors: Doors,
  input: { proposalId: string; confirm: string; shown: readonly string[] },
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
        joinedSince: boolean;
        stillProposed: boolean;
      }[]
    >`
      select p.id, p.number, p.status, p.proposed_by_user as "byUser", p.proposed_by_name as "proposedBy", p.reason, p.notice,
        not exists (select 1 from membership m where m.district_id = p.district_id and m.id = ${actor.membershipId}::uuid and m.joined_at < p.proposed_at) as "joinedSince",
        exists (select 1 from membership m where m.district_id = p.district_id and m.id = p.proposed_by and m.disabled_at is null and m.permissions && array['purge', 'manageDistrict']) as "stillProposed"
      from purge_proposal p
      where p.district_id = current_district() and p.id = ${input.proposalId}::uuid for update`;
    if (!proposal) throw new DomainError("not-there");
    if (proposal.status !== "open") throw new DomainError("proposal-decided");
    // The database refuses it as well (two_people).
    if (proposal.byUser === actor.userId) throw new DomainError("own-proposal");
    if (proposal.joinedSince) throw new DomainError("joined-since");
    if (!proposal.stillProposed) throw new DomainError("proposer-gone");
    if (input.confirm.trim().toUpperCase() !== proposal.number)
      throw new DomainError("not-confirmed", { field: "confirm", reference: proposal.number });
    const items = await holdItems(tx, proposal.id);
    const going = items.filter((one) => one.kept === null);
    if (going.length === 0) throw new DomainError("nothing-left");
    demandKnown(
      actor,
      going.map((one) => one.kind),
    );
    if (!going.every((one) => input.shown.includes(one.id))) throw new DomainError("changed-meanwhile");
    const decided = await tx.$executeRaw`
      update purge_proposal p set status = 'confirmed', decided_at = now(), decided_by = ${actor.membershipId}::uuid, decided_by_user = ${actor.userId}::uuid, decided_by_name = ${actor.name}
      where p.district_id = current_district() and p.id = ${proposal.id}::uuid and p.status = 'open' and p.proposed_by_user <> ${actor.userId}::uuid`;
    if (decided === 0) throw new DomainError("proposal-decided");
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
      subject: "proposal",
      subjectId: proposal.id,
      detail: { destroyed: going.length, leftOut: left.length },
    });
    await outbox(tx, "notify", {
      event: "purge-confirmed",
      districtId: actor.districtId,
      proposalId: proposal.id,
      key: `${proposal.id}:purge-confirmed`,
    });
    return { destroyed: going.length, leftOut: left.length, objects: [...ofCases, ...ofDocuments.storageKeys] };
  });
  await deleteObjects(objects);
  return { destroyed, leftOut };
}
