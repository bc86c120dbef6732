import { sql } from "@/lib/db/sql";

/**
 * `place (source_id, building_id)`: which building a school of the roster is, by its sourcedId, or by name where the roster hasn't told of
 * it before. For the `with` of a statement.
 */
export const placesOf = (district: ReturnType<typeof sql>, importId: string) => sql`place as materialized (
  select x.id source_id, b.id building_id from roster_import i, jsonb_to_recordset(i.schools) x (id text, name text), building b
  where i.district_id = ${district} and i.id = ${importId}::uuid and b.district_id = ${district} and b.source_id is null and lower(b.name) = lower(x.name)
    and not exists (select 1 from building k where k.district_id = ${district} and k.source_id = x.id)
  union
  select b.source_id, b.id from building b where b.district_id = ${district} and b.source_id is not null)`;
