-- A new name of a building, team or person reaches the words of its cases: at once for some, by the worker for thousands.

create table case_due (
  district_id uuid not null references district,
  case_id uuid not null,
  primary key (district_id, case_id),
  foreign key (district_id, case_id) references "case" (district_id, id) on delete cascade
);
comment on table case_due is 'Cases whose search words are older than a name in them.';
alter table case_due enable row level security;
alter table case_due force row level security;
create policy owner on case_due to current_user using (true) with check (true);
create policy tenant on case_due to baton_runtime using (district_id = (select current_district())) with check (district_id = (select current_district()));
create policy jobs on case_due for select to baton_runtime using ((select system_reason()) = 'jobs');
grant select, insert, update, delete on case_due to baton_runtime;

create or replace function case_refill() returns trigger language plpgsql set search_path = public, pg_temp as $$
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
  -- Thousands of cases' words wait for the worker, who takes them in small lots: 25,000 took as long as a transaction may last.
  if cardinality(v_cases) > 2000 then
    insert into case_due (district_id, case_id) select c.district_id, c.id from "case" c
    where c.district_id in (select x.district_id from changed x) and c.id = any (v_cases) on conflict do nothing;
  elsif v_cases is not null then
    update "case" c set search = ' ' || case_text(c), person_sort = case when v_sorts then case_person_sort(c) else c.person_sort end
    where c.district_id in (select x.district_id from changed x) and c.id = any (v_cases);
  end if;
  return null;
end $$;
