import type pg from "pg";
import type { Purge } from "@/lib/jobs/purge-log";

export type Replayed = { documents: number; cases: number };

/** Destroys what the purges name, and writes their certificates where the database doesn't have them. As the owner. Gives how many. */
export async function replayPurges(client: pg.Client, purges: readonly Purge[]): Promise<Replayed> {
  const of = (kind: Purge["kind"]) => JSON.stringify(purges.filter((purge) => purge.kind === kind));
  const documents = await replayDocuments(client, of("documents"));
  await client.query(
    `insert into purge_certificate (district_id, id, kind, number, student_id, person_id, transfer_id, proposal_id, proposed_by_name, purged_at, purged_by, purged_by_name, reason, notice, items)
     select p.district_id, p.id, p.kind, p.number, s.id, o.id, p.transfer_id, p.proposal_id, p.proposed_by_name, p.purged_at, m.id, p.purged_by_name, p.reason, p.notice, p.items
     from jsonb_to_recordset($1::jsonb) p (district_id uuid, id uuid, kind text, number text, student_id uuid, person_id uuid, transfer_id uuid, proposal_id uuid, proposed_by_name text,
       purged_at timestamptz, purged_by uuid, purged_by_name text, reason text, notice text, items jsonb)
     -- Whoever came after the backup isn't known to it.
     left join student s on s.district_id = p.district_id and s.id = p.student_id
     left join person o on o.district_id = p.district_id and o.id = p.person_id
     left join membership m on m.district_id = p.district_id and m.id = p.purged_by
     where exists (select 1 from district d where d.id = p.district_id) on conflict do nothing`,
    [JSON.stringify(purges)],
  );
  // The backup's counters know nothing of these numbers: the next purge would take one that is there.
  await client.query(
    `insert into counter (district_id, name, value)
     select c.district_id, 'purge-' || split_part(c.number, '-', 2), max(split_part(c.number, '-', 3)::int) from purge_certificate c
     where c.number ~ '^P-[0-9]{4}-[0-9]+$' group by 1, 2
     on conflict (district_id, name) do update set value = greatest(counter.value, excluded.value)`,
  );
  return { documents, cases: await replayCases(client, of("cases")) };
}

async function replayDocuments(client: pg.Client, purges: string): Promise<number> {
  await client.query(
    `insert into doomed_object (storage_key)
     select f.storage_key from jsonb_to_recordset($1::jsonb) p (district_id uuid, items jsonb) cross join lateral jsonb_array_elements(p.items) i
     join document d on d.district_id = p.district_id and d.id = (i ->> 'documentId')::uuid
     join stored_file f on f.district_id = d.district_id and f.id = d.file_id on conflict do nothing`,
    [purges],
  );
  const { rows } = await client.query<{ count: number }>(
    `with gone as (
       delete from document d using jsonb_to_recordset($1::jsonb) p (district_id uuid, items jsonb), jsonb_array_elements(p.items) i
       where d.district_id = p.district_id and d.id = (i ->> 'documentId')::uuid returning d.district_id, d.id, d.file_id),
     unlisted as (
       update transfer_document t set document_id = null from gone g where t.district_id = g.district_id and t.document_id = g.id),
     undrafted as (delete from dispatch_document t using gone g where t.district_id = g.district_id and t.document_id = g.id),
     files as (delete from stored_file f using gone g where f.district_id = g.district_id and f.id = g.file_id)
     select count(*)::int as count from gone`,
    [purges],
  );
  return rows[0]?.count ?? 0;
}

/** The keys are away while a restore runs: what they would have taken along or set to null is named here and in erase_cases. */
async function replayCases(client: pg.Client, purges: string): Promise<number> {
  const named =
    "from jsonb_to_recordset($1::jsonb) p (district_id uuid, id uuid, items jsonb) cross join lateral jsonb_array_elements(p.items) i";
  const { rows } = await client.query<{ count: number; words: { district: string; words: string[] | null }[] | null }>(
    `with gone as materialized (
       select c.district_id, array_agg(c.id) ids ${named} join "case" c on c.district_id = p.district_id and c.id = (i ->> 'caseId')::uuid group by 1),
     erased as materialized (select g.district_id, g.ids, e.o_objects, e.o_words from gone g cross join lateral erase_cases(g.district_id, g.ids) e),
     doomed as (insert into doomed_object (storage_key) select unnest(o_objects) from erased on conflict do nothing)
     select (select coalesce(sum(cardinality(ids)), 0)::int from erased) as count,
       (select jsonb_agg(jsonb_build_object('district', district_id, 'words', o_words)) from erased) as words`,
    [purges],
  );
  for (const what of [
    "update transfer_case x set case_id = null, left_reason = null",
    "update intake x set case_id = null",
    "delete from legal_hold x",
  ])
    await client.query(
      `${what} where (x.district_id, x.case_id) in (select p.district_id, (i ->> 'caseId')::uuid ${named})`,
      [purges],
    );
  await client.query(
    "select stand_in_for_persons(x.district_id, x.ids) from (select p.district_id, array_agg(p.id) ids from jsonb_to_recordset($1::jsonb) p (district_id uuid, id uuid) group by 1) x",
    [purges],
  );
  await client.query(
    "select drop_case_words(x.district, x.words) from jsonb_to_recordset($1::jsonb) x (district uuid, words text[])",
    [JSON.stringify(rows[0]?.words ?? [])],
  );
  return rows[0]?.count ?? 0;
}
