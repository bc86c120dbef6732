-- The foundation: roles, tables, fences, doors. Read top down.
--   baton_runtime   what the app may do; the login of DATABASE_URL is made a member of it
--   baton_search    owns the case search: row-level security keeps its index from being used otherwise
--   baton_exchange  owns what passes between two districts
--   baton_audit     owns the appending of audit rows
-- Tenant tables have (district_id, id) as their key, so that no row can point into another district.

create extension if not exists pg_trgm;
create extension if not exists unaccent;
create extension if not exists btree_gin;

do $$
declare r text;
begin
  foreach r in array array['baton_runtime', 'baton_search', 'baton_exchange', 'baton_audit'] loop
    begin
      execute format('create role %I nologin', r);
    exception when duplicate_object or unique_violation then null;
    end;
    -- Functions are handed over to these roles below; that needs membership (PostgreSQL 16 and later).
    execute format('grant %I to current_user', r);
  end loop;
end $$;

grant usage on schema public to baton_runtime, baton_search, baton_exchange, baton_audit;
grant create on schema public to baton_search, baton_exchange, baton_audit;

-- ---------------------------------------------------------------- who is asking

create function current_district() returns uuid language sql stable parallel safe
  as $$ select nullif(current_setting('app.district_id', true), '')::uuid $$;
create function current_member() returns uuid language sql stable parallel safe
  as $$ select nullif(current_setting('app.membership_id', true), '')::uuid $$;
create function current_app_user() returns uuid language sql stable parallel safe
  as $$ select nullif(current_setting('app.user_id', true), '')::uuid $$;
-- The transfer that the exchange door was opened for.
create function current_transfer() returns uuid language sql stable parallel safe
  as $$ select nullif(current_setting('app.transfer_id', true), '')::uuid $$;
-- The named reason of a system door: sign-in, directory, jobs.
create function system_reason() returns text language sql stable parallel safe
  as $$ select nullif(current_setting('app.system', true), '') $$;

-- One form for what is searched and what is typed: no case, accents or punctuation; apostrophes join (O'Brien = obrien).
create function norm(t text) returns text language sql immutable parallel safe
  set search_path = public, pg_temp
  as $$ select trim(regexp_replace(regexp_replace(lower(unaccent('unaccent'::regdictionary, normalize(coalesce(t, ''), NFKC))), '[''’ʼ`´]', '', 'g'), '[^[:alnum:]]+', ' ', 'g')) $$;

-- ---------------------------------------------------------------- directory, sign-in

create table district (
  id uuid primary key default gen_random_uuid(),
  nces_id text not null unique,
  name text not null,
  state text not null check (state ~ '^[A-Z]{2}$'),
  city text,
  domain text,
  slug text unique check (slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$'),
  case_transfers_on boolean not null default false,
  documents_off boolean not null default false,
  created_at timestamptz not null default now(),
  search text not null generated always as (' ' || norm(name || ' ' || coalesce(city, '') || ' ' || state || ' ' || nces_id || ' ' || coalesce(domain, ''))) stored,
  check (slug is not null or not case_transfers_on)
);
comment on table district is 'The directory: all districts of the country; those with a slug are tenants. Public to every tenant.';
create index district_search on district using gin (search gin_trgm_ops);
create index district_name on district (name, id);
create index district_tenant on district (id) where slug is not null;

create table app_user (
  id uuid primary key default gen_random_uuid(),
  email text not null unique check (email = lower(email)),
  name text not null,
  password_hash text,
  failed_count int not null default 0,
  locked_until timestamptz,
  created_at timestamptz not null default now()
);

create table session (
  id uuid primary key default gen_random_uuid(),
  token_hash bytea not null unique,
  user_id uuid not null references app_user on delete cascade,
  created_at timestamptz not null default now(),
  last_seen_at timestamptz not null default now(),
  ip text,
  agent text
);
create index session_of_user on session (user_id);

create table attempt (
  key text primary key,
  count int not null,
  since timestamptz not null
);
comment on table attempt is 'Counted tries per address or account: a row per key, one window each.';

-- ---------------------------------------------------------------- a district's own

create table district_settings (
  district_id uuid primary key references district,
  time_zone text not null default 'America/Chicago',
  expiry_days int not null default 14 check (expiry_days between 1 and 90),
  coordinator_name text,
  coordinator_title text,
  coordinator_email text,
  coordinator_phone text,
  coordinator_shown boolean not null default false,
  switch_changed_at timestamptz,
  switch_changed_by uuid
);

create table membership (
  district_id uuid not null references district,
  id uuid not null default gen_random_uuid(),
  user_id uuid not null references app_user,
  username text not null check (username = lower(username)),
  name text not null,
  email text not null check (email = lower(email)),
  permissions text[] not null default '{}' check (permissions <@ array['manageCases', 'manageDocuments', 'manageDistrict', 'purge']),
  created_at timestamptz not null default now(),
  joined_at timestamptz,
  disabled_at timestamptz,
  primary key (district_id, id),
  unique (district_id, user_id),
  unique (district_id, username)
);
create index membership_user on membership (user_id);
alter table district_settings add foreign key (district_id, switch_changed_by) references membership (district_id, id);

create table invitation (
  district_id uuid not null,
  id uuid not null default gen_random_uuid(),
  membership_id uuid not null,
  token_hash bytea not null unique,
  expires_at timestamptz not null,
  used_at timestamptz,
  primary key (district_id, id),
  foreign key (district_id, membership_id) references membership (district_id, id) on delete cascade
);
create index invitation_membership on invitation (district_id, membership_id);

create table building (
  district_id uuid not null references district,
  id uuid not null default gen_random_uuid(),
  name text not null,
  primary key (district_id, id),
  unique (district_id, name)
);

create table team (
  district_id uuid not null references district,
  id uuid not null default gen_random_uuid(),
  name text not null,
  leader_id uuid,
  primary key (district_id, id),
  unique (district_id, name),
  foreign key (district_id, leader_id) references membership (district_id, id)
);

create table student (
  district_id uuid not null references district,
  id uuid not null default gen_random_uuid(),
  sis_id text not null,
  state_id text,
  given_name text not null,
  middle_name text,
  family_name text not null,
  preferred_name text,
  birth_date date,
  grade text,
  building_id uuid,
  active boolean not null default true,
  source text not null default 'roster' check (source in ('roster', 'manual')),
  search text not null generated always as (' ' || norm(given_name || ' ' || coalesce(preferred_name, '') || ' ' || family_name || ' ' || sis_id || ' ' || coalesce(state_id, ''))) stored,
  name_key text not null generated always as (norm(family_name || ' ' || given_name)) stored,
  primary key (district_id, id),
  unique (district_id, sis_id),
  foreign key (district_id, building_id) references building (district_id, id)
);
create index student_search on student using gin (district_id, search gin_trgm_ops);
create index student_name_key on student (district_id, name_key);
create index student_birth on student (district_id, birth_date);
create index student_state_id on student (district_id, state_id);

create table person (
  district_id uuid not null references district,
  id uuid not null default gen_random_uuid(),
  given_name text not null,
  middle_name text,
  preferred_name text,
  family_name text not null,
  birth_date date,
  state_id text,
  grade text,
  primary key (district_id, id)
);
comment on table person is 'A person of concern who is not on the roster.';

create table counter (
  district_id uuid not null references district,
  name text not null,
  value int not null,
  primary key (district_id, name)
);

create table stored_file (
  district_id uuid not null references district,
  id uuid not null default gen_random_uuid(),
  storage_key text not null,
  key_wrapped bytea not null,
  size bigint not null check (size > 0),
  sha256 bytea not null check (length(sha256) = 32),
  media_type text not null,
  created_at timestamptz not null default now(),
  primary key (district_id, id),
  unique (district_id, storage_key)
);
create index stored_file_key on stored_file (storage_key);

create table "case" (
  district_id uuid not null references district,
  id uuid not null default gen_random_uuid(),
  number text not null,
  student_id uuid,
  person_id uuid,
  building_id uuid,
  team_id uuid,
  manager_id uuid,
  status text not null default 'open' check (status in ('open', 'monitoring', 'closed')),
  level text not null default 'low' check (level in ('low', 'moderate', 'high', 'imminent')),
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  version int not null default 1,
  -- What came from another district: the transfer, its district, its number, the id of the first original, and building, team and people there.
  origin_transfer_id uuid,
  origin_district_id uuid references district,
  origin_number text,
  origin_case_id uuid,
  origin_place text,
  received_at timestamptz,
  person_sort text not null default '',
  search text not null default '',
  primary key (district_id, id),
  unique (district_id, number),
  check (num_nonnulls(student_id, person_id) = 1),
  foreign key (district_id, student_id) references student (district_id, id),
  foreign key (district_id, person_id) references person (district_id, id),
  foreign key (district_id, building_id) references building (district_id, id),
  foreign key (district_id, team_id) references team (district_id, id),
  foreign key (district_id, manager_id) references membership (district_id, id)
);
create index case_updated on "case" (district_id, updated_at desc, id);
create index case_search on "case" using gin (district_id, search gin_trgm_ops);
create index case_student on "case" (district_id, student_id) where student_id is not null;
create index case_person on "case" (district_id, person_id) where person_id is not null;
create index case_building on "case" (district_id, building_id);
create index case_team on "case" (district_id, team_id);
create index case_manager on "case" (district_id, manager_id);
create index case_origin on "case" (district_id, origin_case_id) where origin_case_id is not null;

create table case_word (
  district_id uuid not null references district,
  word text not null,
  primary key (district_id, word)
);
comment on table case_word is 'The words that a district''s cases can be found by, for close spellings.';
create index case_word_search on case_word using gin (district_id, word gin_trgm_ops);

create table case_assignment (
  district_id uuid not null,
  case_id uuid not null,
  membership_id uuid not null,
  primary key (district_id, case_id, membership_id),
  foreign key (district_id, case_id) references "case" (district_id, id) on delete cascade,
  foreign key (district_id, membership_id) references membership (district_id, id)
);
create index case_assignment_member on case_assignment (district_id, membership_id, case_id);

create table note (
  district_id uuid not null,
  id uuid not null default gen_random_uuid(),
  case_id uuid not null,
  author_id uuid,
  author_name text not null,
  body text not null check (length(body) between 1 and 10000),
  written_at timestamptz not null default now(),
  received boolean not null default false,
  primary key (district_id, id),
  foreign key (district_id, case_id) references "case" (district_id, id) on delete cascade,
  foreign key (district_id, author_id) references membership (district_id, id)
);
create index note_case on note (district_id, case_id, written_at desc);

create table strategy (
  district_id uuid not null,
  id uuid not null default gen_random_uuid(),
  case_id uuid not null,
  text text not null check (length(text) between 1 and 1000),
  started_on date,
  ended_on date,
  outcome text,
  primary key (district_id, id),
  foreign key (district_id, case_id) references "case" (district_id, id) on delete cascade,
  check (ended_on is null or started_on is null or ended_on >= started_on)
);
create index strategy_case on strategy (district_id, case_id);

create table task (
  district_id uuid not null,
  id uuid not null default gen_random_uuid(),
  case_id uuid not null,
  text text not null check (length(text) between 1 and 1000),
  assignee_id uuid,
  assignee_name text,
  due_on date,
  done_at timestamptz,
  primary key (district_id, id),
  foreign key (district_id, case_id) references "case" (district_id, id) on delete cascade,
  foreign key (district_id, assignee_id) references membership (district_id, id)
);
create index task_case on task (district_id, case_id);

create table attachment (
  district_id uuid not null,
  id uuid not null default gen_random_uuid(),
  case_id uuid not null,
  note_id uuid,
  file_id uuid not null,
  name text not null check (length(name) between 1 and 255),
  added_by uuid,
  added_by_name text not null,
  added_at timestamptz not null default now(),
  received boolean not null default false,
  primary key (district_id, id),
  foreign key (district_id, case_id) references "case" (district_id, id) on delete cascade,
  foreign key (district_id, note_id) references note (district_id, id),
  foreign key (district_id, file_id) references stored_file (district_id, id),
  foreign key (district_id, added_by) references membership (district_id, id)
);
create index attachment_case on attachment (district_id, case_id);
create index attachment_file on attachment (district_id, file_id);

-- ---------------------------------------------------------------- transfers

create table dispatch (
  district_id uuid not null references district,
  id uuid not null default gen_random_uuid(),
  created_by uuid not null,
  created_at timestamptz not null default now(),
  list_query text not null default '',
  notes_sealed bytea,
  sent_at timestamptz,
  primary key (district_id, id),
  foreign key (district_id, created_by) references membership (district_id, id)
);
comment on table dispatch is 'Drafted when cases are chosen; its id makes a repeated click find the answer of the first.';

create table dispatch_case (
  district_id uuid not null,
  dispatch_id uuid not null,
  case_id uuid not null,
  primary key (district_id, dispatch_id, case_id),
  foreign key (district_id, dispatch_id) references dispatch (district_id, id) on delete cascade,
  foreign key (district_id, case_id) references "case" (district_id, id) on delete cascade
);

create table transfer_rule (
  kind text not null,
  from_status text not null,
  verb text not null,
  side text not null check (side in ('sender', 'receiver', 'time')),
  to_status text not null,
  primary key (kind, from_status, verb)
);
comment on table transfer_rule is 'The state table; a test keeps it equal to lib/transfers/state.ts.';
insert into transfer_rule (kind, from_status, verb, side, to_status) values
  ('cases', 'preparing', 'seal', 'sender', 'pending'),
  ('cases', 'preparing', 'fail', 'sender', 'failed'),
  ('cases', 'pending', 'unlock', 'receiver', 'unlocked'),
  ('cases', 'pending', 'reject', 'receiver', 'rejected'),
  ('cases', 'pending', 'cancel', 'sender', 'cancelled'),
  ('cases', 'pending', 'expire', 'time', 'expired'),
  ('cases', 'unlocked', 'reject', 'receiver', 'rejected'),
  ('cases', 'unlocked', 'save', 'receiver', 'completed');

create table transfer (
  id uuid primary key default gen_random_uuid(),
  reference text not null unique,
  kind text not null default 'cases' check (kind in ('cases', 'documents')),
  dispatch_id uuid not null,
  sending_district_id uuid not null references district,
  receiving_district_id uuid not null references district,
  status text not null default 'preparing',
  item_count int not null check (item_count > 0),
  total_bytes bigint not null default 0,
  legal_basis text not null default 'enrollment' check (legal_basis in ('enrollment', 'consent', 'emergency')),
  spoke_with text,
  spoke_on date,
  created_at timestamptz not null default now(),
  sent_by uuid not null,
  sent_by_user uuid not null,
  sent_at timestamptz,
  expires_at timestamptz,
  locked_at timestamptz,
  code_version int not null default 0,
  unlocked_at timestamptz,
  decided_at timestamptz,
  reason text,
  reminded_at timestamptz,
  package_sha256 bytea,
  check (sending_district_id <> receiving_district_id),
  unique (dispatch_id, receiving_district_id),
  foreign key (sending_district_id, dispatch_id) references dispatch (district_id, id),
  foreign key (sending_district_id, sent_by) references membership (district_id, id)
);
create index transfer_outgoing on transfer (sending_district_id, created_at desc);
create index transfer_incoming on transfer (receiving_district_id, created_at desc);
create index transfer_due on transfer (expires_at) where status = 'pending';
create index transfer_preparing on transfer (created_at) where status = 'preparing';
create index transfer_unlocked on transfer (unlocked_at) where status = 'unlocked';

create table transfer_case (
  district_id uuid not null,
  transfer_id uuid not null references transfer on delete cascade,
  n int not null,
  case_id uuid not null,
  receiving_district_id uuid not null,
  open boolean not null default true,
  primary key (district_id, transfer_id, n),
  foreign key (district_id, case_id) references "case" (district_id, id)
);
comment on table transfer_case is 'The sender''s list of what is in a transfer. A case waits in one open transfer per destination.';
create unique index transfer_case_open on transfer_case (district_id, case_id, receiving_district_id) where open;
create index transfer_case_case on transfer_case (district_id, case_id);

create table transfer_key (
  transfer_id uuid primary key references transfer on delete cascade,
  salt bytea not null,
  verifier bytea not null,
  code_sealed bytea not null,
  key_by_code bytea not null,
  key_by_sender bytea not null,
  key_by_receiver bytea,
  tries_used int not null default 0 check (tries_used between 0 and 5)
);
comment on table transfer_key is 'Nobody reads this but the exchange functions below.';

create table transfer_event (
  id uuid primary key default gen_random_uuid(),
  transfer_id uuid not null references transfer on delete cascade,
  at timestamptz not null default clock_timestamp(),
  verb text not null,
  side text not null check (side in ('sender', 'receiver', 'time')),
  district_id uuid,
  membership_id uuid,
  user_id uuid,
  actor_name text,
  detail text
);
create index transfer_event_transfer on transfer_event (transfer_id, at);

create table package_item (
  transfer_id uuid not null references transfer on delete cascade,
  n int not null,
  sealed bytea not null,
  primary key (transfer_id, n)
);

create table package_file (
  transfer_id uuid not null references transfer on delete cascade,
  n int not null,
  item_n int not null,
  storage_key text not null,
  key_sealed bytea not null,
  size bigint not null,
  sha256 bytea not null,
  media_type text not null,
  primary key (transfer_id, n)
);
create index package_file_key on package_file (storage_key);

create table package_manifest (
  transfer_id uuid not null references transfer on delete cascade,
  n int not null,
  sha256 bytea not null,
  file_sha256 bytea[] not null,
  primary key (transfer_id, n)
);
comment on table package_manifest is 'What stays when the bytes and keys are gone: a SHA-256 per item and file, no names, no titles. The whole package''s is in transfer.';

create table doomed_object (
  storage_key text primary key,
  since timestamptz not null default now()
);
comment on table doomed_object is 'Objects of decided packages; the worker deletes them from the storage, then the row.';

create table intake (
  district_id uuid not null references district,
  transfer_id uuid not null references transfer on delete cascade,
  n int not null,
  decision text not null check (decision in ('link', 'new', 'leave')),
  student_id uuid,
  building_id uuid,
  team_id uuid,
  manager_id uuid,
  reason text,
  case_id uuid,
  decided_by uuid not null,
  decided_at timestamptz not null default now(),
  primary key (district_id, transfer_id, n),
  foreign key (district_id, student_id) references student (district_id, id),
  foreign key (district_id, building_id) references building (district_id, id),
  foreign key (district_id, team_id) references team (district_id, id),
  foreign key (district_id, manager_id) references membership (district_id, id),
  foreign key (district_id, decided_by) references membership (district_id, id),
  foreign key (district_id, case_id) references "case" (district_id, id),
  check ((decision = 'link') = (student_id is not null)),
  check (decision <> 'leave' or length(reason) > 0)
);
comment on table intake is 'What the receiver decided per case of an unlocked transfer; saved as one, or resumed by a colleague.';

create table received_cover (
  district_id uuid not null references district,
  transfer_id uuid not null references transfer on delete cascade,
  sent_by text not null,
  notes_sealed bytea not null,
  primary key (district_id, transfer_id)
);
comment on table received_cover is 'The sender''s notes of a saved transfer, wrapped for the receiver: the package itself is gone by then.';

-- ---------------------------------------------------------------- mail, audit, disclosure

create table mail (
  district_id uuid not null references district,
  id uuid not null default gen_random_uuid(),
  event text not null,
  event_key text not null,
  transfer_id uuid,
  membership_id uuid not null,
  to_address text not null,
  status text not null default 'waiting' check (status in ('waiting', 'sent', 'refused')),
  tries int not null default 0,
  last_error text,
  created_at timestamptz not null default now(),
  sent_at timestamptz,
  link text,
  primary key (district_id, id),
  unique (district_id, event_key, membership_id),
  foreign key (district_id, membership_id) references membership (district_id, id)
);
create index mail_transfer on mail (district_id, transfer_id);
create index mail_waiting on mail (created_at) where status = 'waiting';

create table audit (
  district_id uuid not null references district,
  seq bigint not null,
  at timestamptz not null,
  actor_id uuid,
  actor_name text,
  ip text,
  action text not null,
  subject text,
  subject_id uuid,
  detail jsonb not null default '{}',
  prev bytea not null,
  hash bytea not null,
  primary key (district_id, seq)
);
create index audit_subject on audit (district_id, subject_id);

create table audit_head (
  district_id uuid primary key references district,
  seq bigint not null,
  hash bytea not null
);

create table disclosure (
  district_id uuid not null references district,
  id uuid not null default gen_random_uuid(),
  at timestamptz not null default now(),
  student_id uuid,
  person_id uuid,
  category text not null,
  transfer_id uuid,
  recipient_district_id uuid references district,
  interest text not null,
  legal_basis text not null,
  made_by uuid,
  primary key (district_id, id),
  foreign key (district_id, student_id) references student (district_id, id),
  foreign key (district_id, person_id) references person (district_id, id),
  foreign key (district_id, made_by) references membership (district_id, id)
);
create index disclosure_student on disclosure (district_id, student_id, at desc);
create index disclosure_person on disclosure (district_id, person_id, at desc);

-- ---------------------------------------------------------------- the fence
-- The owner (migrations, backups, the command line) has a policy of its own: forced, it would be bound as well.

do $$
declare t text;
begin
  foreach t in array array['district_settings', 'membership', 'invitation', 'building', 'team', 'student', 'person', 'counter', 'stored_file',
    'case', 'case_word', 'case_assignment', 'note', 'strategy', 'task', 'attachment', 'dispatch', 'dispatch_case', 'transfer_case', 'intake', 'received_cover',
    'mail', 'audit', 'audit_head', 'disclosure'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('create policy owner on %I to current_user using (true) with check (true)', t);
    execute format('create policy tenant on %I to baton_runtime using (district_id = (select current_district())) with check (district_id = (select current_district()))', t);
    execute format('grant select, insert, update, delete on %I to baton_runtime', t);
  end loop;
  foreach t in array array['district', 'app_user', 'session', 'attempt', 'transfer', 'transfer_key', 'transfer_event', 'transfer_rule', 'package_item',
    'package_file', 'package_manifest', 'doomed_object'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('create policy owner on %I to current_user using (true) with check (true)', t);
  end loop;
end $$;

-- Append-only, or written by functions alone.
revoke insert, update, delete on audit, audit_head, transfer_case from baton_runtime;
revoke update, delete on disclosure from baton_runtime;

-- The directory is public to whoever stands in a district; a district changes its own row's switches alone.
grant select on district to baton_runtime;
grant update (case_transfers_on, documents_off) on district to baton_runtime;
create policy directory on district for select to baton_runtime using ((select current_district()) is not null or (select system_reason()) is not null);
create policy own on district for update to baton_runtime using (id = (select current_district())) with check (id = (select current_district()));

-- Signing in looks at people before there is a district.
grant select, insert, update, delete on app_user, session, attempt to baton_runtime;
create policy sign_in on app_user to baton_runtime using ((select system_reason()) = 'sign-in') with check ((select system_reason()) = 'sign-in');
create policy sign_in on session to baton_runtime using ((select system_reason()) = 'sign-in') with check ((select system_reason()) = 'sign-in');
create policy sign_in on attempt to baton_runtime using ((select system_reason()) = 'sign-in') with check ((select system_reason()) = 'sign-in');
create policy sign_in on membership to baton_runtime using ((select system_reason()) = 'sign-in') with check ((select system_reason()) = 'sign-in');
create policy sign_in on invitation to baton_runtime using ((select system_reason()) = 'sign-in') with check ((select system_reason()) = 'sign-in');

-- The worker finds its next district; what it does then, it does inside of it.
create policy jobs on mail for select to baton_runtime using ((select system_reason()) = 'jobs');
grant select, insert, delete on doomed_object to baton_runtime;
create policy jobs on doomed_object to baton_runtime using ((select system_reason()) = 'jobs') with check ((select system_reason()) = 'jobs');
create policy jobs on stored_file for select to baton_runtime using ((select system_reason()) = 'jobs');
create policy jobs on package_file for select to baton_runtime using ((select system_reason()) = 'jobs');

-- A transfer is seen by its two districts; while it's being prepared, by the sender alone.
grant select on transfer, transfer_event, transfer_rule, package_manifest to baton_runtime;
create policy parties on transfer for select to baton_runtime using (
  sending_district_id = (select current_district())
  or (receiving_district_id = (select current_district()) and status not in ('preparing', 'failed')));
create policy jobs on transfer for select to baton_runtime using ((select system_reason()) = 'jobs');
create policy parties on transfer_event for select to baton_runtime using (exists (select 1 from transfer t where t.id = transfer_id));
create policy parties on package_manifest for select to baton_runtime using (exists (select 1 from transfer t where t.id = transfer_id));
create policy tenants on transfer_rule for select to baton_runtime using ((select current_district()) is not null);

-- The sender writes the package while it's preparing; the receiver reads it through the exchange door once unlocked.
grant select, insert on package_item, package_file to baton_runtime;
grant insert on package_manifest to baton_runtime;
create policy seal on package_item for insert to baton_runtime with check (exists (
  select 1 from transfer t where t.id = transfer_id and t.sending_district_id = (select current_district()) and t.status = 'preparing' and t.id = (select current_transfer())));
create policy seal on package_file for insert to baton_runtime with check (exists (
  select 1 from transfer t where t.id = transfer_id and t.sending_district_id = (select current_district()) and t.status = 'preparing' and t.id = (select current_transfer())));
create policy seal on package_manifest for insert to baton_runtime with check (exists (
  select 1 from transfer t where t.id = transfer_id and t.sending_district_id = (select current_district()) and t.status = 'preparing' and t.id = (select current_transfer())));
create policy unlocked on package_item for select to baton_runtime using (transfer_id = (select current_transfer()) and exists (
  select 1 from transfer t where t.id = transfer_id and t.receiving_district_id = (select current_district()) and t.status = 'unlocked'));
create policy unlocked on package_file for select to baton_runtime using (transfer_id = (select current_transfer()) and exists (
  select 1 from transfer t where t.id = transfer_id and t.receiving_district_id = (select current_district()) and t.status = 'unlocked'));

-- ---------------------------------------------------------------- what a case is found by

create function case_text(c "case") returns text language sql stable set search_path = public, pg_temp as $$
  select norm(concat_ws(' ', c.number, replace(c.number, '-', ''), coalesce(s.given_name, p.given_name), coalesce(s.preferred_name, p.preferred_name), coalesce(s.family_name, p.family_name),
    b.name, t.name, l.name, m.name))
  from (select 1) one
  left join student s on s.district_id = c.district_id and s.id = c.student_id
  left join person p on p.district_id = c.district_id and p.id = c.person_id
  left join building b on b.district_id = c.district_id and b.id = c.building_id
  left join team t on t.district_id = c.district_id and t.id = c.team_id
  left join membership l on l.district_id = t.district_id and l.id = t.leader_id
  left join membership m on m.district_id = c.district_id and m.id = c.manager_id
$$;
create function case_person_sort(c "case") returns text language sql stable set search_path = public, pg_temp as $$
  select norm(concat_ws(' ', coalesce(s.family_name, p.family_name), coalesce(s.given_name, p.given_name)))
  from (select 1) one
  left join student s on s.district_id = c.district_id and s.id = c.student_id
  left join person p on p.district_id = c.district_id and p.id = c.person_id
$$;

create function case_fill() returns trigger language plpgsql set search_path = public, pg_temp as $$
begin
  new.search := ' ' || case_text(new);
  new.person_sort := case_person_sort(new);
  return new;
end $$;
create trigger case_fill before insert or update of number, student_id, person_id, building_id, team_id, manager_id on "case"
  for each row execute function case_fill();

create function case_learn() returns trigger language plpgsql set search_path = public, pg_temp as $$
begin
  insert into case_word (district_id, word)
  select distinct c.district_id, w from changed c, unnest(string_to_array(trim(c.search), ' ')) w where length(w) > 2
  except select k.district_id, k.word from case_word k
  on conflict do nothing;
  return null;
end $$;
create trigger case_learn_insert after insert on "case" referencing new table as changed for each statement execute function case_learn();
create trigger case_learn_update after update on "case" referencing new table as changed for each statement execute function case_learn();

-- Received history is another district's word: it stays as it came.
create function refuse_received() returns trigger language plpgsql as $$
begin
  if old.received and not (tg_op = 'DELETE' and pg_trigger_depth() > 1) then
    raise exception 'received rows are read-only' using errcode = 'BT001';
  end if;
  return case tg_op when 'DELETE' then old else new end;
end $$;
create trigger refuse_received before update or delete on note for each row execute function refuse_received();
create trigger refuse_received before update or delete on attachment for each row execute function refuse_received();

-- The search runs as a role of its own because under row-level security a trigram index isn't used (ILIKE isn't leakproof).
-- The tenant predicate stands in the statement instead. p_member: only cases that this membership is assigned to.
grant select on "case", case_assignment, case_word, building, team, membership to baton_search;
create policy search on "case" for select to baton_search using (true);
create policy search on case_assignment for select to baton_search using (true);
create policy search on case_word for select to baton_search using (true);
create policy search on building for select to baton_search using (true);
create policy search on team for select to baton_search using (true);
create policy search on membership for select to baton_search using (true);

-- Close spellings of one word, nearest first. The caller shows only those that still find something the member may see.
create function close_case_words(p_word text, p_limit int) returns setof text language sql stable security definer set search_path = public, pg_temp as $$
  select k.word from case_word k where k.district_id = current_district() and k.word % norm(p_word) and k.word <> norm(p_word)
  order by similarity(k.word, norm(p_word)) desc, k.word limit p_limit
$$;
alter function close_case_words owner to baton_search;

-- ---------------------------------------------------------------- audit

grant select, insert on audit to baton_audit;
grant select, insert, update on audit_head to baton_audit;
grant select on transfer to baton_audit;
create policy append on audit to baton_audit using (true) with check (true);
create policy append on audit_head to baton_audit using (true) with check (true);
create policy audit on transfer for select to baton_audit using (true);

-- Appends entries [{districtId, transferId?, actorId, actorName, ip, action, subject, subjectId, detail}] to their districts' chains.
-- The last statement of a transaction: it takes each chain's lock, in order of district id.
create function audit_append(p_entries jsonb) returns void language plpgsql security definer set search_path = public, pg_temp as $$
declare
  e jsonb;
  v_district uuid;
  v_head audit_head;
  v_at timestamptz;
  v_hash bytea;
begin
  -- An entry's hash needs the one before it, so they go one after another; each chain's head is locked and written once.
  for e in select x from jsonb_array_elements(p_entries) with ordinality o (x, i) order by x ->> 'districtId', i loop
    v_district := (e ->> 'districtId')::uuid;
    if v_head.district_id is distinct from v_district then
      update audit_head h set seq = v_head.seq, hash = v_head.hash where h.district_id = v_head.district_id;
      insert into audit_head (district_id, seq, hash) values (v_district, 0, sha256(convert_to(v_district::text, 'UTF8'))) on conflict do nothing;
      select * into v_head from audit_head h where h.district_id = v_district for update;
    end if;
    if v_district is distinct from current_district() and system_reason() is distinct from 'sign-in' and not exists (
      select 1 from transfer t where t.id = (e ->> 'transferId')::uuid
        and current_district() in (t.sending_district_id, t.receiving_district_id) and v_district in (t.sending_district_id, t.receiving_district_id)) then
      raise exception 'audit for another district' using errcode = 'BT002';
    end if;
    v_at := clock_timestamp();
    v_hash := sha256(v_head.hash || convert_to(jsonb_build_object('seq', v_head.seq + 1, 'at', extract(epoch from v_at)::text, 'actorId', e ->> 'actorId', 'actorName', e ->> 'actorName',
      'ip', e ->> 'ip', 'action', e ->> 'action', 'subject', e ->> 'subject', 'subjectId', e ->> 'subjectId', 'detail', coalesce(e -> 'detail', '{}'))::text, 'UTF8'));
    insert into audit (district_id, seq, at, actor_id, actor_name, ip, action, subject, subject_id, detail, prev, hash)
    values (v_district, v_head.seq + 1, v_at, (e ->> 'actorId')::uuid, e ->> 'actorName', e ->> 'ip', e ->> 'action', e ->> 'subject', (e ->> 'subjectId')::uuid,
      coalesce(e -> 'detail', '{}'), v_head.hash, v_hash);
    v_head.seq := v_head.seq + 1;
    v_head.hash := v_hash;
  end loop;
  update audit_head h set seq = v_head.seq, hash = v_head.hash where h.district_id = v_head.district_id;
end $$;
alter function audit_append owner to baton_audit;

create function refuse_change() returns trigger language plpgsql as $$
begin
  raise exception '% is append-only', tg_table_name using errcode = 'BT003';
end $$;
create trigger append_only before update or delete or truncate on audit for each statement execute function refuse_change();
create trigger append_only before update or delete or truncate on disclosure for each statement execute function refuse_change();

-- ---------------------------------------------------------------- the exchange

grant select, update on district to baton_exchange;
grant select on membership, "case", dispatch, dispatch_case, attachment, stored_file, transfer_rule, district_settings to baton_exchange;
grant update on dispatch to baton_exchange;
grant select, insert, update on transfer, transfer_case, transfer_event to baton_exchange;
grant select, insert, update, delete on transfer_key to baton_exchange;
grant select, delete on package_item, package_file to baton_exchange;
grant select on package_manifest to baton_exchange;
create policy exchange on package_manifest for select to baton_exchange using (true);
grant insert on doomed_object, disclosure to baton_exchange;
grant select on intake to baton_exchange;
create policy exchange on intake for select to baton_exchange using (district_id = (select current_district()));
grant select on disclosure to baton_exchange;
create policy exchange on district to baton_exchange using (true) with check (true);
create policy exchange on district_settings for select to baton_exchange using (true);
create policy exchange on membership for select to baton_exchange using (district_id = (select current_district()));
create policy exchange on "case" for select to baton_exchange using (district_id = (select current_district()));
create policy exchange on dispatch to baton_exchange using (district_id = (select current_district()));
create policy exchange on dispatch_case for select to baton_exchange using (district_id = (select current_district()));
create policy exchange on attachment for select to baton_exchange using (district_id = (select current_district()));
create policy exchange on stored_file for select to baton_exchange using (true);
create policy exchange on disclosure to baton_exchange using (true) with check (true);
create policy exchange on transfer_rule for select to baton_exchange using (true);
create policy exchange on transfer to baton_exchange using (true) with check (true);
create policy exchange on transfer_case to baton_exchange using (true) with check (true);
create policy exchange on transfer_event to baton_exchange using (true) with check (true);
create policy exchange on transfer_key to baton_exchange using (true) with check (true);
create policy exchange on package_item to baton_exchange using (true) with check (true);
create policy exchange on package_file to baton_exchange using (true) with check (true);
create policy exchange on doomed_object for insert to baton_exchange with check (true);

-- What the table doesn't hold, the database refuses, whoever asks.
create function refuse_transition() returns trigger language plpgsql set search_path = public, pg_temp as $$
begin
  if tg_op = 'INSERT' then
    if new.status <> 'preparing' then raise exception 'a transfer starts as preparing' using errcode = 'BT004'; end if;
    return new;
  end if;
  if (new.id, new.kind, new.sending_district_id, new.receiving_district_id, new.dispatch_id) is distinct from (old.id, old.kind, old.sending_district_id, old.receiving_district_id, old.dispatch_id) then
    raise exception 'a transfer keeps its districts' using errcode = 'BT004';
  end if;
  if new.status <> old.status and not exists (
    select 1 from transfer_rule r where r.kind = old.kind and r.from_status = old.status and r.to_status = new.status) then
    raise exception 'no transition from % to %', old.status, new.status using errcode = 'BT004';
  end if;
  return new;
end $$;
create trigger refuse_transition before insert or update on transfer for each row execute function refuse_transition();

create function transfer_note(p_transfer uuid, p_verb text, p_side text, p_detail text) returns void language sql security definer set search_path = public, pg_temp as $$
  insert into transfer_event (transfer_id, verb, side, district_id, membership_id, user_id, actor_name, detail)
  select p_transfer, p_verb, p_side, current_district(), current_member(), current_app_user(),
    (select m.name from membership m where m.district_id = current_district() and m.id = current_member()), p_detail
$$;
alter function transfer_note owner to baton_exchange;
revoke execute on function transfer_note from public;
grant execute on function transfer_note to baton_exchange;

-- Claims a dispatch's cases for each destination: all or, where a district's switch is off or a district is no tenant, none.
-- Returns a row per destination: the transfer, or why not (off_here, off_there, unknown, nothing). A case that waits for the same district stays out.
create function exchange_claim(p_dispatch uuid, p_receivers uuid[], p_basis text, p_spoke_with text, p_spoke_on date)
  returns table (o_receiver uuid, o_transfer uuid, o_problem text) language plpgsql security definer set search_path = public, pg_temp as $$
declare
  v_from uuid := current_district();
  v_to uuid;
  v_transfer uuid;
  v_count int;
  v_bytes bigint;
  v_refused boolean := false;
begin
  perform 1 from dispatch d where d.district_id = v_from and d.id = p_dispatch and d.created_by = current_member() for update;
  if not found then return; end if;
  if exists (select 1 from transfer t where t.sending_district_id = v_from and t.dispatch_id = p_dispatch) then
    return query select t.receiving_district_id, t.id, null::text from transfer t where t.sending_district_id = v_from and t.dispatch_id = p_dispatch;
    return;
  end if;
  -- In order of id, so that two districts that send to each other don't wait for one another.
  perform 1 from district d where d.id = v_from or d.id = any (p_receivers) order by d.id for share;
  for o_receiver, o_problem in
    select x.id, case when not (select h.case_transfers_on from district h where h.id = v_from) then 'off_here'
      when d.id is null or d.slug is null or d.id = v_from then 'unknown'
      when not d.case_transfers_on then 'off_there' end
    from unnest(p_receivers) x (id) left join district d on d.id = x.id
  loop
    if o_problem is not null then v_refused := true; return next; end if;
  end loop;
  if v_refused then return; end if;

  for v_to in select distinct x from unnest(p_receivers) x order by x loop
    -- Who sends to the same district at this moment waits here, and then finds the cases claimed: nobody's list gets a gap.
    perform pg_advisory_xact_lock(hashtextextended(v_from::text || v_to::text, 2));
    v_transfer := gen_random_uuid();
    select count(*), coalesce(sum(b.bytes), 0) into v_count, v_bytes
    from dispatch_case dc
    left join lateral (select sum(f.size) bytes from attachment a join stored_file f on f.district_id = a.district_id and f.id = a.file_id
      where a.district_id = v_from and a.case_id = dc.case_id) b on true
    where dc.district_id = v_from and dc.dispatch_id = p_dispatch
      and not exists (select 1 from transfer_case o where o.district_id = v_from and o.case_id = dc.case_id and o.receiving_district_id = v_to and o.open);
    o_receiver := v_to;
    if v_count = 0 then
      o_transfer := null; o_problem := 'nothing'; return next;
      continue;
    end if;
    insert into transfer (id, reference, dispatch_id, sending_district_id, receiving_district_id, item_count, total_bytes, legal_basis, spoke_with, spoke_on, sent_by, sent_by_user)
    values (v_transfer, new_reference(), p_dispatch, v_from, v_to, v_count, v_bytes, p_basis, p_spoke_with, p_spoke_on, current_member(), current_app_user());
    insert into transfer_case (district_id, transfer_id, n, case_id, receiving_district_id)
    select v_from, v_transfer, row_number() over (order by c.person_sort, c.number), c.id, v_to
    from dispatch_case dc join "case" c on c.district_id = dc.district_id and c.id = dc.case_id
    where dc.district_id = v_from and dc.dispatch_id = p_dispatch
      and not exists (select 1 from transfer_case o where o.district_id = v_from and o.case_id = dc.case_id and o.receiving_district_id = v_to and o.open);
    -- Fewer than counted where a case was deleted in between; with none left the table's check refuses, and all of it is rolled back.
    get diagnostics v_count = row_count;
    update transfer t set item_count = v_count where t.id = v_transfer and t.item_count <> v_count;
    o_transfer := v_transfer; o_problem := null; return next;
  end loop;
  update dispatch d set sent_at = now() where d.district_id = v_from and d.id = p_dispatch;
end $$;

-- Random, so that it tells nobody how many transfers there are.
create function new_reference() returns text language plpgsql volatile set search_path = public, pg_temp as $$
declare v text;
begin
  loop
    v := 'T-' || to_char(now(), 'YYYY') || '-' || lpad(floor(random() * 1000000)::int::text, 6, '0');
    exit when not exists (select 1 from transfer t where t.reference = v);
  end loop;
  return v;
end $$;
alter function new_reference owner to baton_exchange;
alter function exchange_claim owner to baton_exchange;

-- Applies one verb of the state table for the side that the caller stands on; the guarded update that succeeds once.
-- Returns the new status, or null: not there, not yours, or somebody was first.
create function exchange_apply(p_transfer uuid, p_verb text, p_detail text) returns text language plpgsql security definer set search_path = public, pg_temp as $$
declare
  t transfer;
  v_side text;
begin
  update transfer x set
    status = r.to_status,
    sent_at = case when p_verb = 'seal' then now() else x.sent_at end,
    unlocked_at = case when p_verb = 'unlock' then now() else x.unlocked_at end,
    decided_at = case when r.to_status in ('rejected', 'cancelled', 'expired', 'completed', 'failed') then now() end,
    reason = case when p_verb in ('reject', 'fail') then p_detail else x.reason end
  from transfer_rule r
  where x.id = p_transfer and x.id = current_transfer() and r.kind = x.kind and r.from_status = x.status and r.verb = p_verb
    and case r.side when 'sender' then x.sending_district_id when 'receiver' then x.receiving_district_id
      else case when x.expires_at <= now() then current_district() end end = current_district()
    and current_district() in (x.sending_district_id, x.receiving_district_id)
  returning x.* into t;
  if not found then return null; end if;
  select r.side into v_side from transfer_rule r where r.kind = t.kind and r.verb = p_verb limit 1;
  perform transfer_note(t.id, p_verb, v_side, case when p_verb in ('reject', 'fail') then p_detail end);
  if t.decided_at is not null then
    update transfer_case c set open = false where c.district_id = t.sending_district_id and c.transfer_id = t.id;
    -- The bytes that the receiver took over live on under its own key; all others go.
    insert into doomed_object (storage_key) select f.storage_key from package_file f where f.transfer_id = t.id
      and not exists (select 1 from stored_file s where s.storage_key = f.storage_key);
    delete from package_file f where f.transfer_id = t.id;
    delete from package_item i where i.transfer_id = t.id;
    delete from transfer_key k where k.transfer_id = t.id;
  end if;
  return t.status;
end $$;
alter function exchange_apply owner to baton_exchange;
revoke execute on function exchange_apply from public;
grant execute on function exchange_apply to baton_exchange;

-- The verbs that end a transfer. seal and unlock have functions of their own, since they need more than a state.
create function exchange_decide(p_transfer uuid, p_verb text, p_reason text) returns text language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if p_verb not in ('fail', 'reject', 'cancel', 'expire', 'save') then raise exception 'no such decision' using errcode = 'BT004'; end if;
  if p_verb = 'save' and (select count(*) from intake i where i.district_id = current_district() and i.transfer_id = p_transfer)
    <> (select t.item_count from transfer t where t.id = p_transfer and t.receiving_district_id = current_district() and t.status = 'unlocked') then
    raise exception 'details are missing' using errcode = 'BT006';
  end if;
  return exchange_apply(p_transfer, p_verb, p_reason);
end $$;
alter function exchange_decide owner to baton_exchange;

-- preparing → pending: the package lies sealed, the code is known. Writes the sender's disclosure rows (34 CFR 99.32).
create function exchange_seal(p_transfer uuid, p_total_bytes bigint, p_expires_at timestamptz, p_salt bytea, p_verifier bytea, p_code_sealed bytea, p_key_by_code bytea, p_key_by_sender bytea)
  returns text language plpgsql security definer set search_path = public, pg_temp as $$
declare v text;
begin
  v := exchange_apply(p_transfer, 'seal', null);
  if v is null then return null; end if;
  update transfer t set expires_at = p_expires_at, code_version = 1, total_bytes = p_total_bytes,
    package_sha256 = (select sha256(string_agg(m.sha256 || coalesce((select string_agg(f, ''::bytea order by i) from unnest(m.file_sha256) with ordinality u (f, i)), ''::bytea), ''::bytea order by m.n))
      from package_manifest m where m.transfer_id = p_transfer)
  where t.id = p_transfer;
  insert into transfer_key (transfer_id, salt, verifier, code_sealed, key_by_code, key_by_sender)
  values (p_transfer, p_salt, p_verifier, p_code_sealed, p_key_by_code, p_key_by_sender);
  insert into disclosure (district_id, student_id, person_id, category, transfer_id, recipient_district_id, interest, legal_basis, made_by)
  select t.sending_district_id, c.student_id, c.person_id, 'Behavioral case with attachments', t.id, t.receiving_district_id,
    'Student seeks or intends to enroll, or receives services there', t.legal_basis, t.sent_by
  from transfer t join transfer_case x on x.district_id = t.sending_district_id and x.transfer_id = t.id
    join "case" c on c.district_id = x.district_id and c.id = x.case_id
  where t.id = p_transfer;
  return v;
end $$;
alter function exchange_seal owner to baton_exchange;

-- What keeps a transfer from being accepted now: decided, expired, locked, off_here, off_there; null where nothing does; 'unknown' for strangers.
create function exchange_obstacle(p_transfer uuid) returns text language sql stable security definer set search_path = public, pg_temp as $$
  select coalesce((select case
      when t.status = 'unlocked' then 'unlocked'
      when t.status = 'expired' or (t.status = 'pending' and t.expires_at <= now()) then 'expired'
      when t.status <> 'pending' then 'decided'
      when not h.case_transfers_on then 'off_here'
      when not s.case_transfers_on then 'off_there'
      when k.tries_used >= 5 then 'locked'
      else 'none' end
    from transfer t join district h on h.id = t.receiving_district_id join district s on s.id = t.sending_district_id
      left join transfer_key k on k.transfer_id = t.id
    where t.id = p_transfer and t.id = current_transfer() and t.receiving_district_id = current_district() and t.status not in ('preparing', 'failed')), 'unknown')
$$;
alter function exchange_obstacle owner to baton_exchange;

-- Counts a try before it's checked (to be committed on its own). At most five per code are ever handed out.
create function exchange_take_try(p_transfer uuid) returns table (o_obstacle text, o_version int, o_tries_left int, o_salt bytea, o_key_by_code bytea)
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  o_obstacle := exchange_obstacle(p_transfer);
  if o_obstacle <> 'none' then return next; return; end if;
  -- The transfer's row first, then its key's: as everybody else, so that nobody waits for one another.
  perform 1 from transfer t where t.id = p_transfer for update;
  update transfer_key k set tries_used = k.tries_used + 1
  from transfer t where t.id = k.transfer_id and k.transfer_id = p_transfer and k.tries_used < 5 and t.status = 'pending'
  returning t.code_version, 5 - k.tries_used, k.salt, k.key_by_code into o_version, o_tries_left, o_salt, o_key_by_code;
  if not found then
    o_obstacle := exchange_obstacle(p_transfer);
    if o_obstacle = 'none' then o_obstacle := 'locked'; end if;
  elsif o_tries_left = 0 then
    -- Locked from here on, whatever becomes of the process that checks; the right code takes it back.
    update transfer t set locked_at = now() where t.id = p_transfer;
  end if;
  return next;
end $$;
alter function exchange_take_try owner to baton_exchange;

-- A counted try was wrong. Says whether the transfer is locked by it: five counted and none right.
create function exchange_wrong_code(p_transfer uuid, p_version int, p_tries_left int) returns boolean language plpgsql security definer set search_path = public, pg_temp as $$
declare v_locked boolean := false;
begin
  if not exists (select 1 from transfer t where t.id = p_transfer and t.id = current_transfer() and t.receiving_district_id = current_district()) then return false; end if;
  -- Only one try of a code is its last, so this is said once.
  v_locked := p_tries_left = 0 and exists (select 1 from transfer t where t.id = p_transfer and t.status = 'pending' and t.code_version = p_version and t.locked_at is not null);
  perform transfer_note(p_transfer, case when v_locked then 'lock' else 'wrong-code' end, 'receiver', p_tries_left::text);
  return v_locked;
end $$;
alter function exchange_wrong_code owner to baton_exchange;

-- pending → unlocked, for who can show the verifier that only the code gives; the switches are looked at, and held, once more.
-- Returns 'unlocked', what stands in the way ('already' where a colleague was faster), or 'wrong'. The fifth try may be the right one: locked doesn't count here.
create function exchange_unlock(p_transfer uuid, p_version int, p_verifier bytea, p_key_by_receiver bytea) returns text language plpgsql security definer set search_path = public, pg_temp as $$
declare o text;
begin
  perform 1 from district d where d.id in (select unnest(array[t.sending_district_id, t.receiving_district_id]) from transfer t where t.id = p_transfer) order by d.id for share;
  perform 1 from transfer t where t.id = p_transfer for update;
  o := exchange_obstacle(p_transfer);
  if o = 'unlocked' then return 'already'; end if;
  if o not in ('none', 'locked') then return o; end if;
  -- The code and the keys that hang on it have done their work.
  update transfer_key k set key_by_receiver = p_key_by_receiver, code_sealed = '', key_by_code = '', key_by_sender = ''
  from transfer t where t.id = k.transfer_id and k.transfer_id = p_transfer and t.code_version = p_version and k.verifier = p_verifier;
  if not found then return 'wrong'; end if;
  update transfer t set locked_at = null where t.id = p_transfer;
  return coalesce(exchange_apply(p_transfer, 'unlock', null), 'decided');
end $$;
alter function exchange_unlock owner to baton_exchange;

-- The sender's sight of a pending transfer's secrets: the code to show again, the key to wrap anew.
create function exchange_sender_secrets(p_transfer uuid) returns table (code_version int, code_sealed bytea, key_by_sender bytea, tries_used int)
  language sql stable security definer set search_path = public, pg_temp as $$
  select t.code_version, k.code_sealed, k.key_by_sender, k.tries_used from transfer t join transfer_key k on k.transfer_id = t.id
  where t.id = p_transfer and t.id = current_transfer() and t.sending_district_id = current_district() and t.status = 'pending' and t.expires_at > now()
$$;
alter function exchange_sender_secrets owner to baton_exchange;

-- A new code for a pending transfer: tries and expiry start again. The version makes a double click one.
create function exchange_new_code(p_transfer uuid, p_version int, p_expires_at timestamptz, p_salt bytea, p_verifier bytea, p_code_sealed bytea, p_key_by_code bytea)
  returns boolean language plpgsql security definer set search_path = public, pg_temp as $$
begin
  update transfer t set code_version = p_version + 1, expires_at = p_expires_at, locked_at = null
  where t.id = p_transfer and t.id = current_transfer() and t.sending_district_id = current_district() and t.status = 'pending' and t.code_version = p_version and t.expires_at > now();
  if not found then return false; end if;
  update transfer_key k set salt = p_salt, verifier = p_verifier, code_sealed = p_code_sealed, key_by_code = p_key_by_code, tries_used = 0 where k.transfer_id = p_transfer;
  perform transfer_note(p_transfer, 'new-code', 'sender', null);
  return true;
end $$;
alter function exchange_new_code owner to baton_exchange;

-- The receiver's key to an unlocked package.
create function exchange_receiver_key(p_transfer uuid) returns bytea language sql stable security definer set search_path = public, pg_temp as $$
  select k.key_by_receiver from transfer t join transfer_key k on k.transfer_id = t.id
  where t.id = p_transfer and t.id = current_transfer() and t.receiving_district_id = current_district() and t.status = 'unlocked'
$$;
alter function exchange_receiver_key owner to baton_exchange;

-- Tries left, for the receiver's dialog.
create function exchange_tries_left(p_transfer uuid) returns int language sql stable security definer set search_path = public, pg_temp as $$
  select 5 - k.tries_used from transfer t join transfer_key k on k.transfer_id = t.id
  where t.id = p_transfer and t.receiving_district_id = current_district() and t.status = 'pending'
$$;
alter function exchange_tries_left owner to baton_exchange;

create function exchange_reminded(p_transfer uuid) returns void language sql security definer set search_path = public, pg_temp as $$
  update transfer t set reminded_at = now() where t.id = p_transfer and t.id = current_transfer() and current_district() in (t.sending_district_id, t.receiving_district_id) and t.status = 'unlocked'
$$;
alter function exchange_reminded owner to baton_exchange;

-- The directory with what a district publishes: its switch, and its coordinator if shown.
create function search_directory(p_q text, p_limit int) returns table (id uuid, name text, state text, nces_id text, city text, tenant boolean, case_transfers_on boolean, documents_off boolean,
  coordinator_name text, coordinator_title text, coordinator_email text, coordinator_phone text) language plpgsql stable security definer set search_path = public, pg_temp as $$
declare
  v_where text := 'true';
  v_word text;
begin
  if current_district() is null then return; end if;
  for v_word in select distinct w from unnest(string_to_array(norm(p_q), ' ')) w where w <> '' loop
    v_where := v_where || format(' and (d.search like %L or d.search like %L)', v_word || '%', case when length(v_word) < 3 then '% ' || v_word || '%' else '%' || v_word || '%' end);
  end loop;
  return query execute format(
    'select d.id, d.name, d.state, d.nces_id, d.city, d.slug is not null, d.case_transfers_on, d.documents_off, s.coordinator_name, s.coordinator_title, s.coordinator_email, s.coordinator_phone
     from (select d.* from district d where %s and d.id <> %L order by d.case_transfers_on desc, d.slug is null, d.name, d.state, d.id limit %s) d
     left join district_settings s on s.district_id = d.id and s.coordinator_shown
     order by d.case_transfers_on desc, d.slug is null, d.name, d.state, d.id', v_where, current_district(), p_limit);
end $$;
alter function search_directory owner to baton_exchange;

-- Published contacts of named districts (a transfer's other side).
create function district_contacts(p_ids uuid[]) returns table (id uuid, coordinator_name text, coordinator_title text, coordinator_email text, coordinator_phone text)
  language sql stable security definer set search_path = public, pg_temp as $$
  select s.district_id, s.coordinator_name, s.coordinator_title, s.coordinator_email, s.coordinator_phone from district_settings s
  where s.district_id = any (p_ids) and s.coordinator_shown and current_district() is not null
$$;
alter function district_contacts owner to baton_exchange;

-- The next n case numbers of the district for this year, as one statement.
create function next_case_numbers(p_n int) returns setof text language sql volatile set search_path = public, pg_temp as $$
  with c as (
    insert into counter (district_id, name, value) values (current_district(), 'case-' || to_char(now(), 'YYYY'), p_n)
    on conflict (district_id, name) do update set value = counter.value + excluded.value returning value)
  select to_char(now(), 'YYYY') || '-' || lpad(i::text, 4, '0') from c, generate_series(c.value - p_n + 1, c.value) i
$$;

revoke create on schema public from baton_search, baton_exchange, baton_audit;
