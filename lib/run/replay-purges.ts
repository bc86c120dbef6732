import type pg from "pg";
import type { Purge } from "@/lib/jobs/purge-log";

/** Destroys what the purges name, and writes their certificates where the database doesn't have them. As the owner. Gives how many documents. */
export async function replayPurges(client: pg.Client, purges: readonly Purge[]): Promise<number> {
  const json = JSON.stringify(purges);
  await client.query(
    `insert into doomed_object (storage_key)
     select f.storage_key from jsonb_to_recordset($1::jsonb) p (district_id uuid, items jsonb) cross join lateral jsonb_array_elements(p.items) i
     join document d on d.district_id = p.district_id and d.id = (i ->> 'documentId')::uuid
     join stored_file f on f.district_id = d.district_id and f.id = d.file_id on conflict do nothing`,
    [json],
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
    [json],
  );
  await client.query(
    `insert into purge_certificate (district_id, id, number, student_id, transfer_id, purged_at, purged_by, purged_by_name, reason, items)
     select p.district_id, p.id, p.number, p.student_id, p.transfer_id, p.purged_at, p.purged_by, p.purged_by_name, p.reason, p.items
     from jsonb_to_recordset($1::jsonb) p (district_id uuid, id uuid, number text, student_id uuid, transfer_id uuid, purged_at timestamptz, purged_by uuid, purged_by_name text, reason text, items jsonb)
     where exists (select 1 from district d where d.id = p.district_id) on conflict do nothing`,
    [json],
  );
  return rows[0]?.count ?? 0;
}
