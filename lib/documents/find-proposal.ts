import type { DistrictTx } from "@/lib/db/types";
import { seen } from "@/lib/documents/document-access";
import type { RecordPerson } from "@/lib/documents/list-due";
import { itemRecords, type KeptBecause, keptBecause } from "@/lib/documents/proposal-items";
import { demandRetention, rulesToday, unknownOf } from "@/lib/documents/retention-access";
import type { RetentionKind } from "@/lib/documents/retention-kinds";
import { isId } from "@/lib/is-id";
import { type Actor, may } from "@/lib/policy";
import { seenCase } from "@/lib/students/student-access";

export type ProposalStatus = "open" | "confirmed" | "withdrawn";
export type ProposalItem = {
  id: string;
  kind: RetentionKind;
  /** Null where the viewer doesn't see this case or document. */
  person: RecordPerson | null;
  /** Of a case that is still there, and that the viewer sees. */
  number: string | null;
  /** YYYY-MM-DD */
  dueOn: string;
  /** Why it stays, or stayed; "destroyed"; null while it would go if somebody confirmed now. */
  outcome: KeptBecause | "destroyed" | "withdrawn" | null;
  certificate: { id: string; number: string } | null;
};
export type ProposalView = {
  id: string;
  number: string;
  status: ProposalStatus;
  reason: string;
  notice: string | null;
  proposed: { at: Date; by: string };
  decided: { at: Date; by: string } | null;
  items: ProposalItem[];
  /** The viewer's own, in whichever district's name: they can't confirm it. */
  own: boolean;
  canConfirm: boolean;
  /** What of it the viewer would have to manage besides, to confirm it. */
  unknown: "cases" | "documents" | null;
};

type Head = Omit<ProposalView, "proposed" | "decided" | "items" | "own" | "canConfirm" | "unknown"> & {
  proposedAt: Date;
  proposedBy: string;
  decidedAt: Date | null;
  decidedBy: string | null;
  own: boolean;
};

/** A proposal with its records, of each what would become of it now or what became of it; or null: not there. Throws `forbidden`. */
export async function findProposal(tx: DistrictTx, actor: Actor, id: string): Promise<ProposalView | null> {
  demandRetention(actor);
  if (!isId(id)) return null;
  const [head] = await tx.$queryRaw<Head[]>`
    select p.id, p.number, p.status, p.reason, p.notice, p.proposed_at as "proposedAt", p.proposed_by_name as "proposedBy", p.decided_at as "decidedAt", p.decided_by_name as "decidedBy",
      p.proposed_by_user = ${actor.userId}::uuid as own
    from purge_proposal p where p.district_id = current_district() and p.id = ${id}::uuid`;
  if (!head) return null;
  const rows = await tx.$queryRaw<
    (Omit<ProposalItem, "person" | "certificate"> &
      RecordPerson & { seen: boolean; certificateId: string | null; certificate: string | null })[]
  >`
    with ${rulesToday}
    select i.subject_id as id, i.kind, case when i.kind = 'case' then ${seenCase(actor)} else ${seen(actor)} end is true as seen, i.student_id as "studentId", coalesce(s.given_name, o.given_name) as "givenName", coalesce(s.family_name, o.family_name) as "familyName", s.sis_id as "sisId",
      c.number, i.due_on::text as "dueOn", case when i.outcome is null then ${keptBecause} else i.outcome end as outcome, z.id as "certificateId", z.number as certificate
    from purge_proposal_item i ${itemRecords}
    left join student s on s.district_id = i.district_id and s.id = i.student_id
    left join person o on o.district_id = i.district_id and o.id = i.person_id
    left join purge_certificate z on z.district_id = i.district_id and z.id = i.certificate_id
    where i.district_id = current_district() and i.proposal_id = ${head.id}::uuid order by i.due_on, i.subject_id`;
  const { proposedAt, proposedBy, decidedAt, decidedBy, ...view } = head;
  const unknown = unknownOf(
    actor,
    rows.filter((row) => row.outcome === null).map((row) => row.kind),
  );
  return {
    ...view,
    proposed: { at: proposedAt, by: proposedBy },
    decided: decidedAt && decidedBy ? { at: decidedAt, by: decidedBy } : null,
    items: rows.map(
      ({ seen: shown, studentId, givenName, familyName, sisId, certificateId, certificate, ...item }) => ({
        ...item,
        number: shown ? item.number : null,
        person: shown ? { studentId, givenName, familyName, sisId } : null,
        certificate: certificateId && certificate ? { id: certificateId, number: certificate } : null,
      }),
    ),
    canConfirm: head.status === "open" && !head.own && may(actor, "purge") && unknown === null,
    unknown,
  };
}
