import { audit } from "@/lib/audit";
import type { DistrictTx } from "@/lib/db/types";
import type { Actor } from "@/lib/policy";

/** The confirmed proposal that records are destroyed by. */
export type ConfirmedProposal = { id: string; reason: string; notice: string | null; proposedBy: string };

type Sheet = { student_id: string | null; person_id: string | null; items: { caseId: string }[] };

/**
 * Destroys cases whose rows the caller's transaction holds, for a proposal that the same transaction has confirmed (the database refuses
 * it otherwise): the cases with history, plan, files and their keys, and the words that they were found by. Writes a certificate per
 * person. Gives the objects' names, which are on the worker's list already; give them to `deleteFiles` once it's committed.
 */
export async function destroyCases(
  tx: DistrictTx,
  actor: Actor,
  input: { caseIds: readonly string[]; proposal: ConfirmedProposal },
): Promise<string[]> {
  const ids = [...input.caseIds];
  if (ids.length === 0) return [];
  const sheets = await tx.$queryRaw<Sheet[]>`
    select c.student_id, c.person_id, jsonb_agg(jsonb_build_object('caseId', c.id, 'number', c.number, 'openedOn', (c.created_at at time zone z.time_zone)::date, 'closedOn', (c.closed_at at time zone z.time_zone)::date,
      'notes', (select count(*) from note n where n.district_id = c.district_id and n.case_id = c.id),
      'files', coalesce((select jsonb_agg(jsonb_build_object('size', f.size, 'sha256', encode(f.sha256, 'hex')) order by f.sha256) from attachment a
        join stored_file f on f.district_id = a.district_id and f.id = a.file_id where a.district_id = c.district_id and a.case_id = c.id), '[]'),
      'transferIds', coalesce((select jsonb_agg(distinct t.transfer_id) from transfer_case t where t.district_id = c.district_id and t.case_id = c.id), '[]'),
      'leftOut', coalesce((select jsonb_agg(distinct t.transfer_id) from transfer_case t where t.district_id = c.district_id and t.case_id = c.id and t.outcome = 'left'), '[]'),
      'taken', coalesce((select jsonb_agg(distinct t.transfer_id) from transfer_case t where t.district_id = c.district_id and t.case_id = c.id and t.outcome = 'taken'), '[]')) order by c.number) items
    from "case" c join district_settings z on z.district_id = c.district_id where c.district_id = current_district() and c.id = any (${ids}::uuid[]) group by 1, 2`;
  const { id, reason, notice, proposedBy } = input.proposal;
  const certificates = await tx.$queryRaw<{ id: string; number: string; items: { caseId: string }[] }[]>`
    with x as (select row_number() over () n, s.* from jsonb_to_recordset(${JSON.stringify(sheets)}::jsonb) s (student_id uuid, person_id uuid, items jsonb)),
    k as (select number, row_number() over () n from next_purge_numbers(${sheets.length}::int) number)
    insert into purge_certificate (district_id, kind, number, student_id, person_id, purged_by, purged_by_name, reason, notice, proposal_id, proposed_by_name, items)
    select current_district(), 'cases', k.number, x.student_id, x.person_id, ${actor.membershipId}::uuid, ${actor.name}, ${reason}, ${notice}, ${id}::uuid, ${proposedBy}, x.items from x join k on k.n = x.n
    returning id, number, items`;
  await tx.$executeRaw`
    update purge_proposal_item i set outcome = 'destroyed', certificate_id = z.id
    from purge_certificate z cross join lateral jsonb_to_recordset(z.items) y ("caseId" uuid)
    where z.district_id = current_district() and z.id = any (${certificates.map((one) => one.id)}::uuid[])
      and i.district_id = z.district_id and i.proposal_id = ${id}::uuid and i.subject_id = y."caseId"`;
  const [erased] = await tx.$queryRaw<[{ objects: string[] | null; words: string[] | null }]>`
    select o_objects as objects, o_words as words from erase_cases(current_district(), ${ids}::uuid[])`;
  await tx.$queryRaw`select stand_in_for_persons(current_district(), ${certificates.map((one) => one.id)}::uuid[])::text`;
  await tx.$queryRaw`select forget_case_words(${erased.words ?? []}::text[])::text`;
  const objects = erased.objects ?? [];
  await tx.$queryRaw`select doom_objects(${objects}::text[])::text`;
  for (const { number, items } of certificates)
    for (const { caseId } of items)
      audit(tx, { action: "case.purge", subject: "case", subjectId: caseId, detail: { certificate: number } });
  return objects;
}
