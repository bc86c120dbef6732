-- The sender learns which of its own cases were taken over, and why one wasn't: by its place in the package, nothing of the receiver's.
alter table transfer_case add column outcome text check (outcome in ('taken', 'left')), add column left_reason text check (left_reason is null or outcome = 'left');
comment on column transfer_case.outcome is 'What became of it at the other side, once the transfer is completed; null before, and of transfers from before this was told.';
-- What was written before the form said that the sender reads it stays with the receiver.
alter table intake add column reason_told boolean not null default false;

-- With the transition itself, whoever makes it: as the exchange, which sees the decisions of the receiver who saves.
create function transfer_outcomes() returns trigger language plpgsql set search_path = public, pg_temp as $$
begin
  update transfer_case c set outcome = case i.decision when 'leave' then 'left' else 'taken' end,
    left_reason = case when i.decision = 'leave' and i.reason_told then i.reason end
  from intake i
  where i.district_id = new.receiving_district_id and i.transfer_id = new.id
    and c.district_id = new.sending_district_id and c.transfer_id = new.id and c.n = i.n;
  return null;
end $$;
create trigger transfer_outcomes after update of status on transfer for each row
  when (old.status = 'unlocked' and new.status = 'completed') execute function transfer_outcomes();

-- As before, but a case that was left out didn't go with the transfer.
create or replace function case_rows(p_ids uuid[]) returns table (n bigint, id uuid, number text, given_name text, family_name text, grade text, on_roster boolean, building text, team text,
  team_leader text, manager text, status text, level text, updated_at timestamptz, received boolean, transfer_id uuid, transfer_open boolean)
  language plpgsql stable rows 50 set search_path = public, pg_temp as $$
begin
  return query
    select o.n, c.id, c.number, coalesce(s.given_name, p.given_name), coalesce(s.family_name, p.family_name), coalesce(s.grade, p.grade), c.student_id is not null,
      b.name, t.name, l.name, m.name, c.status, c.level, c.updated_at, c.received_at is not null, x.id, x.open
    from unnest(p_ids) with ordinality o (id, n)
    join "case" c on c.district_id = current_district() and c.id = o.id
    left join student s on s.district_id = c.district_id and s.id = c.student_id
    left join person p on p.district_id = c.district_id and p.id = c.person_id
    left join building b on b.district_id = c.district_id and b.id = c.building_id
    left join team t on t.district_id = c.district_id and t.id = c.team_id
    left join membership l on l.district_id = t.district_id and l.id = t.leader_id
    left join membership m on m.district_id = c.district_id and m.id = c.manager_id
    -- The latest transfer that the case waits in, or else went with.
    left join lateral (
      select tr.id, tc.open from transfer_case tc join transfer tr on tr.id = tc.transfer_id
      where tc.district_id = c.district_id and tc.case_id = c.id and (tc.open or (tr.status = 'completed' and tc.outcome is distinct from 'left'))
      order by tc.open desc, tr.created_at desc limit 1) x on true
    order by o.n;
end $$;

-- Close spellings of one word, as norm gives it, among the students' own, nearest first. As close_case_words: the caller shows only those that still find a
-- student whom the member may see. Out of the students themselves, so that no word outlives its student; of the first 4,000 who resemble
-- the word, so that one typed on purpose to resemble a whole roster costs no more than any.
grant create on schema public to baton_search;
create function close_student_words(p_word text, p_limit int) returns setof text language sql stable security definer
  set search_path = public, pg_temp set pg_trgm.word_similarity_threshold = 0.4 as $$
  select w.word from (select s.search from student s where s.district_id = current_district() and p_word <% s.search limit 4000) s
  cross join lateral unnest(string_to_array(trim(s.search), ' ')) w (word)
  where length(w.word) > 2 and w.word !~ '[0-9]' and w.word % p_word and w.word <> p_word
  group by w.word order by similarity(w.word, p_word) desc, w.word limit p_limit
$$;
alter function close_student_words owner to baton_search;
revoke create on schema public from baton_search;

-- As before, but the right code takes its try back also where somebody was faster, or the transfer is decided meanwhile: whoever gets as
-- far as here has opened the key with it. A verifier that's there and differs isn't that of the code.
create or replace function exchange_unlock(p_transfer uuid, p_version int, p_verifier bytea, p_key_by_receiver bytea) returns text language plpgsql security definer set search_path = public, pg_temp as $$
declare o text;
begin
  perform 1 from district d where d.id in (select unnest(array[t.sending_district_id, t.receiving_district_id]) from transfer t where t.id = p_transfer) order by d.id for share;
  perform 1 from transfer t where t.id = p_transfer for update;
  o := exchange_obstacle(p_transfer);
  if o = 'unknown' then return o; end if;
  if not exists (select 1 from transfer_key k join transfer t on t.id = k.transfer_id where k.transfer_id = p_transfer and t.code_version = p_version and k.verifier <> p_verifier) then
    delete from code_try c where c.id = (select x.id from code_try x where x.transfer_id = p_transfer and x.membership_id = current_member() order by x.at desc limit 1);
  end if;
  if o = 'unlocked' then return 'already'; end if;
  if o not in ('none', 'locked', 'busy') then return o; end if;
  -- The code and the keys that hang on it have done their work.
  update transfer_key k set key_by_receiver = p_key_by_receiver, code_sealed = '', key_by_code = '', key_by_sender = ''
  from transfer t where t.id = k.transfer_id and k.transfer_id = p_transfer and t.code_version = p_version and k.verifier = p_verifier;
  if not found then return 'wrong'; end if;
  update transfer t set locked_at = null where t.id = p_transfer;
  return coalesce(exchange_apply(p_transfer, 'unlock', null), 'decided');
end $$;

-- What the scanner was asked about and gave no verdict on isn't said to wait for it; it's asked again now and then.
alter table stored_file drop constraint stored_file_scan_check, add constraint stored_file_scan_check check (scan in ('none', 'clean', 'infected', 'failed'));
comment on column stored_file.scan is 'none: not scanned, or not yet. failed: the scanner gave no verdict (too large for it), or the file is damaged or gone.';
drop index stored_file_unscanned;
create index stored_file_unscanned on stored_file (created_at, id) where scan in ('none', 'failed') and media_type <> 'application/zip';

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
