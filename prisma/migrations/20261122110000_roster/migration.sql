-- The roster: OneRoster CSV bundles, checked before they're applied (product.md, section 4, Roster).
--   source_id    OneRoster's sourcedId: what the roster calls a student or building, whatever their number or name becomes
--   source_hash  of the student as the roster told them last: a row that is the same again needs no look at the database

alter table student add column source_id text, add column source_hash bytea check (length(source_hash) = 16), add column left_on date;
create unique index student_source on student (district_id, source_id) where source_id is not null;
create index student_departed on student (district_id, left_on) where not active;
alter table building add column source_id text;
create unique index building_source on building (district_id, source_id) where source_id is not null;

-- When the list of what a new district still needs was put away.
alter table district_settings add column setup_hidden_at timestamptz;

create table roster_import (
  district_id uuid not null references district,
  id uuid not null default gen_random_uuid(),
  status text not null default 'checking' check (status in ('checking', 'ready', 'held', 'failed', 'applying', 'applied', 'discarded')),
  file_name text not null check (length(file_name) between 1 and 255),
  file_bytes bigint not null,
  -- The bundle as it came; gone once the import is decided.
  file_id uuid,
  -- Which file of the pick-up folder it was: name, size, time.
  pickup_mark text,
  uploaded_by uuid,
  uploaded_by_name text not null,
  uploaded_at timestamptz not null default now(),
  kind text check (kind in ('bulk', 'delta')),
  version text check (version in ('1.1', '1.2')),
  -- Counts how often the check or the applying was begun: whoever was overtaken writes no more.
  attempt int not null default 0,
  begun_at timestamptz not null default now(),
  rows_read int not null default 0,
  active_before int not null default 0,
  added int not null default 0,
  changed int not null default 0,
  returned int not null default 0,
  leaving int not null default 0,
  unchanged int not null default 0,
  staff int not null default 0,
  error_count int not null default 0,
  note_count int not null default 0,
  -- The schools of the bundle: [{"id", "name"}].
  schools jsonb not null default '[]',
  failure text,
  failure_detail text,
  checked_at timestamptz,
  decided_by uuid,
  decided_by_name text,
  decided_at timestamptz,
  applied_at timestamptz,
  primary key (district_id, id),
  foreign key (district_id, file_id) references stored_file (district_id, id),
  foreign key (district_id, uploaded_by) references membership (district_id, id),
  foreign key (district_id, decided_by) references membership (district_id, id)
);
comment on table roster_import is 'History of roster imports. checking → ready | held | failed; ready, held → applying | discarded; applying → applied | failed.';
-- One at a time.
create unique index roster_import_open on roster_import (district_id) where status in ('checking', 'ready', 'held', 'applying');
create unique index roster_import_pickup on roster_import (district_id, pickup_mark) where pickup_mark is not null;
create index roster_import_history on roster_import (district_id, uploaded_at desc);
create index roster_import_file on roster_import (district_id, file_id) where file_id is not null;
create index roster_import_busy on roster_import (begun_at) where status in ('checking', 'applying');

create table roster_row (
  district_id uuid not null,
  import_id uuid not null,
  n int not null,
  what text not null check (what in ('add', 'change', 'back', 'same', 'leave', 'staff')),
  line int,
  student_id uuid,
  source_id text,
  source_hash bytea,
  -- Which of the following the bundle told, by bits (lib/roster/record.ts); what it didn't tell stays as it is.
  told int not null default 0,
  sis_id text,
  state_id text,
  given_name text,
  middle_name text,
  family_name text,
  preferred_name text,
  birth_date date,
  grade text,
  school text,
  -- Of staff.
  email text,
  username text,
  role text,
  primary key (district_id, import_id, n),
  foreign key (district_id, import_id) references roster_import (district_id, id) on delete cascade
);
comment on table roster_row is 'What an import would change, until it''s applied or discarded; rows that change nothing aren''t in it.';
create index roster_row_student on roster_row (district_id, import_id, student_id) where student_id is not null;

create table roster_problem (
  district_id uuid not null,
  import_id uuid not null,
  n int not null,
  file text not null,
  line int,
  column_name text,
  reason text not null,
  detail text,
  -- The row wasn't taken; otherwise a value of it was left out.
  refused boolean not null,
  primary key (district_id, import_id, n),
  foreign key (district_id, import_id) references roster_import (district_id, id) on delete cascade
);

create table staff_proposal (
  district_id uuid not null references district,
  id uuid not null default gen_random_uuid(),
  source_id text not null,
  source_hash bytea not null check (length(source_hash) = 16),
  given_name text not null,
  family_name text not null,
  email text,
  username text,
  role text not null,
  building_id uuid,
  on_roster boolean not null default true,
  dismissed_at timestamptz,
  created_at timestamptz not null default now(),
  primary key (district_id, id),
  unique (district_id, source_id),
  foreign key (district_id, building_id) references building (district_id, id)
);
comment on table staff_proposal is 'Staff of the roster, proposed as users; permissions come from whoever invites them.';

do $$
declare t text;
begin
  foreach t in array array['roster_import', 'roster_row', 'roster_problem', 'staff_proposal'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('create policy owner on %I to current_user using (true) with check (true)', t);
    execute format('create policy tenant on %I to baton_runtime using (district_id = (select current_district())) with check (district_id = (select current_district()))', t);
    execute format('grant select, insert, update, delete on %I to baton_runtime', t);
  end loop;
end $$;
-- The worker looks for imports that were left behind, in any district.
create policy jobs on roster_import for select to baton_runtime using ((select system_reason()) = 'jobs');

-- A decided import stays as it was decided, and nothing is applied that wasn't checked.
create function refuse_import_step() returns trigger language plpgsql as $$
begin
  if new.status <> old.status and not (
    (old.status = 'checking' and new.status in ('ready', 'held', 'failed', 'discarded'))
    or (old.status in ('ready', 'held') and new.status in ('applying', 'discarded'))
    or (old.status = 'applying' and new.status in ('applied', 'failed'))) then
    raise exception 'no step from % to %', old.status, new.status using errcode = 'BT007';
  end if;
  return new;
end $$;
create trigger refuse_import_step before update on roster_import for each row execute function refuse_import_step();

-- An import changes all students at once. What a transition table holds isn't known when a function's plan is made and kept: a plan
-- made for one student's new name went through 200,000 × 200,000 pairs. So this one's is made anew each time, for a millisecond.
create function case_refill_student() returns trigger language plpgsql set search_path = public, pg_temp as $$
declare
  v_cases uuid[];
begin
  execute $sql$
    select array_agg(c.id) from changed x join was o on o.district_id = x.district_id and o.id = x.id
      join "case" c on c.district_id = x.district_id and c.student_id = x.id
    where (x.given_name, x.preferred_name, x.family_name) is distinct from (o.given_name, o.preferred_name, o.family_name)
  $sql$ into v_cases;
  if cardinality(v_cases) > 2000 then
    execute 'insert into case_due (district_id, case_id) select (select x.district_id from changed x limit 1), c from unnest($1) c on conflict do nothing' using v_cases;
  elsif v_cases is not null then
    execute 'update "case" c set search = '' '' || case_text(c), person_sort = case_person_sort(c)
      where c.district_id = (select x.district_id from changed x limit 1) and c.id = any ($1)' using v_cases;
  end if;
  return null;
end $$;
drop trigger case_refill on student;
create trigger case_refill after update on student referencing old table as was new table as changed for each statement execute function case_refill_student();
