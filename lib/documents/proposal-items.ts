import { sql } from "@/lib/db/sql";
import type { DistrictTx } from "@/lib/db/types";
import { caseMark, documentMark, rulesToday } from "@/lib/documents/retention-access";
import type { RetentionKind } from "@/lib/documents/retention-kinds";

/** Why a proposed record isn't destroyed. */
export type KeptBecause = "gone" | "held" | "waits" | "changed" | "not-due";

/**
 * Of an open `purge_proposal_item i` with its `"case" c` or `document d`: why it wouldn't be destroyed if somebody confirmed now; null where it
 * would. Needs the `rule`s of `rulesToday`.
 */
export const keptBecause = sql`
  case when c.id is null and d.id is null then 'gone'
    when is_held(coalesce(c.student_id, d.student_id), c.id) then 'held'
    when c.id is not null and exists (select 1 from transfer_case t where t.district_id = current_district() and t.case_id = c.id and t.open) then 'waits'
    when d.id is not null and exists (select 1 from transfer_document t join transfer y on y.id = t.transfer_id
      where t.district_id = current_district() and t.document_id = d.id and y.status = 'preparing') then 'waits'
    when i.mark is distinct from coalesce(${caseMark}, ${documentMark}) then 'changed'
    when not exists (select 1 from rule r where r.kind = i.kind and case r.counted_from
      when 'closing' then c.closed_at < r.before
      when 'date' then d.kept_from <= r.until
      else (select not s.active and s.left_on <= r.until from student s where s.district_id = current_district() and s.id = d.student_id) end) then 'not-due' end`;

/** The records of a `purge_proposal_item i`. */
export const itemRecords = sql`
  left join "case" c on i.kind = 'case' and c.district_id = i.district_id and c.id = i.subject_id
  left join document d on i.kind <> 'case' and d.district_id = i.district_id and d.id = i.subject_id`;

/** Holds the records of a proposal to the end of the transaction, and says of each whether it may be destroyed. */
export async function holdItems(
  tx: DistrictTx,
  proposalId: string,
): Promise<{ id: string; kind: RetentionKind; kept: KeptBecause | null }[]> {
  // In one order, as every other verb: nobody waits for one another. Then the students, whom a hold is placed on.
  await tx.$queryRaw`
    select 1 from "case" c where c.district_id = current_district() and c.id in (
      select i.subject_id from purge_proposal_item i where i.district_id = current_district() and i.proposal_id = ${proposalId}::uuid and i.kind = 'case') order by c.id for update`;
  await tx.$queryRaw`
    select 1 from document d where d.district_id = current_district() and d.id in (
      select i.subject_id from purge_proposal_item i where i.district_id = current_district() and i.proposal_id = ${proposalId}::uuid and i.kind <> 'case') order by d.id for update`;
  await tx.$queryRaw`
    select 1 from student s where s.district_id = current_district() and s.id in (
      select i.student_id from purge_proposal_item i where i.district_id = current_district() and i.proposal_id = ${proposalId}::uuid) order by s.id for key share`;
  return tx.$queryRaw`
    with ${rulesToday}
    select i.subject_id as id, i.kind, ${keptBecause} as kept from purge_proposal_item i ${itemRecords}
    where i.district_id = current_district() and i.proposal_id = ${proposalId}::uuid and i.outcome is null order by i.subject_id`;
}
