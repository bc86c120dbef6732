-- A renamed building, team or person is found by the new name at once; a change of anything else (a permission, a grade) touches no
-- case: going through all cases of the district took 30 s for a permission where there are 100,000.

create function case_refill() returns trigger language plpgsql set search_path = public, pg_temp as $$
declare
  v_cases uuid[];
  v_sorts boolean := tg_table_name in ('student', 'person');
begin
  if tg_table_name = 'student' then
    select array_agg(c.id) into v_cases from changed x join was o on o.district_id = x.district_id and o.id = x.id
      join "case" c on c.district_id = x.district_id and c.student_id = x.id
    where (x.given_name, x.preferred_name, x.family_name) is distinct from (o.given_name, o.preferred_name, o.family_name);
  elsif tg_table_name = 'person' then
    select array_agg(c.id) into v_cases from changed x join was o on o.district_id = x.district_id and o.id = x.id
      join "case" c on c.district_id = x.district_id and c.person_id = x.id
    where (x.given_name, x.preferred_name, x.family_name) is distinct from (o.given_name, o.preferred_name, o.family_name);
  elsif tg_table_name = 'building' then
    select array_agg(c.id) into v_cases from changed x join was o on o.district_id = x.district_id and o.id = x.id
      join "case" c on c.district_id = x.district_id and c.building_id = x.id
    where x.name is distinct from o.name;
  elsif tg_table_name = 'team' then
    select array_agg(c.id) into v_cases from changed x join was o on o.district_id = x.district_id and o.id = x.id
      join "case" c on c.district_id = x.district_id and c.team_id = x.id
    where (x.name, x.leader_id) is distinct from (o.name, o.leader_id);
  elsif exists (select 1 from changed x join was o on o.district_id = x.district_id and o.id = x.id where x.name is distinct from o.name) then
    select array_agg(h.id) into v_cases from (
      select c.id from changed x join was o on o.district_id = x.district_id and o.id = x.id
        join "case" c on c.district_id = x.district_id and c.manager_id = x.id
      where x.name is distinct from o.name
      union
      select c.id from changed x join was o on o.district_id = x.district_id and o.id = x.id
        join team t on t.district_id = x.district_id and t.leader_id = x.id
        join "case" c on c.district_id = t.district_id and c.team_id = t.id
      where x.name is distinct from o.name) h;
  end if;
  if v_cases is not null then
    update "case" c set search = ' ' || case_text(c), person_sort = case when v_sorts then case_person_sort(c) else c.person_sort end
    where c.district_id in (select x.district_id from changed x) and c.id = any (v_cases);
  end if;
  return null;
end $$;

create trigger case_refill after update on student referencing old table as was new table as changed for each statement execute function case_refill();
create trigger case_refill after update on person referencing old table as was new table as changed for each statement execute function case_refill();
create trigger case_refill after update on building referencing old table as was new table as changed for each statement execute function case_refill();
create trigger case_refill after update on team referencing old table as was new table as changed for each statement execute function case_refill();
create trigger case_refill after update on membership referencing old table as was new table as changed for each statement execute function case_refill();
