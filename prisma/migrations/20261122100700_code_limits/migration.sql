-- Wrong authorization codes are limited over time as well (trust.md): fifty an hour for a person, two hundred an hour for a district,
-- over all transfers. As with a transfer's five tries, a try is counted before it's checked; the right code takes its own back.

create table code_try (
  id uuid primary key default gen_random_uuid(),
  transfer_id uuid not null references transfer on delete cascade,
  receiving_district_id uuid not null references district,
  membership_id uuid not null,
  at timestamptz not null default clock_timestamp()
);
comment on table code_try is 'Nobody reads this but the exchange functions below. Rows older than an hour mean nothing and go with the next try.';
create index code_try_district on code_try (receiving_district_id, at);
alter table code_try enable row level security;
alter table code_try force row level security;
create policy owner on code_try to current_user using (true) with check (true);
grant select, insert, delete on code_try to baton_exchange;
create policy exchange on code_try to baton_exchange using (true) with check (true);

-- Five tries handed out aren't five wrong ones: until the last one's verdict is written somebody is trying ('busy'). A process that died
-- between the two leaves a lock behind after ten seconds.
create or replace function exchange_obstacle(p_transfer uuid) returns text language sql stable security definer set search_path = public, pg_temp as $$
  select coalesce((select case
      when t.status = 'unlocked' then 'unlocked'
      when t.status = 'expired' or (t.status = 'pending' and t.expires_at <= now()) then 'expired'
      when t.status <> 'pending' then 'decided'
      when not h.case_transfers_on then 'off_here'
      when not s.case_transfers_on then 'off_there'
      when coalesce(k.tries_used, 0) < 5 then 'none'
      when exists (select 1 from code_try c where c.transfer_id = t.id and c.at > now() - interval '10 seconds')
        and not exists (select 1 from transfer_event e where e.transfer_id = t.id and e.verb = 'lock'
          and e.at > coalesce((select max(n.at) from transfer_event n where n.transfer_id = t.id and n.verb = 'new-code'), '-infinity')) then 'busy'
      else 'locked' end
    from transfer t join district h on h.id = t.receiving_district_id join district s on s.id = t.sending_district_id
      left join transfer_key k on k.transfer_id = t.id
    where t.id = p_transfer and t.id = current_transfer() and t.receiving_district_id = current_district() and t.status not in ('preparing', 'failed')), 'unknown')
$$;

create or replace function exchange_take_try(p_transfer uuid) returns table (o_obstacle text, o_version int, o_tries_left int, o_salt bytea, o_key_by_code bytea)
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  o_obstacle := exchange_obstacle(p_transfer);
  if o_obstacle <> 'none' then return next; return; end if;
  -- One try of a district at a time, so that the numbers are right.
  perform pg_advisory_xact_lock(hashtextextended(current_district()::text, 4));
  delete from code_try c where c.receiving_district_id = current_district() and c.at < now() - interval '1 hour';
  if (select count(*) >= 200 or count(*) filter (where c.membership_id = current_member()) >= 50 from code_try c where c.receiving_district_id = current_district()) then
    o_obstacle := 'too_many'; return next; return;
  end if;
  -- The transfer's row first, then its key's: as everybody else, so that nobody waits for one another.
  perform 1 from transfer t where t.id = p_transfer for update;
  update transfer_key k set tries_used = k.tries_used + 1
  from transfer t where t.id = k.transfer_id and k.transfer_id = p_transfer and k.tries_used < 5 and t.status = 'pending'
  returning t.code_version, 5 - k.tries_used, k.salt, k.key_by_code into o_version, o_tries_left, o_salt, o_key_by_code;
  if not found then
    o_obstacle := exchange_obstacle(p_transfer);
    if o_obstacle = 'none' then o_obstacle := 'locked'; end if;
    return next; return;
  end if;
  insert into code_try (transfer_id, receiving_district_id, membership_id) values (p_transfer, current_district(), current_member());
  if o_tries_left = 0 then
    -- Locked from here on, whatever becomes of the process that checks; the right code takes it back.
    update transfer t set locked_at = now() where t.id = p_transfer;
  end if;
  return next;
end $$;

create or replace function exchange_unlock(p_transfer uuid, p_version int, p_verifier bytea, p_key_by_receiver bytea) returns text language plpgsql security definer set search_path = public, pg_temp as $$
declare o text;
begin
  perform 1 from district d where d.id in (select unnest(array[t.sending_district_id, t.receiving_district_id]) from transfer t where t.id = p_transfer) order by d.id for share;
  perform 1 from transfer t where t.id = p_transfer for update;
  o := exchange_obstacle(p_transfer);
  if o = 'unlocked' then return 'already'; end if;
  if o not in ('none', 'locked', 'busy') then return o; end if;
  -- The code and the keys that hang on it have done their work.
  update transfer_key k set key_by_receiver = p_key_by_receiver, code_sealed = '', key_by_code = '', key_by_sender = ''
  from transfer t where t.id = k.transfer_id and k.transfer_id = p_transfer and t.code_version = p_version and k.verifier = p_verifier;
  if not found then return 'wrong'; end if;
  delete from code_try c where c.id = (select x.id from code_try x where x.transfer_id = p_transfer and x.membership_id = current_member() order by x.at desc limit 1);
  update transfer t set locked_at = null where t.id = p_transfer;
  return coalesce(exchange_apply(p_transfer, 'unlock', null), 'decided');
end $$;
