-- Deadlines of record requests (product.md, section 5). The due day is reckoned in lib/districts/due-day.ts by the law and the calendar of the
-- district that holds the record, and kept in the request's row: both districts see it, and the lists sort by it.

create table school_break (
  district_id uuid not null references district,
  id uuid not null default gen_random_uuid(),
  name text not null check (length(name) between 1 and 100),
  from_date date not null,
  to_date date not null,
  -- In some states the weekdays of the summer count all the same (Cal. Educ. Code § 49068(c)).
  summer boolean not null default false,
  primary key (district_id, id),
  unique (district_id, from_date, to_date, name),
  check (to_date >= from_date and to_date - from_date < 200)
);
comment on table school_break is 'A district''s school calendar: ranges of days without school.';

alter table school_break enable row level security;
alter table school_break force row level security;
create policy owner on school_break to current_user using (true) with check (true);
create policy tenant on school_break to baton_runtime using (district_id = (select current_district())) with check (district_id = (select current_district()));
grant select, insert, update, delete on school_break to baton_runtime;

-- Days allowed by the district itself, besides its state's law: the earlier day counts.
alter table district_settings
  add column answer_days int check (answer_days between 1 and 90),
  add column answer_kind text check (answer_kind in ('working', 'school', 'calendar')),
  add check ((answer_days is null) = (answer_kind is null));

alter table record_request
  -- Null: no law is known and the holder has set no number of its own.
  add column due_on date,
  add column due_days int,
  add column due_kind text check (due_kind in ('working', 'school', 'calendar')),
  -- By the holder's own number, not by law.
  add column due_own boolean not null default false,
  -- How far its reminders have got: 1 due soon, 2 due today, 3 overdue. It grows, so that each is sent once; a due day that moves later begins anew.
  add column reminded int not null default 0 check (reminded between 0 and 3),
  add check ((due_on is null) = (due_days is null) and (due_on is null) = (due_kind is null));
create index record_request_due on record_request (holding_district_id, due_on) where status = 'open';
create index record_request_due_out on record_request (requesting_district_id, due_on) where status = 'open';
create index record_request_remind on record_request (due_on) where status = 'open' and reminded < 3;

-- Who asks doesn't say when it's due: the functions below do.
alter policy ask on record_request with check (requesting_district_id = (select current_district()) and requested_by = (select current_member()) and status = 'open' and due_on is null and reminded = 0);
-- The worker looks which requests are due; it tells of them inside the holding district.
create policy jobs on record_request for select to baton_runtime using ((select system_reason()) = 'jobs' and status = 'open');

grant select on school_break to baton_exchange;
create policy exchange on school_break for select to baton_exchange using (true);
grant create on schema public to baton_exchange;

-- What due days are reckoned by: the holder's own, or that of a district that has an open request of the caller's. The asker needs it for the
-- due day when it asks and for the days that are left; it's shown to nobody there.
create function holding_calendars(p_holders uuid[]) returns table (district_id uuid, state text, time_zone text, answer_days int, answer_kind text, breaks jsonb)
language sql stable security definer set search_path = public, pg_temp as $$
  select d.id, d.state, s.time_zone, s.answer_days, s.answer_kind,
    coalesce((select jsonb_agg(jsonb_build_object('from', b.from_date, 'to', b.to_date, 'summer', b.summer) order by b.from_date) from school_break b where b.district_id = d.id), '[]')
  from district d join district_settings s on s.district_id = d.id
  where d.id = any (p_holders) and (d.id = current_district()
    or exists (select 1 from record_request r where r.holding_district_id = d.id and r.requesting_district_id = current_district() and r.status = 'open'))
$$;

-- Writes due days: the holder's of what it holds; the asker's of what it has just asked for, once. What is due later now, or no more, is to be
-- reminded of anew. How many changed.
create function exchange_set_due(p_requests uuid[], p_on date[], p_days int[], p_kinds text[], p_own boolean[]) returns int language sql security definer set search_path = public, pg_temp as $$
  with changed as (
    update record_request r set due_on = x.due_on, due_days = x.due_days, due_kind = x.due_kind, due_own = x.due_own,
      reminded = case when x.due_on > r.due_on or x.due_on is null then 0 else r.reminded end
    from unnest(p_requests, p_on, p_days, p_kinds, p_own) x (id, due_on, due_days, due_kind, due_own)
    where r.id = x.id and r.status = 'open' and (r.holding_district_id = current_district() or (r.requesting_district_id = current_district() and r.due_on is null))
      and (r.due_on, r.due_days, r.due_kind, r.due_own) is distinct from (x.due_on, x.due_days, x.due_kind, x.due_own)
    returning 1)
  select count(*)::int from changed
$$;

-- The holder's reminders go a stage further; who comes second changes nothing, nor who read a due day that has moved since. The requests that did.
create function exchange_note_reminders(p_requests uuid[], p_stages int[], p_on date[]) returns setof uuid language sql security definer set search_path = public, pg_temp as $$
  update record_request r set reminded = x.stage from unnest(p_requests, p_stages, p_on) x (id, stage, due_on)
  where r.id = x.id and r.holding_district_id = current_district() and r.status = 'open' and r.due_on = x.due_on and r.reminded < x.stage
  returning r.id
$$;

alter function holding_calendars(uuid[]) owner to baton_exchange;
alter function exchange_set_due(uuid[], date[], int[], text[], boolean[]) owner to baton_exchange;
alter function exchange_note_reminders(uuid[], int[], date[]) owner to baton_exchange;
revoke create on schema public from baton_exchange;

do $$
declare f record;
begin
  for f in select p.oid::regprocedure as name, p.proname from pg_proc p where p.pronamespace = 'public'::regnamespace and p.prosecdef loop
    execute format('revoke execute on function %s from public', f.name);
    if f.proname not in ('transfer_note', 'exchange_apply', 'exchange_answer') then
      execute format('grant execute on function %s to baton_runtime', f.name);
    end if;
  end loop;
end $$;
