-- A second factor (TOTP, RFC 6238) with recovery codes, and passwords reset by mail.

alter table app_user
  add column totp_secret bytea,
  add column totp_enrolled_at timestamptz,
  add column totp_last_step int,
  add check ((totp_secret is null) = (totp_enrolled_at is null));
comment on column app_user.totp_secret is 'Wrapped by the key of sign-in, bound to the person.';
comment on column app_user.totp_last_step is 'The newest step (30 s since 1970) whose code was used: none is taken twice.';

-- factor_at: when the second factor, or the password of who has none, was last shown. totp_secret: one that is being set up here; who
-- holds another session of the same person can't see it, and it goes with this one.
alter table session add column factor_at timestamptz, add column totp_secret bytea;
update session set factor_at = created_at;
alter table session alter column factor_at set not null, alter column factor_at set default now();

create table recovery_code (
  user_id uuid not null references app_user on delete cascade,
  code_hash bytea not null,
  used_at timestamptz,
  primary key (user_id, code_hash)
);

-- The password was right, the second factor is still to come. Opens nothing.
create table half_session (
  id uuid primary key default gen_random_uuid(),
  token_hash bytea not null unique,
  user_id uuid not null references app_user on delete cascade,
  -- What the password's try was counted against; it's given back once the second factor is right as well.
  counted text[] not null,
  created_at timestamptz not null default now()
);
create index half_session_user on half_session (user_id);

create table password_reset (
  id uuid primary key default gen_random_uuid(),
  user_id uuid not null references app_user on delete cascade,
  token_hash bytea not null unique,
  expires_at timestamptz not null,
  used_at timestamptz
);
create index password_reset_user on password_reset (user_id);

alter table district_settings add column second_factor_required boolean not null default false;

do $$
declare t text;
begin
  foreach t in array array['recovery_code', 'half_session', 'password_reset'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('create policy owner on %I to current_user using (true) with check (true)', t);
    execute format('create policy sign_in on %I to baton_runtime using ((select system_reason()) = ''sign-in'') with check ((select system_reason()) = ''sign-in'')', t);
    execute format('grant select, insert, update, delete on %I to baton_runtime', t);
  end loop;
end $$;
