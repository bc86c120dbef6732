import { audit } from "@/lib/audit";
import type { DistrictTx } from "@/lib/db/types";
import { chosenIds } from "@/lib/documents/document-access";
import { type DueFilter, dueToPropose } from "@/lib/documents/list-due";
import { caseMark, demandKnown, demandRetention, documentMark } from "@/lib/documents/retention-access";
import { mostRecords } from "@/lib/documents/retention-kinds";
import { DomainError } from "@/lib/errors";
import { outbox } from "@/lib/outbox";
import type { Actor } from "@/lib/policy";

/**
 * Proposes records that are due for destruction: the chosen ones, or the longest due that a filter finds; at most 500. Somebody else has to
 * confirm it. What isn't due (any more), is on hold, waits in a transfer or is proposed already is left out; `leftOut` says how
 * many of the chosen. Throws `forbidden`, `nothing-chosen`, `bad-value` without a reason, `nothing-due` where nothing is left,
 * `cases-not-yours`, `documents-not-yours`.
 */
export async function proposePurge(
  tx: DistrictTx,
  actor: Actor,
  input: { records: readonly string[] | DueFilter; reason: string; notice: string | null },
): Promise<{ id: string; proposed: number; leftOut: number }> {
  demandRetention(actor);
  const reason = input.reason.trim().slice(0, 1_000);
  if (!reason) throw new DomainError("bad-value", { field: "reason" });
  const notice = input.notice?.trim().slice(0, 1_000) || null;
  const chosen = "q" in input.records ? null : chosenIds(input.records).slice(0, mostRecords);
  const filter = "q" in input.records ? input.records : { kind: null, q: "" };
  const due = await dueToPropose(tx, actor, filter, chosen, mostRecords);
  if (due.length === 0) throw new DomainError("nothing-due");
  demandKnown(
    actor,
    due.map((one) => one.kind),
  );
  const [proposal] = await tx.$queryRaw<[{ id: string }]>`
    insert into purge_proposal (district_id, number, reason, notice, proposed_by, proposed_by_user, proposed_by_name)
    values (current_district(), next_proposal_number(), ${reason}, ${notice}, ${actor.membershipId}::uuid, ${actor.userId}::uuid, ${actor.name}) returning id`;
  const proposed = await tx.$executeRaw`
    insert into purge_proposal_item (district_id, proposal_id, kind, subject_id, student_id, person_id, mark, due_on)
    select current_district(), ${proposal.id}::uuid, x.kind, x.id, x."studentId", x."personId", coalesce(${caseMark}, ${documentMark}), x."dueOn"
    from jsonb_to_recordset(${JSON.stringify(due)}::jsonb) x (id uuid, kind text, "studentId" uuid, "personId" uuid, "dueOn" date)
    left join "case" c on x.kind = 'case' and c.district_id = current_district() and c.id = x.id
    left join document d on x.kind <> 'case' and d.district_id = current_district() and d.id = x.id
    where c.id is not null or d.id is not null
    order by x.id on conflict (district_id, subject_id) where outcome is null do nothing`;
  // A colleague has proposed all of them at this moment; the empty proposal goes with the transaction.
  if (proposed === 0) throw new DomainError("nothing-due");
  audit(tx, { action: "purge.propose", subject: "proposal", subjectId: proposal.id, detail: { records: proposed } });
  await outbox(tx, "notify", {
    event: "purge-proposed",
    districtId: actor.districtId,
    proposalId: proposal.id,
    key: `${proposal.id}:purge-proposed`,
  });
  return { id: proposal.id, proposed, leftOut: chosen ? chosen.length - proposed : 0 };
}
