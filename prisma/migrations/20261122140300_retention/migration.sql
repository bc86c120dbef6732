-- Retention: what is due to be destroyed, legal holds, the purge that takes two people, its certificate (product.md, section 5).
-- What must not depend on a check that somebody remembers stands here as triggers: nothing on hold is destroyed, a case is destroyed by a
-- confirmed proposal alone, and nobody confirms their own.

-- ---------------------------------------------------------------- what retention is counted from

alter table "case" add column closed_at timestamptz;
-- Of those that are closed already the last change is known, which can't be before the closing.
alter table "case" disable trigger user;
update "case" set closed_at = updated_at where status = 'closed';
alter table "case" enable trigger user;
create index case_closed on "case" (district_id, closed_at) where closed_at is not null;
create index case_origin_transfer on "case" (district_id, origin_transfer_id) where origin_transfer_id is not null;

create function case_closing() returns trigger language plpgsql as $$
begin
  if new.status <> 'closed' then new.closed_at := null;
  elsif tg_op = 'INSERT' then new.closed_at := coalesce(new.closed_at, now());
  elsif old.status <> 'closed' then new.closed_at := now();
  end if;
  return new;
end $$;
create trigger case_closing before insert or update of status on "case" for each row execute function case_closing();

-- A document that has no date counts from the day on which it was added, by the district's calendar. A column, because row-level
-- security keeps an index on the expression from being used.
alter table document add column kept_from date;
create function kept_from(p_district uuid, p_dated date, p_added timestamptz) returns date language sql stable set search_path = public, pg_temp as $$
  select coalesce(p_dated, (p_added at time zone coalesce((select z.time_zone from district_settings z where z.district_id = p_district), 'UTC'))::date)
$$;
alter table document disable trigger user;
update document set kept_from = kept_from(district_id, dated_on, added_at);
alter table document enable trigger user;
create index document_kept on document (district_id, type, kept_from);

create function document_kept_from() returns trigger language plpgsql set search_path = public, pg_temp as $$
begin
  new.kept_from := kept_from(new.district_id, new.dated_on, new.added_at);
  return new;
end $$;
-- Also of what leaves quarantine: a change of the zone didn't see it there.
create trigger document_kept_from before insert or update of dated_on, added_at, quarantined_at on document for each row execute function document_kept_from();
create function zone_kept_from() returns trigger language plpgsql set search_path = public, pg_temp as $$
begin
  update document d set kept_from = kept_from(d.district_id, d.dated_on, d.added_at) where d.district_id = new.district_id and d.dated_on is null;
  return null;
end $$;
create trigger zone_kept_from after update of time_zone on district_settings for each row when (old.time_zone <> new.time_zone) execute function zone_kept_from();

-- What names a destroyed case or document is found by it.
create index dispatch_case_case on dispatch_case (district_id, case_id);
create index dispatch_document_document on dispatch_document (district_id, document_id);

create table retention_rule (
  district_id uuid not null references district,
  kind text not null check (kind in ('case', 'iep', 'evaluation', 'plan504', 'bip', 'fba', 'progress', 'health', 'transcript', 'consent', 'other')),
  -- undecided: kept, as without a rule; good: kept for good, and said so.
  keep text not null check (keep in ('undecided', 'good', 'years')),
  years int check (years between 1 and 100),
  counted_from text check (counted_from in ('date', 'leaving', 'closing')),
  version int not null default 1,
  saved_at timestamptz not null default now(),
  saved_by uuid not null,
  saved_by_name text not null,
  primary key (district_id, kind),
  foreign key (district_id, saved_by) references membership (district_id, id),
  check ((keep = 'years') = (years is not null)),
  check ((keep = 'years') = (counted_from is not null)),
  check (counted_from is null or (counted_from = 'closing') = (kind = 'case'))
);
comment on table retention_rule is 'How long a district keeps a kind of record. None of the years is ours: state law and the district''s own schedule say them.';

-- ---------------------------------------------------------------- legal holds

create table legal_hold (
  district_id uuid not null references district,
  id uuid not null default gen_random_uuid(),
  student_id uuid,
  case_id uuid,
  reason text not null check (length(reason) between 1 and 1000),
  placed_at timestamptz not null default now(),
  placed_by uuid not null,
  placed_by_name text not null,
  lifted_at timestamptz,
  lifted_by uuid,
  lifted_by_name text,
  lift_reason text check (length(lift_reason) between 1 and 1000),
  primary key (district_id, id),
  check (num_nonnulls(student_id, case_id) = 1),
  check (num_nonnulls(lifted_at, lifted_by, lifted_by_name, lift_reason) in (0, 4)),
  foreign key (district_id, student_id) references student (district_id, id),
  foreign key (district_id, case_id) references "case" (district_id, id) on delete cascade,
  foreign key (district_id, placed_by) references membership (district_id, id),
  foreign key (district_id, lifted_by) references membership (district_id, id)
);
comment on table legal_hold is 'While one stands, nothing of the student (their documents and cases) or of the case is destroyed. Several may stand at once, one per matter.';
create index legal_hold_student on legal_hold (district_id, student_id) where student_id is not null and lifted_at is null;
create index legal_hold_case on legal_hold (district_id, case_id) where case_id is not null;
create index legal_hold_placed on legal_hold (district_id, placed_at desc);

create function is_held(p_student uuid, p_case uuid) returns boolean language sql stable set search_path = public, pg_temp as $$
  select exists (select 1 from legal_hold h where h.district_id = current_district() and h.student_id = p_student and h.lifted_at is null)
    or exists (select 1 from legal_hold h where h.district_id = current_district() and h.case_id = p_case and h.lifted_at is null)
$$;

-- Who destroys something of the student or the case at this moment is waited for, and waits: they hold its row (refuse_held). A hold stays
-- as it was placed, and is lifted once.
create function refuse_hold_change() returns trigger language plpgsql set search_path = public, pg_temp as $$
begin
  if tg_op = 'INSERT' then
    perform 1 from "case" c where c.district_id = new.district_id and c.id = new.case_id for update;
    perform 1 from student s where s.district_id = new.district_id and s.id = new.student_id for update;
  elsif old.lifted_at is not null or (new.id, new.student_id, new.case_id, new.reason, new.placed_at, new.placed_by, new.placed_by_name)
      is distinct from (old.id, old.student_id, old.case_id, old.reason, old.placed_at, old.placed_by, old.placed_by_name) then
    raise exception 'a legal hold is lifted once, and not changed' using errcode = 'BT008';
  end if;
  return new;
end $$;
create trigger refuse_hold_change before insert or update on legal_hold for each row execute function refuse_hold_change();

-- What is held isn't destroyed, and doesn't leave the student whose hold it stands under.
create function refuse_held() returns trigger language plpgsql set search_path = public, pg_temp as $$
declare
  v_student uuid;
  v_case uuid;
begin
  if tg_table_name = 'document' then v_student := old.student_id;
  elsif tg_table_name = 'case' then
    v_student := old.student_id;
    v_case := old.id;
  else
    -- Who places a hold at this moment is waited for. Of a case that is being destroyed itself, this was asked with it: nothing is found.
    select c.student_id, c.id into v_student, v_case from "case" c where c.district_id = old.district_id and c.id = old.case_id for key share;
  end if;
  perform 1 from student s where s.district_id = old.district_id and s.id = v_student for key share;
  if is_held(v_student, v_case) then raise exception 'a legal hold stands' using errcode = 'BT008'; end if;
  return case tg_op when 'DELETE' then old else new end;
end $$;
create trigger refuse_held before delete on document for each row execute function refuse_held();
create trigger refuse_held before delete on "case" for each row execute function refuse_held();
create trigger refuse_held before delete on note for each row execute function refuse_held();
create trigger refuse_held before delete on strategy for each row execute function refuse_held();
create trigger refuse_held before delete on task for each row execute function refuse_held();
create trigger refuse_held before delete on attachment for each row execute function refuse_held();
create trigger refuse_held_move before update of student_id on document for each row when (old.student_id <> new.student_id) execute function refuse_held();
create trigger refuse_held_move before update of student_id on "case" for each row when (old.student_id is distinct from new.student_id) execute function refuse_held();

-- ---------------------------------------------------------------- proposals

create table purge_proposal (
  district_id uuid not null references district,
  id uuid not null default gen_random_uuid(),
  number text not null,
  reason text not null check (length(reason) between 1 and 1000),
  -- How parents were told, where IDEA asks for it (34 CFR 300.624).
  notice text check (length(notice) between 1 and 1000),
  status text not null default 'open' check (status in ('open', 'confirmed', 'withdrawn')),
  proposed_at timestamptz not null default now(),
  proposed_by uuid not null,
  proposed_by_user uuid not null,
  proposed_by_name text not null,
  decided_at timestamptz,
  decided_by uuid,
  decided_by_user uuid,
  decided_by_name text,
  primary key (district_id, id),
  unique (district_id, number),
  foreign key (district_id, proposed_by) references membership (district_id, id),
  foreign key (district_id, decided_by) references membership (district_id, id),
  check (num_nonnulls(decided_at, decided_by, decided_by_user, decided_by_name) = case status when 'open' then 0 else 4 end),
  -- Two people, not two memberships of one.
  constraint two_people check (status <> 'confirmed' or decided_by_user <> proposed_by_user)
);
comment on table purge_proposal is 'What one person proposes for destruction, another confirms. open → confirmed | withdrawn.';
create index purge_proposal_list on purge_proposal (district_id, proposed_at desc);
create index purge_proposal_open on purge_proposal (district_id) where status = 'open';

create table purge_proposal_item (
  district_id uuid not null,
  proposal_id uuid not null,
  kind text not null check (kind in ('case', 'iep', 'evaluation', 'plan504', 'bip', 'fba', 'progress', 'health', 'transcript', 'consent', 'other')),
  -- The case or document. No key leads there: the row outlives it.
  subject_id uuid not null,
  student_id uuid,
  person_id uuid,
  -- Which writing of the record was proposed; one that has changed since is left out.
  mark text not null,
  due_on date not null,
  outcome text check (outcome in ('destroyed', 'gone', 'held', 'waits', 'changed', 'not-due', 'withdrawn')),
  certificate_id uuid,
  primary key (district_id, proposal_id, subject_id),
  foreign key (district_id, proposal_id) references purge_proposal (district_id, id) on delete cascade,
  foreign key (district_id, student_id) references student (district_id, id),
  foreign key (district_id, person_id) references person (district_id, id),
  check (num_nonnulls(student_id, person_id) = 1),
  check ((certificate_id is not null) = (outcome is not distinct from 'destroyed'))
);
-- Proposed once at a time.
create unique index purge_proposal_item_open on purge_proposal_item (district_id, subject_id) where outcome is null;
create index purge_proposal_item_student on purge_proposal_item (district_id, student_id);

-- Which proposal a mail tells of: its number and how many records.
alter table mail add column proposal_id uuid, add foreign key (district_id, proposal_id) references purge_proposal (district_id, id);

create function refuse_proposal_step() returns trigger language plpgsql set search_path = public, pg_temp as $$
begin
  -- Another district's is refused by the fence.
  if current_district() is not null and new.district_id <> current_district() then return new; end if;
  if tg_op = 'INSERT' then
    if new.status <> 'open' or not exists (select 1 from membership m where m.district_id = new.district_id and m.id = new.proposed_by and m.user_id = new.proposed_by_user
        and m.disabled_at is null and m.permissions && array['purge', 'manageDistrict']) then
      raise exception 'proposed by somebody who may not' using errcode = 'BT009';
    end if;
  elsif old.status <> 'open' or new.status = 'open' or (new.id, new.number, new.reason, new.notice, new.proposed_at, new.proposed_by, new.proposed_by_user, new.proposed_by_name)
      is distinct from (old.id, old.number, old.reason, old.notice, old.proposed_at, old.proposed_by, old.proposed_by_user, old.proposed_by_name) then
    raise exception 'a proposal is decided once, and not changed' using errcode = 'BT009';
  elsif not exists (select 1 from membership m where m.district_id = new.district_id and m.id = new.decided_by and m.user_id = new.decided_by_user and m.disabled_at is null
      and ('purge' = any (m.permissions) or (new.status = 'withdrawn' and 'manageDistrict' = any (m.permissions)))) then
    raise exception 'decided by somebody who may not' using errcode = 'BT009';
  -- Who joined since may have been invited for this, to a mailbox of the proposer's own; and the first of two is one who still may.
  elsif new.status = 'confirmed' and not exists (select 1 from membership m where m.district_id = new.district_id and m.id = new.decided_by and m.joined_at < old.proposed_at) then
    raise exception 'confirmed by somebody who joined since' using errcode = 'BT009';
  elsif new.status = 'confirmed' and not exists (select 1 from membership m where m.district_id = new.district_id and m.id = old.proposed_by
      and m.disabled_at is null and m.permissions && array['purge', 'manageDistrict']) then
    raise exception 'proposed by somebody who may no longer' using errcode = 'BT009';
  end if;
  -- Whoever acts says so in their own name.
  if current_district() is not null and current_app_user() is distinct from (case tg_op when 'INSERT' then new.proposed_by_user else new.decided_by_user end) then
    raise exception 'in somebody else''s name' using errcode = 'BT009';
  end if;
  return new;
end $$;
create trigger refuse_proposal_step before insert or update on purge_proposal for each row execute function refuse_proposal_step();

-- A case is destroyed by two people alone: by a proposal that is confirmed, which counts it among what it destroys. Whoever has no
-- district (the owner, a restore) isn't asked.
create function refuse_unconfirmed() returns trigger language plpgsql set search_path = public, pg_temp as $$
begin
  if current_district() is not null and not exists (
    select 1 from purge_proposal_item i join purge_proposal p on p.district_id = i.district_id and p.id = i.proposal_id
    where i.district_id = old.district_id and i.subject_id = old.id and i.kind = 'case' and i.outcome = 'destroyed'
      and p.status = 'confirmed' and p.decided_by_user = current_app_user()) then
    raise exception 'no confirmed proposal' using errcode = 'BT009';
  end if;
  return old;
end $$;
create trigger refuse_unconfirmed before delete on "case" for each row execute function refuse_unconfirmed();

-- The next number of a proposal of the district for this year.
create function next_proposal_number() returns text language sql volatile set search_path = public, pg_temp as $$
  insert into counter (district_id, name, value) values (current_district(), 'proposal-' || to_char(now(), 'YYYY'), 1)
  on conflict (district_id, name) do update set value = counter.value + 1
  returning 'D-' || to_char(now(), 'YYYY') || '-' || lpad(value::text, 4, '0')
$$;

-- ---------------------------------------------------------------- what stays, and what goes

alter table purge_certificate
  add column kind text not null default 'documents' check (kind in ('documents', 'cases')),
  add column person_id uuid,
  add column proposal_id uuid,
  add column proposed_by_name text,
  add column notice text,
  add foreign key (district_id, person_id) references person (district_id, id),
  add check ((proposal_id is null) = (proposed_by_name is null));
comment on column purge_certificate.items is 'Of cases: [{"caseId", "number", "openedOn", "closedOn", "notes", "files": [{"size", "sha256"}], "transferIds", "leftOut" (those of them at whose other side it was left out), "taken"}]. No names, titles or texts.';
create index purge_certificate_person on purge_certificate (district_id, person_id) where person_id is not null;
create index purge_certificate_purged on purge_certificate (district_id, purged_at desc);
-- Of all districts, for the log of purges.
create index purge_certificate_at on purge_certificate (purged_at);

-- What tells of a destroyed case elsewhere outlives it: the sender's list of a transfer, the receiver's decisions.
alter table transfer_case alter column case_id drop not null;
alter table transfer_case drop constraint transfer_case_district_id_case_id_fkey,
  add foreign key (district_id, case_id) references "case" (district_id, id) on delete set null (case_id);
-- With the case goes what a receiver said of it; a row that has no such column has nothing to lose.
create function forget_left_out() returns trigger language plpgsql set search_path = public, pg_temp as $$
begin
  return jsonb_populate_record(new, '{"left_reason": null}');
end $$;
create trigger forget_left_out before update of case_id on transfer_case for each row when (new.case_id is null) execute function forget_left_out();
alter table intake drop constraint intake_district_id_case_id_fkey,
  add foreign key (district_id, case_id) references "case" (district_id, id) on delete set null (case_id);
create index intake_case on intake (district_id, case_id) where case_id is not null;

-- Destroys cases with all that's in them, whose rows the caller holds. Also what names their people elsewhere: the name under which one
-- came, and a transfer's notes once none of its cases is left. Gives the objects that lie in the storage, and the words that they were
-- found by. A restore calls it too, while the keys that delete a case's parts with it are away: so these are named.
create function erase_cases(p_district uuid, p_cases uuid[]) returns table (o_objects text[], o_words text[]) language plpgsql volatile set search_path = public, pg_temp as $$
declare
  v_files uuid[];
  v_came uuid[];
  v_went uuid[];
begin
  select array_agg(distinct a.file_id) into v_files from attachment a where a.district_id = p_district and a.case_id = any (p_cases);
  select array_agg(distinct w) into o_words from "case" c, unnest(string_to_array(trim(c.search), ' ')) w where c.district_id = p_district and c.id = any (p_cases) and length(w) > 2;
  select array_agg(distinct c.origin_transfer_id) into v_came from "case" c where c.district_id = p_district and c.id = any (p_cases) and c.origin_transfer_id is not null;
  select array_agg(distinct t.dispatch_id) into v_went from transfer_case x join transfer t on t.id = x.transfer_id where x.district_id = p_district and x.case_id = any (p_cases);
  update intake i set came_as = null where i.district_id = p_district and i.case_id = any (p_cases);
  delete from "case" c where c.district_id = p_district and c.id = any (p_cases);
  delete from attachment x where x.district_id = p_district and x.case_id = any (p_cases);
  delete from note x where x.district_id = p_district and x.case_id = any (p_cases);
  delete from strategy x where x.district_id = p_district and x.case_id = any (p_cases);
  delete from task x where x.district_id = p_district and x.case_id = any (p_cases);
  delete from case_assignment x where x.district_id = p_district and x.case_id = any (p_cases);
  delete from dispatch_case x where x.district_id = p_district and x.case_id = any (p_cases);
  delete from case_due x where x.district_id = p_district and x.case_id = any (p_cases);
  with gone as (
    delete from stored_file f where f.district_id = p_district and f.id = any (v_files)
      and not exists (select 1 from document d where d.district_id = f.district_id and d.file_id = f.id)
      and not exists (select 1 from attachment a where a.district_id = f.district_id and a.file_id = f.id)
    returning f.storage_key)
  select array_agg(g.storage_key) into o_objects from gone g;
  delete from received_cover r where r.district_id = p_district and r.transfer_id = any (v_came)
    and not exists (select 1 from "case" c where c.district_id = r.district_id and c.origin_transfer_id = r.transfer_id);
  update dispatch d set notes_sealed = null, list_query = '' where d.district_id = p_district and d.id = any (v_went)
    and not exists (select 1 from transfer t join transfer_case x on x.district_id = p_district and x.transfer_id = t.id
      where t.sending_district_id = d.district_id and t.dispatch_id = d.id and x.case_id is not null and x.case_id <> all (p_cases));
  return next;
end $$;

-- After a certificate its number stands in for the name of a person of concern who is on no roster, once no case is about them: the
-- disclosure record goes on pointing at the row.
create function stand_in_for_persons(p_district uuid, p_certificates uuid[]) returns void language sql volatile set search_path = public, pg_temp as $$
  update person p set given_name = '', middle_name = null, preferred_name = null, family_name = z.number, birth_date = null, state_id = null, grade = null
  from purge_certificate z
  where z.district_id = p_district and z.id = any (p_certificates) and p.district_id = z.district_id and p.id = z.person_id
    and not exists (select 1 from "case" c where c.district_id = p.district_id and c.person_id = p.id)
$$;

-- Takes words that no case is found by any more from the close spellings: names among them.
create function drop_case_words(p_district uuid, p_words text[]) returns void language sql volatile set search_path = public, pg_temp as $$
  delete from case_word k where k.district_id = p_district and k.word = any (p_words)
    and not exists (select 1 from "case" c where c.district_id = p_district and c.search like '%' || k.word || '%' and c.search || ' ' like '% ' || k.word || ' %')
$$;

-- As the search does, in a role of its own: under row-level security the index of the words isn't used.
grant create on schema public to baton_search;
grant delete on case_word to baton_search;
create policy forget on case_word for delete to baton_search using (district_id = (select current_district()));
create function forget_case_words(p_words text[]) returns void language sql volatile security definer set search_path = public, pg_temp as $$
  select drop_case_words(current_district(), p_words)
$$;
alter function forget_case_words owner to baton_search;
revoke create on schema public from baton_search;

-- ---------------------------------------------------------------- the fence

do $$
declare t text;
begin
  foreach t in array array['retention_rule', 'legal_hold', 'purge_proposal', 'purge_proposal_item'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('create policy owner on %I to current_user using (true) with check (true)', t);
    execute format('create policy tenant on %I to baton_runtime using (district_id = (select current_district())) with check (district_id = (select current_district()))', t);
    execute format('grant select, insert, update on %I to baton_runtime', t);
  end loop;
end $$;

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
