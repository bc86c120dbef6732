-- The audit log: read by people, verified by the worker (product.md, section 5).

-- A row's hash: over the hash before it and everything that the row says. Appending and verifying go by this one form. Ids are written as
-- PostgreSQL writes them: one that came in capital letters, out of an address that somebody typed, hashes as it's stored.
create function audit_hash(p_prev bytea, p_seq bigint, p_at timestamptz, p_actor_id uuid, p_actor_name text, p_ip text, p_action text, p_subject text, p_subject_id uuid, p_detail jsonb)
  returns bytea language sql stable parallel safe set search_path = public, pg_temp as $$
  select sha256(p_prev || convert_to(jsonb_build_object('seq', p_seq, 'at', extract(epoch from p_at)::text, 'actorId', p_actor_id::text, 'actorName', p_actor_name,
    'ip', p_ip, 'action', p_action, 'subject', p_subject, 'subjectId', p_subject_id::text, 'detail', p_detail)::text, 'UTF8'))
$$;

-- As before; new: the hash by the function above.
create or replace function audit_append(p_entries jsonb) returns void language plpgsql security definer set search_path = public, pg_temp as $$
declare
  e jsonb;
  v_district uuid;
  v_head audit_head;
  v_row audit;
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
    v_row := (v_district, v_head.seq + 1, clock_timestamp(), (e ->> 'actorId')::uuid, e ->> 'actorName', e ->> 'ip', e ->> 'action', e ->> 'subject',
      (e ->> 'subjectId')::uuid, coalesce(e -> 'detail', '{}'), v_head.hash, null);
    v_row.hash := audit_hash(v_row.prev, v_row.seq, v_row.at, v_row.actor_id, v_row.actor_name, v_row.ip, v_row.action, v_row.subject, v_row.subject_id, v_row.detail);
    insert into audit select v_row.*;
    v_head.seq := v_row.seq;
    v_head.hash := v_row.hash;
  end loop;
  update audit_head h set seq = v_head.seq, hash = v_head.hash where h.district_id = v_head.district_id;
end $$;

-- By whom and by what, newest first, without looking at the rows between.
create index audit_actor on audit (district_id, actor_id, seq);
create index audit_action on audit (district_id, action, seq);

-- The first place in the own district's chain that was written at that moment or later. Rows are written in order of time, so it's found
-- by halving: no index by time has to be kept.
create function audit_seq_at(p_at timestamptz) returns bigint language plpgsql stable set search_path = public, pg_temp as $$
declare
  v_low bigint := 0;
  v_high bigint;
  v_middle bigint;
  v_at timestamptz;
begin
  select h.seq + 1 into v_high from audit_head h where h.district_id = current_district();
  if v_high is null then return 1; end if;
  while v_low + 1 < v_high loop
    v_middle := (v_low + v_high) / 2;
    select a.at into v_at from audit a where a.district_id = current_district() and a.seq >= v_middle order by a.seq limit 1;
    if v_at is null or v_at >= p_at then v_high := v_middle; else v_low := v_middle; end if;
  end loop;
  return v_high;
end $$;

create table audit_check (
  district_id uuid primary key references district,
  checked_at timestamptz not null default now(),
  -- How many entries were read.
  entries bigint not null,
  problem text check (problem in ('missing', 'inserted', 'unlinked', 'changed', 'tail', 'cut', 'rewritten')),
  problem_seq bigint,
  check ((problem is null) = (problem_seq is null))
);
comment on table audit_check is 'When the worker last verified a district''s audit chain, and what it found.';
alter table audit_check enable row level security;
alter table audit_check force row level security;
create policy owner on audit_check to current_user using (true) with check (true);
create policy tenant on audit_check to baton_runtime using (district_id = (select current_district())) with check (district_id = (select current_district()));
grant select, insert, update, delete on audit_check to baton_runtime;

-- The worker keeps the heads of all chains in a second place, and looks which chain is due to be verified.
create policy jobs on audit_head for select to baton_runtime using ((select system_reason()) = 'jobs');
create policy jobs on audit_check for select to baton_runtime using ((select system_reason()) = 'jobs');
