import type { Client } from "pg";

/** How much there is in the bench database. */
export const bench = { districts: 13_500, cases: 1_300_000, largest: 100_000, students: 220_000 };

/** A word that some twenty cases of the largest district have, one that a third of them have, and one that none has. */
export const words = { rare: "quetzalcoatl", common: "north", none: "zzyzxq", two: "north quetzalcoatl" };

/**
 * Fills an empty, migrated database as its owner, in sets: the largest district first, all others of even size. Triggers are off
 * while it runs; what they would write is computed by the same statement. Returns the largest district's id.
 */
export async function generate(client: Client, size: typeof bench = bench): Promise<string> {
  const say = async (what: string, run: () => Promise<unknown>) => {
    const start = performance.now();
    await run();
    console.log(`  ${what.padEnd(34)} ${((performance.now() - start) / 1000).toFixed(1).padStart(6)} s`);
  };
  await client.query(
    "set maintenance_work_mem = '1GB'; set work_mem = '256MB'; set synchronous_commit = off; set max_parallel_maintenance_workers = 2; select setseed(0.42)",
  );
  const indexes = await client.query<{ name: string; definition: string }>(
    `select indexname as name, indexdef as definition from pg_indexes where schemaname = 'public' and tablename in ('case', 'student', 'case_word') and indexdef not like '%UNIQUE%'`,
  );
  for (const { name } of indexes.rows) await client.query(`drop index "${name}"`);
  await client.query(`alter table "case" disable trigger user; alter table student disable trigger user`);
  const keys = await client.query<{ table: string; name: string; definition: string }>(
    `select conrelid::regclass::text as table, conname as name, pg_get_constraintdef(oid) as definition from pg_constraint where contype = 'f' and conrelid in ('"case"'::regclass, 'student'::regclass)`,
  );
  for (const key of keys.rows) await client.query(`alter table ${key.table} drop constraint "${key.name}"`);

  await say("districts, settings, people", async () => {
    await client.query(
      `insert into district (nces_id, name, state, city, slug, case_transfers_on)
       select lpad(i::text, 7, '0'), 'District ' || i, (array['TX','CA','OH','NY','FL','IL'])[1 + i % 6], 'City ' || i % 900, 'd-' || i, true from generate_series(1, $1::int) i`,
      [size.districts],
    );
    await client.query(`insert into district_settings (district_id) select id from district`);
    // Each district has people of its own: somebody who belongs to all of them would carry 13,500 names in their switcher.
    await client.query(
      `insert into app_user (email, name) select 'person' || i || '@' || d.slug || '.example', 'Person ' || i from district d, generate_series(1, 4) i`,
    );
    await client.query(
      `insert into membership (district_id, user_id, username, name, email, permissions, joined_at)
       select d.id, u.id, split_part(u.email, '@', 1), (array['Renata Kowalczyk','Paul Whitcomb','Lena Osei','Ian Brasher'])[right(u.name, 1)::int], u.email,
         case when u.name = 'Person 1' then array['manageCases', 'manageDocuments', 'manageDistrict'] else '{}'::text[] end, now()
       from app_user u join district d on d.slug || '.example' = split_part(u.email, '@', 2)`,
    );
    await client.query(
      `insert into building (district_id, name) select id, b from district, unnest(array['North High', 'South Middle', 'East Elementary']) b`,
    );
    await client.query(
      `insert into team (district_id, name, leader_id) select d.id, t, (select m.id from membership m where m.district_id = d.id and m.name = 'Paul Whitcomb') from district d, unnest(array['Threat Assessment', 'Student Support']) t`,
    );
  });
  await client.query(`
    create temp table syllable as select row_number() over () n, a || b w from unnest(array['ka','ro','mi','te','la','ben','dor','ver','hal','sto','gri','mar','ost','win','pel','jun']) a, unnest(array['ra','son','lin','ton','man','ley','berg','ova','ski','ez','etti','ard','wyn','mund','ford','by']) b;
    create temp table place as select d.id district_id, d.n, array(select b.id from building b where b.district_id = d.id order by b.name) buildings, array(select t.id from team t where t.district_id = d.id order by t.name) teams,
      array(select m.id from membership m where m.district_id = d.id order by m.name) managers from (select id, row_number() over (order by nces_id) n from district) d;
    create unique index on place (n); analyze place;`);
  // Number i belongs to district 1 up to the largest one's size, then to the others in turn.
  const districtOf = (largest: number) => `case when i <= ${largest} then 1 else 2 + i % ${size.districts - 1} end`;
  await say("students", () =>
    client.query(`
      insert into student (district_id, sis_id, given_name, family_name, birth_date, grade, building_id)
      select p.district_id, i::text, initcap(g.w), initcap(case when i % 1009 = 7 then '${words.rare}' else f.w end), date '2008-01-01' + i % 4000, (1 + i % 12)::text, p.buildings[1 + i % 3]
      from generate_series(1, ${size.students}) i join place p on p.n = ${districtOf(Math.round((size.students * 17) / 220))} join syllable g on g.n = 1 + (i * 7) % 256 join syllable f on f.n = 1 + (i / 256 * 13 + i * 5) % 256`),
  );
  await client.query(
    `create temp table pupil as select district_id, id, given_name, family_name, row_number() over (partition by district_id order by sis_id) k from student; create index on pupil (district_id, k); create temp table class as select district_id, count(*) total from student group by 1; analyze pupil; analyze class`,
  );
  await say("cases", () =>
    client.query(`
      insert into "case" (district_id, number, student_id, building_id, team_id, manager_id, status, level, updated_at, closed_at, person_sort, search)
      select p.district_id, number, s.id, p.buildings[b], p.teams[t], p.managers[m], (array['open','open','open','monitoring','closed'])[1 + i % 5], (array['low','moderate','high','imminent'])[1 + i % 4],
        timestamptz '2026-11-22' - make_interval(secs => (i * 37) % 31000000), case when i % 5 = 4 then timestamptz '2026-11-22' - make_interval(secs => (i * 37) % 31000000) end, lower(s.family_name || ' ' || s.given_name),
        lower(concat_ws(' ', '', replace(number, '-', ' '), replace(number, '-', ''), s.given_name, s.family_name, (array['east elementary', 'north high', 'south middle'])[b], (array['student support', 'threat assessment'])[t],
          'paul whitcomb', (array['ian brasher', 'lena osei', 'paul whitcomb', 'renata kowalczyk'])[m]))
      from (select i, 2020 + i % 7 || '-' || lpad(i::text, 7, '0') number, 1 + i % 3 b, 1 + i % 2 t, 1 + i % 4 m from generate_series(1, ${size.cases}) i) i
      join place p on p.n = ${districtOf(size.largest)}
      join class q on q.district_id = p.district_id
      join pupil s on s.district_id = p.district_id and s.k = 1 + i % q.total`),
  );
  await say("indexes", async () => {
    for (const { definition } of indexes.rows) await client.query(definition);
  });
  await say("foreign keys", async () => {
    for (const key of keys.rows)
      await client.query(`alter table ${key.table} add constraint "${key.name}" ${key.definition}`);
  });
  await say("words, statistics", async () => {
    await client.query(
      `insert into case_word (district_id, word) select distinct c.district_id, w from "case" c join place p on p.district_id = c.district_id and p.n = 1, unnest(string_to_array(trim(c.search), ' ')) w where length(w) > 2 on conflict do nothing`,
    );
    await client.query(`alter table "case" enable trigger user; alter table student enable trigger user`);
    await client.query("vacuum analyze");
  });
  const { rows } = await client.query<{ id: string; n: string }>(
    `select district_id id, count(*) n from "case" group by 1 order by 2 desc limit 1`,
  );
  return rows[0]?.id as string;
}
