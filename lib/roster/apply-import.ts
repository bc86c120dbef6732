import { audit } from "@/lib/audit";
import { sql } from "@/lib/db/sql";
import type { DistrictTx } from "@/lib/db/types";
import { lockSettings } from "@/lib/districts/lock-settings";
import { outbox } from "@/lib/outbox";
import { type Actor, demand } from "@/lib/policy";
import { endImport } from "@/lib/roster/end-import";
import { placesOf } from "@/lib/roster/places";
import { HASH_BYTES, Told } from "@/lib/roster/record";

const noHash = Buffer.alloc(HASH_BYTES);

/**
 * Puts a checked import into the roster, all of it or, where this transaction doesn't end well, nothing; in sets. Students who left become
 * inactive: nobody is deleted, since a case, a document or a disclosure may name them. Returns the key of the bundle's object, to be
 * deleted after the transaction, or null; undefined where there's nothing to apply any more. Throws `forbidden`.
 */
export async function applyImport(
  tx: DistrictTx,
  actor: Actor,
  { importId }: { importId: string },
): Promise<string | null | undefined> {
  demand(actor, "manageDistrict");
  const district = sql`${actor.districtId}::uuid`;
  // The row is held from here on: who comes second waits, and then finds it applied.
  const [taken] = await tx.$queryRaw<{ added: number; changed: number; returned: number; leaving: number }[]>`
    update roster_import set status = 'applied', applied_at = now() where district_id = ${district} and id = ${importId}::uuid and status = 'applying'
    returning added, changed, returned, leaving`;
  if (!taken) return undefined;
  await lockSettings(tx, actor);
  await applySchools(tx, district, importId);
  await applyStudents(tx, district, importId, taken);
  await applyStaff(tx, district, importId);
  const storageKey = await endImport(tx, actor, importId);
  // A held document transfer may have waited for one of them.
  await outbox(tx, "recheck", { districtId: actor.districtId });
  audit(tx, { action: "roster.apply", detail: { import: importId, ...taken } });
  return storageKey;
}

type Sql = ReturnType<typeof sql>;

/** A school is a building: known by its sourcedId, taken over by name the first time, or new. The roster says what it's called. */
async function applySchools(tx: DistrictTx, district: Sql, importId: string): Promise<void> {
  const school = sql`school as materialized (
    select x.id, x.name from roster_import i, jsonb_to_recordset(i.schools) x (id text, name text) where i.district_id = ${district} and i.id = ${importId}::uuid)`;
  const isKnown = sql`exists (select 1 from building k where k.district_id = ${district} and k.source_id = school.id)`;
  await tx.$executeRaw`
    with ${school}
    update building b set source_id = school.id from school
    where b.district_id = ${district} and b.source_id is null and lower(b.name) = lower(school.name) and not ${isKnown}`;
  await tx.$executeRaw`
    with ${school}
    update building b set name = school.name from school
    where b.district_id = ${district} and b.source_id = school.id and b.name <> school.name
      and not exists (select 1 from building o where o.district_id = ${district} and o.id <> b.id and lower(o.name) = lower(school.name))`;
  await tx.$executeRaw`
    with ${school}
    insert into building (district_id, source_id, name)
    select ${district}, school.id, case when exists (select 1 from building o where o.district_id = ${district} and lower(o.name) = lower(school.name))
      then school.name || ' (' || left(school.id, 60) || ')' else school.name end
    from school where not ${isKnown}
    on conflict do nothing`;
}

async function applyStudents(
  tx: DistrictTx,
  district: Sql,
  importId: string,
  counts: { added: number; leaving: number },
): Promise<void> {
  const ours = sql`r.district_id = ${district} and r.import_id = ${importId}::uuid`;
  const told = (of: keyof typeof Told) => sql`r.told & ${Told[of]}::int > 0`;
  const places = placesOf(district, importId);
  if (counts.leaving > 0)
    await tx.$executeRaw`
      update student s set active = false, left_on = (now() at time zone coalesce((select time_zone from district_settings where district_id = ${district}), 'UTC'))::date,
        source_hash = null
      from roster_row r where ${ours} and r.what = 'leave' and s.district_id = ${district} and s.id = r.student_id and s.active`;
  // Numbers that pass from one student to another make way first: the key is checked row by row.
  await tx.$executeRaw`
    update student s set sis_id = s.sis_id || ' ' || s.id
    from roster_row r where ${ours} and r.what in ('change', 'back') and ${told("who")} and s.district_id = ${district} and s.id = r.student_id and s.sis_id <> r.sis_id`;
  await tx.$executeRaw`
    with ${places}
    update student s set source = 'roster', active = true, left_on = null, source_id = r.source_id, source_hash = r.source_hash,
      sis_id = case when ${told("who")} then r.sis_id else s.sis_id end,
      given_name = case when ${told("who")} then r.given_name else s.given_name end,
      family_name = case when ${told("who")} then r.family_name else s.family_name end,
      birth_date = case when ${told("birthDate")} then r.birth_date else s.birth_date end,
      building_id = case when ${told("school")} then p.building_id else s.building_id end,
      preferred_name = case when ${told("preferred")} then r.preferred_name else s.preferred_name end,
      state_id = case when ${told("state")} then r.state_id else s.state_id end,
      grade = case when ${told("grade")} then r.grade else s.grade end,
      middle_name = case when ${told("middle")} then r.middle_name else s.middle_name end
    from roster_row r left join place p on p.source_id = r.school
    where ${ours} and r.what in ('change', 'back', 'same') and s.district_id = ${district} and s.id = r.student_id`;
  if (counts.added === 0) return;
  await tx.$executeRaw`
    with ${places}
    insert into student (district_id, sis_id, state_id, given_name, middle_name, family_name, preferred_name, birth_date, grade, building_id, source, source_id, source_hash)
    select ${district}, r.sis_id, r.state_id, r.given_name, r.middle_name, r.family_name, r.preferred_name, r.birth_date, r.grade, p.building_id, 'roster', r.source_id, r.source_hash
    from roster_row r left join place p on p.source_id = r.school
    where ${ours} and r.what = 'add'
    -- Somebody typed them in by hand since the dry run.
    on conflict (district_id, sis_id) do update set state_id = excluded.state_id, given_name = excluded.given_name, middle_name = excluded.middle_name,
      family_name = excluded.family_name, preferred_name = coalesce(excluded.preferred_name, student.preferred_name), birth_date = coalesce(excluded.birth_date, student.birth_date),
      grade = excluded.grade, building_id = excluded.building_id, source = 'roster', source_id = excluded.source_id, source_hash = excluded.source_hash, active = true, left_on = null
    where student.source_id is null`;
}

/** Staff are proposed as users; what they may do, whoever invites them says. */
async function applyStaff(tx: DistrictTx, district: Sql, importId: string): Promise<void> {
  const ours = sql`r.district_id = ${district} and r.import_id = ${importId}::uuid and r.what = 'staff'`;
  await tx.$executeRaw`
    update staff_proposal x set on_roster = false, source_hash = ${noHash}
    from roster_row r where ${ours} and r.role is null and x.district_id = ${district} and x.source_id = r.source_id`;
  await tx.$executeRaw`
    with ${placesOf(district, importId)}
    insert into staff_proposal (district_id, source_id, source_hash, given_name, family_name, email, username, role, building_id)
    select ${district}, r.source_id, r.source_hash, r.given_name, r.family_name, r.email, r.username, r.role, p.building_id
    from roster_row r left join place p on p.source_id = r.school where ${ours} and r.role is not null
    on conflict (district_id, source_id) do update set source_hash = excluded.source_hash, given_name = excluded.given_name, family_name = excluded.family_name,
      email = excluded.email, username = excluded.username, role = excluded.role, building_id = excluded.building_id, on_roster = true`;
}
