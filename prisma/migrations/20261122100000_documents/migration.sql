-- Documents of students, their way to another district, record requests (product.md, section 4).
-- A document transfer stands in the case transfers' tables: the same package, events, manifest and state table. What differs:
-- no code (the package's key is wrapped by the exchange's key), and the receiver's worker delivers or holds.

create extension if not exists fuzzystrmatch;
grant create on schema public to baton_search, baton_exchange, baton_audit;

-- ---------------------------------------------------------------- documents

create table document (
  district_id uuid not null references district,
  id uuid not null default gen_random_uuid(),
  student_id uuid not null,
  file_id uuid not null,
  title text not null check (length(title) between 1 and 255),
  type text not null check (type in ('iep', 'evaluation', 'plan504', 'bip', 'fba', 'progress', 'health', 'transcript', 'consent', 'other')),
  dated_on date,
  owner_id uuid,
  added_by uuid,
  added_by_name text not null,
  added_at timestamptz not null default now(),
  version int not null default 1,
  origin_transfer_id uuid,
  origin_district_id uuid references district,
  -- In the bin: recoverable for 30 days.
  deleted_at timestamptz,
  deleted_by uuid,
  -- Reported as another student's, or recalled by the sender: seen by nobody until it's purged or released.
  quarantined_at timestamptz,
  quarantine text check (quarantine in ('reported', 'recalled')),
  primary key (district_id, id),
  foreign key (district_id, student_id) references student (district_id, id),
  foreign key (district_id, file_id) references stored_file (district_id, id),
  foreign key (district_id, owner_id) references membership (district_id, id),
  foreign key (district_id, added_by) references membership (district_id, id),
  foreign key (district_id, deleted_by) references membership (district_id, id),
  check ((quarantined_at is null) = (quarantine is null))
);
create index document_student on document (district_id, student_id, dated_on desc);
create index document_file on document (district_id, file_id);
create index document_owner on document (district_id, owner_id) where owner_id is not null;
create index document_origin on document (district_id, origin_transfer_id) where origin_transfer_id is not null;
create index document_bin on document (deleted_at) where deleted_at is not null;

create table purge_certificate (
  district_id uuid not null references district,
  id uuid not null default gen_random_uuid(),
  number text not null,
  student_id uuid,
  transfer_id uuid,
  purged_at timestamptz not null default now(),
  purged_by uuid,
  purged_by_name text not null,
  reason text not null check (length(reason) between 1 and 1000),
  -- [{"documentId", "type", "datedOn", "size", "sha256"}]: what was destroyed, without its title.
  items jsonb not null,
  primary key (district_id, id),
  unique (district_id, number),
  foreign key (district_id, student_id) references student (district_id, id),
  foreign key (district_id, purged_by) references membership (district_id, id)
);
create index purge_certificate_student on purge_certificate (district_id, student_id);
create trigger append_only before update or delete or truncate on purge_certificate for each statement execute function refuse_change();

-- ---------------------------------------------------------------- record requests

create table record_request (
  id uuid primary key default gen_random_uuid(),
  reference text not null unique,
  requesting_district_id uuid not null references district,
  holding_district_id uuid not null references district,
  kind text not null check (kind in ('documents', 'cases')),
  document_types text[] not null default '{}',
  legal_basis text not null default 'enrollment' check (legal_basis in ('enrollment', 'consent', 'emergency')),
  -- The student (name, birth date, grade), the new owner, the SIS Student ID, a message: wrapped by the exchange's key.
  content_sealed bytea not null,
  status text not null default 'open' check (status in ('open', 'answered', 'declined', 'withdrawn')),
  requested_by uuid not null,
  requested_by_name text not null,
  requested_at timestamptz not null default now(),
  decided_at timestamptz,
  decided_by_name text,
  decline_reason text,
  check (requesting_district_id <> holding_district_id),
  check ((status = 'open') = (decided_at is null)),
  foreign key (requesting_district_id, requested_by) references membership (district_id, id)
);
create index record_request_requesting on record_request (requesting_district_id, requested_at desc);
create index record_request_holding on record_request (holding_district_id, requested_at desc);

-- ---------------------------------------------------------------- document transfers

alter table dispatch
  add column student_id uuid,
  -- What was typed (SIS Student ID, owner, notes), wrapped for the sending district: a redo fills it in again.
  add column form_sealed bytea,
  add column redo_of uuid references transfer,
  add column request_id uuid references record_request,
  add foreign key (district_id, student_id) references student (district_id, id);

create table dispatch_document (
  district_id uuid not null,
  dispatch_id uuid not null,
  document_id uuid not null,
  primary key (district_id, dispatch_id, document_id),
  foreign key (district_id, dispatch_id) references dispatch (district_id, id) on delete cascade,
  foreign key (district_id, document_id) references document (district_id, id) on delete cascade
);

alter table transfer
  add column request_id uuid references record_request,
  add column redo_of uuid references transfer,
  add column held_at timestamptz,
  add column delivered_at timestamptz;
create unique index transfer_redo on transfer (redo_of) where redo_of is not null;
create index transfer_request on transfer (request_id) where request_id is not null;
create index transfer_held on transfer (receiving_district_id) where status = 'held';
create index transfer_checks on transfer (sending_district_id, created_at) where kind = 'documents';

create table transfer_document (
  district_id uuid not null,
  transfer_id uuid not null references transfer on delete cascade,
  n int not null,
  -- Null when the original is gone for good.
  document_id uuid,
  type text not null,
  primary key (district_id, transfer_id, n),
  foreign key (district_id, document_id) references document (district_id, id) on delete set null (document_id)
);
comment on table transfer_document is 'The sender''s list of what is in a document transfer.';
create index transfer_document_document on transfer_document (district_id, document_id);

create table package_key (
  transfer_id uuid primary key references transfer on delete cascade,
  key_sealed bytea not null
);
comment on table package_key is 'A document package''s key, wrapped by the exchange''s. Nobody reads this but the exchange functions below.';

insert into transfer_rule (kind, from_status, verb, side, to_status) values
  ('documents', 'preparing', 'fail', 'sender', 'failed'),
  ('documents', 'preparing', 'deliver', 'receiver', 'delivered'),
  ('documents', 'preparing', 'hold', 'receiver', 'held'),
  ('documents', 'held', 'deliver', 'receiver', 'delivered'),
  ('documents', 'held', 'return', 'receiver', 'returned'),
  ('documents', 'held', 'recall', 'sender', 'recalled'),
  ('documents', 'delivered', 'report', 'receiver', 'reported'),
  ('documents', 'delivered', 'recall', 'sender', 'recalled'),
  ('documents', 'reported', 'redo', 'sender', 'redone'),
  ('documents', 'reported', 'withdraw', 'sender', 'withdrawn');

-- A coordinator's address is told as well, and may be nobody's who signs in.
alter table mail add column request_id uuid, alter column membership_id drop not null;
create unique index mail_contact on mail (district_id, event_key, to_address) where membership_id is null;
create index mail_request on mail (district_id, request_id) where request_id is not null;

-- ---------------------------------------------------------------- the fence

do $$
declare t text;
begin
  foreach t in array array['document', 'purge_certificate', 'dispatch_document', 'transfer_document'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('create policy owner on %I to current_user using (true) with check (true)', t);
    execute format('create policy tenant on %I to baton_runtime using (district_id = (select current_district())) with check (district_id = (select current_district()))', t);
    execute format('grant select, insert, update, delete on %I to baton_runtime', t);
  end loop;
  foreach t in array array['record_request', 'package_key'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('create policy owner on %I to current_user using (true) with check (true)', t);
  end loop;
end $$;
revoke insert, update, delete on transfer_document from baton_runtime;
revoke update, delete on purge_certificate from baton_runtime;

-- A quarantined document is gone from every list, preview, download and search, whatever the query: only a verb that says so sees it.
create policy unquarantined on document as restrictive to baton_runtime
  using (quarantined_at is null or current_setting('app.quarantine', true) = 'open') with check (true);
-- The worker empties the bin, district by district.
create policy jobs on document for select to baton_runtime using ((select system_reason()) = 'jobs' and deleted_at is not null);

grant select, insert on record_request to baton_runtime;
create policy parties on record_request for select to baton_runtime using ((select current_district()) in (requesting_district_id, holding_district_id));
create policy ask on record_request for insert to baton_runtime with check (requesting_district_id = (select current_district()) and requested_by = (select current_member()) and status = 'open');

-- The receiving district's worker reads a sealed document package before its people see the transfer, and after it was held.
create function is_delivering(t transfer) returns boolean language sql stable set search_path = public, pg_temp as $$
  select t.id = current_transfer() and t.kind = 'documents' and t.receiving_district_id = current_district()
    and t.package_sha256 is not null and t.status in ('preparing', 'held')
$$;
create policy delivering on transfer for select to baton_runtime using (
  id = (select current_transfer()) and kind = 'documents' and receiving_district_id = (select current_district()) and package_sha256 is not null and status = 'preparing');
create policy delivering on package_item for select to baton_runtime using (transfer_id = (select current_transfer()) and exists (
  select 1 from transfer t where t.id = transfer_id and is_delivering(t)));
create policy delivering on package_file for select to baton_runtime using (transfer_id = (select current_transfer()) and exists (
  select 1 from transfer t where t.id = transfer_id and is_delivering(t)));

grant select on record_request, document, student, dispatch_document, transfer_document, package_key to baton_exchange;
grant insert on transfer_document, package_key to baton_exchange;
grant delete on package_key to baton_exchange;
grant update on record_request to baton_exchange;
grant update (quarantined_at, quarantine) on document to baton_exchange;
create policy exchange on record_request to baton_exchange using (true) with check (true);
create policy exchange on package_key to baton_exchange using (true) with check (true);
create policy exchange on transfer_document to baton_exchange using (district_id = (select current_district())) with check (district_id = (select current_district()));
create policy exchange on dispatch_document for select to baton_exchange using (district_id = (select current_district()));
-- The receiver's verbs write the sender's disclosure record: of the one transfer that the door was opened for.
create policy of_transfer on dispatch for select to baton_exchange using (id = (select t.dispatch_id from transfer t where t.id = (select current_transfer())));
create policy of_transfer on transfer_document for select to baton_exchange using (transfer_id = (select current_transfer()));
create policy exchange on student for select to baton_exchange using (district_id = (select current_district()));
-- A recall reaches into the receiver's documents: exactly those that came with the transfer, see exchange_apply.
create policy exchange on document to baton_exchange using (true) with check (true);

-- ---------------------------------------------------------------- functions

-- One verb of the state table, as before; new: the states of document transfers, their quarantine, and what becomes of a package.
create or replace function exchange_apply(p_transfer uuid, p_verb text, p_detail text) returns text language plpgsql security definer set search_path = public, pg_temp as $$
declare
  t transfer;
  v_side text;
begin
  update transfer x set
    status = r.to_status,
    sent_at = case when p_verb in ('seal', 'hold', 'deliver') then coalesce(x.sent_at, now()) else x.sent_at end,
    unlocked_at = case when p_verb = 'unlock' then now() else x.unlocked_at end,
    held_at = case when p_verb = 'hold' then now() else x.held_at end,
    delivered_at = case when p_verb = 'deliver' then now() else x.delivered_at end,
    decided_at = case when r.to_status not in ('pending', 'unlocked', 'held') then coalesce(x.decided_at, now()) end,
    reason = case when p_verb in ('reject', 'fail', 'return', 'report', 'recall', 'withdraw') then p_detail else x.reason end
  from transfer_rule r
  where x.id = p_transfer and x.id = current_transfer() and r.kind = x.kind and r.from_status = x.status and r.verb = p_verb
    and case r.side when 'sender' then x.sending_district_id when 'receiver' then x.receiving_district_id
      else case when x.expires_at <= now() then current_district() end end = current_district()
    and current_district() in (x.sending_district_id, x.receiving_district_id)
  returning x.* into t;
  if not found then return null; end if;
  select r.side into v_side from transfer_rule r where r.kind = t.kind and r.verb = p_verb limit 1;
  perform transfer_note(t.id, p_verb, v_side, case when p_verb in ('reject', 'fail', 'return', 'report', 'recall', 'withdraw') then p_detail end);
  if p_verb in ('report', 'recall') then
    update document d set quarantined_at = now(), quarantine = case p_verb when 'report' then 'reported' else 'recalled' end
    where d.district_id = t.receiving_district_id and d.origin_transfer_id = t.id and d.quarantined_at is null;
  end if;
  if t.decided_at is not null then
    update transfer_case c set open = false where c.district_id = t.sending_district_id and c.transfer_id = t.id;
    -- The bytes that the receiver took over live on under its own key; all others go.
    insert into doomed_object (storage_key) select f.storage_key from package_file f where f.transfer_id = t.id
      and not exists (select 1 from stored_file s where s.storage_key = f.storage_key) on conflict do nothing;
    delete from package_file f where f.transfer_id = t.id;
    delete from package_item i where i.transfer_id = t.id;
    delete from transfer_key k where k.transfer_id = t.id;
    delete from package_key k where k.transfer_id = t.id;
  end if;
  return t.status;
end $$;

-- The verbs that end a transfer, or a document transfer's step, without more than a state.
create or replace function exchange_decide(p_transfer uuid, p_verb text, p_reason text) returns text language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if p_verb not in ('fail', 'reject', 'cancel', 'expire', 'save', 'deliver', 'hold', 'return', 'recall', 'report', 'withdraw') then
    raise exception 'no such decision' using errcode = 'BT004';
  end if;
  if p_verb = 'save' and (select count(*) from intake i where i.district_id = current_district() and i.transfer_id = p_transfer)
    <> (select t.item_count from transfer t where t.id = p_transfer and t.receiving_district_id = current_district() and t.status = 'unlocked') then
    raise exception 'details are missing' using errcode = 'BT006';
  end if;
  -- Delivered means: as many documents lie with the receiver as were sent.
  if p_verb = 'deliver' and (select count(*) from document d where d.district_id = current_district() and d.origin_transfer_id = p_transfer)
    <> (select t.item_count from transfer t where t.id = p_transfer and t.receiving_district_id = current_district()) then
    raise exception 'documents are missing' using errcode = 'BT006';
  end if;
  return exchange_apply(p_transfer, p_verb, p_reason);
end $$;

-- Claims a dispatch's documents for its one destination: a transfer, or why not (off_here, off_there, unknown, nothing, too_many, redo_gone).
-- too_many: a district learns only "delivered" or "held", and that not without limit: 20 held a day per destination, 200 checks under way or held in all.
-- Where the draft redoes a reported transfer, that one is redone in the same transaction; where it answers a record request, that is answered.
create function exchange_claim_documents(p_dispatch uuid, p_receiver uuid, p_basis text) returns table (o_transfer uuid, o_problem text)
  language plpgsql security definer set search_path = public, pg_temp as $$
declare
  v_from uuid := current_district();
  v_draft dispatch;
  v_count int;
begin
  select * into v_draft from dispatch d where d.district_id = v_from and d.id = p_dispatch and d.created_by = current_member() and d.student_id is not null for update;
  if not found then return; end if;
  select t.id into o_transfer from transfer t where t.sending_district_id = v_from and t.dispatch_id = p_dispatch;
  if found then return next; return; end if;
  perform 1 from district d where d.id in (v_from, p_receiver) order by d.id for share;
  o_problem := case when (select h.documents_off from district h where h.id = v_from) then 'off_here'
    else coalesce((select case when d.slug is null or d.id = v_from then 'unknown' when d.documents_off then 'off_there' end from district d where d.id = p_receiver),
      case when not exists (select 1 from district d where d.id = p_receiver) then 'unknown' end) end;
  if o_problem is not null then return next; return; end if;
  -- One at a time per sender, so that the numbers below are right.
  perform pg_advisory_xact_lock(hashtextextended(v_from::text, 3));
  if (select count(*) from transfer t where t.sending_district_id = v_from and t.kind = 'documents' and t.created_at > now() - interval '1 day' and t.receiving_district_id = p_receiver and t.held_at is not null) >= 20
    or (select count(*) from transfer t where t.sending_district_id = v_from and t.kind = 'documents' and t.created_at > now() - interval '1 day' and (t.held_at is not null or t.status = 'preparing')) >= 200 then
    o_problem := 'too_many'; return next; return;
  end if;
  if v_draft.redo_of is not null then
    -- Held until the end: who withdraws it at this moment waits.
    perform 1 from transfer t where t.id = v_draft.redo_of and t.sending_district_id = v_from and t.status = 'reported' for update;
    if not found then o_problem := 'redo_gone'; return next; return; end if;
  end if;
  -- Whoever deletes or purges one of them at this moment is waited for; what is then left is counted.
  perform 1 from dispatch_document dd join document d on d.district_id = dd.district_id and d.id = dd.document_id
  where dd.district_id = v_from and dd.dispatch_id = p_dispatch order by d.id for share of d;
  o_transfer := gen_random_uuid();
  insert into transfer (id, reference, kind, dispatch_id, sending_district_id, receiving_district_id, item_count, total_bytes, legal_basis, sent_by, sent_by_user, request_id, redo_of)
  select o_transfer, new_reference(), 'documents', p_dispatch, v_from, p_receiver, count(*), coalesce(sum(f.size), 0), p_basis, current_member(), current_app_user(),
    (select r.id from record_request r where r.id = v_draft.request_id and r.kind = 'documents' and r.holding_district_id = v_from and r.requesting_district_id = p_receiver and r.status in ('open', 'answered')), v_draft.redo_of
  from dispatch_document dd join document d on d.district_id = dd.district_id and d.id = dd.document_id and d.student_id = v_draft.student_id and d.deleted_at is null and d.quarantined_at is null
    join stored_file f on f.district_id = d.district_id and f.id = d.file_id
  where dd.district_id = v_from and dd.dispatch_id = p_dispatch having count(*) > 0;
  if not found then o_transfer := null; o_problem := 'nothing'; return next; return; end if;
  insert into transfer_document (district_id, transfer_id, n, document_id, type)
  select v_from, o_transfer, row_number() over (order by d.dated_on desc nulls last, d.title, d.id), d.id, d.type
  from dispatch_document dd join document d on d.district_id = dd.district_id and d.id = dd.document_id and d.student_id = v_draft.student_id and d.deleted_at is null and d.quarantined_at is null
  where dd.district_id = v_from and dd.dispatch_id = p_dispatch;
  get diagnostics v_count = row_count;
  update transfer t set item_count = v_count where t.id = o_transfer and t.item_count <> v_count;
  update dispatch d set sent_at = now() where d.district_id = v_from and d.id = p_dispatch;
  if v_draft.redo_of is not null then
    perform set_config('app.transfer_id', v_draft.redo_of::text, true);
    if exchange_apply(v_draft.redo_of, 'redo', null) is null then raise exception 'the reported transfer was decided meanwhile' using errcode = 'BT005'; end if;
    perform set_config('app.transfer_id', '', true);
  end if;
  if v_draft.request_id is not null then perform exchange_answer(v_draft.request_id, p_receiver, 'documents'); end if;
  return next;
end $$;

-- A transfer to the asking district answers an open record request.
create function exchange_answer(p_request uuid, p_receiver uuid, p_kind text) returns void language sql security definer set search_path = public, pg_temp as $$
  update record_request r set status = 'answered', decided_at = now(),
    decided_by_name = (select m.name from membership m where m.district_id = current_district() and m.id = current_member())
  where r.id = p_request and r.kind = p_kind and r.status = 'open' and r.holding_district_id = current_district() and r.requesting_district_id = p_receiver
$$;

-- The case transfer of a dispatch that names a record request is tied to it and answers it, if it goes to the asking district. Called with the claim. The request, or null.
create function exchange_answer_with_cases(p_dispatch uuid) returns uuid language plpgsql security definer set search_path = public, pg_temp as $$
declare
  v_request uuid;
  v_receiver uuid;
begin
  update transfer t set request_id = r.id
  from dispatch p, record_request r
  where p.district_id = current_district() and p.id = p_dispatch and r.id = p.request_id and r.kind = 'cases' and r.holding_district_id = p.district_id and r.status in ('open', 'answered')
    and t.sending_district_id = p.district_id and t.dispatch_id = p.id and t.receiving_district_id = r.requesting_district_id and t.kind = 'cases' and t.request_id is null
  returning r.id, t.receiving_district_id into v_request, v_receiver;
  if found then perform exchange_answer(v_request, v_receiver, 'cases'); end if;
  return v_request;
end $$;

-- decline (the holder, with a reason) or withdraw (the asker). The new status, or null: not there, not yours, somebody was first.
create function exchange_decide_request(p_request uuid, p_verb text, p_reason text) returns text language sql security definer set search_path = public, pg_temp as $$
  update record_request r set status = case p_verb when 'decline' then 'declined' else 'withdrawn' end, decided_at = now(), decline_reason = case when p_verb = 'decline' then p_reason end,
    decided_by_name = (select m.name from membership m where m.district_id = current_district() and m.id = current_member())
  where r.id = p_request and r.status = 'open' and p_verb in ('decline', 'withdraw') and (p_verb = 'withdraw' or length(p_reason) > 0)
    and case p_verb when 'decline' then r.holding_district_id else r.requesting_district_id end = current_district()
  returning r.status
$$;

-- The document package lies sealed; its key is wrapped by the exchange's key. Still preparing: the receiver's worker takes it from here.
create function exchange_seal_documents(p_transfer uuid, p_total_bytes bigint, p_key bytea) returns boolean language plpgsql security definer set search_path = public, pg_temp as $$
begin
  update transfer t set total_bytes = p_total_bytes, sent_at = now(),
    package_sha256 = (select sha256(string_agg(m.sha256 || coalesce((select string_agg(f, ''::bytea order by i) from unnest(m.file_sha256) with ordinality u (f, i)), ''::bytea), ''::bytea order by m.n))
      from package_manifest m where m.transfer_id = p_transfer)
  where t.id = p_transfer and t.id = current_transfer() and t.kind = 'documents' and t.sending_district_id = current_district() and t.status = 'preparing' and t.package_sha256 is null;
  if not found then return false; end if;
  insert into package_key (transfer_id, key_sealed) values (p_transfer, p_key);
  perform transfer_note(p_transfer, 'seal', 'sender', null);
  return true;
end $$;

-- The key of a sealed document package, for the receiving district alone, until it's delivered or decided otherwise.
create function exchange_document_key(p_transfer uuid) returns bytea language sql stable security definer set search_path = public, pg_temp as $$
  select k.key_sealed from transfer t join package_key k on k.transfer_id = t.id where t.id = p_transfer and is_delivering(t)
$$;

-- The receiver's people look at the sent identity of a held transfer: a disclosure, recorded once.
create function exchange_show_identity(p_transfer uuid) returns bytea language plpgsql security definer set search_path = public, pg_temp as $$
declare v bytea;
begin
  select k.key_sealed into v from transfer t join package_key k on k.transfer_id = t.id where t.id = p_transfer and t.status = 'held' and is_delivering(t) for update of t;
  if found and not exists (select 1 from disclosure d join transfer t on t.sending_district_id = d.district_id where t.id = p_transfer and d.transfer_id = p_transfer and d.category = 'Identity: name, birth date, state ID') then
    insert into disclosure (district_id, student_id, category, transfer_id, recipient_district_id, interest, legal_basis, made_by)
    select t.sending_district_id, p.student_id, 'Identity: name, birth date, state ID', t.id, t.receiving_district_id, 'Finding the student whom the documents are about', t.legal_basis, t.sent_by
    from transfer t join dispatch p on p.district_id = t.sending_district_id and p.id = t.dispatch_id where t.id = p_transfer;
  end if;
  return v;
end $$;

-- The sender's disclosure row of what was delivered (34 CFR 99.32); called with the delivery.
create function exchange_disclose_documents(p_transfer uuid) returns void language sql security definer set search_path = public, pg_temp as $$
  insert into disclosure (district_id, student_id, category, transfer_id, recipient_district_id, interest, legal_basis, made_by)
  select t.sending_district_id, p.student_id, 'Documents: ' || (select string_agg(x.type || case when x.n > 1 then ' (' || x.n || ')' else '' end, ', ' order by x.type)
      from (select td.type, count(*) n from transfer_document td where td.transfer_id = t.id group by 1) x), t.id, t.receiving_district_id,
    'Student seeks or intends to enroll, or receives services there', t.legal_basis, t.sent_by
  from transfer t join dispatch p on p.district_id = t.sending_district_id and p.id = t.dispatch_id
  where t.id = p_transfer and t.id = current_transfer() and t.kind = 'documents' and t.receiving_district_id = current_district() and t.status = 'delivered'
    and not exists (select 1 from disclosure d where d.district_id = t.sending_district_id and d.transfer_id = t.id and d.category like 'Documents: %')
$$;

-- The receiver takes a quarantine back, with a reason that both sides read. How many documents are seen again; of two callers one gets a number.
create function exchange_release_documents(p_transfer uuid, p_reason text) returns int language plpgsql security definer set search_path = public, pg_temp as $$
declare v_count int;
begin
  perform 1 from transfer t where t.id = p_transfer and t.id = current_transfer() and t.kind = 'documents' and t.receiving_district_id = current_district() for update;
  if not found or length(p_reason) = 0 then return 0; end if;
  update document d set quarantined_at = null, quarantine = null where d.district_id = current_district() and d.origin_transfer_id = p_transfer and d.quarantined_at is not null;
  get diagnostics v_count = row_count;
  if v_count > 0 then perform transfer_note(p_transfer, 'release', 'receiver', p_reason); end if;
  return v_count;
end $$;

-- On the timeline, that the receiver has purged what came with the transfer.
create function exchange_note_purge(p_transfer uuid, p_reason text) returns void language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if exists (select 1 from transfer t where t.id = p_transfer and t.id = current_transfer() and t.kind = 'documents' and t.receiving_district_id = current_district() and t.delivered_at is not null) then
    perform transfer_note(p_transfer, 'purge', 'receiver', p_reason);
  end if;
end $$;

-- ---------------------------------------------------------------- whom a package is about

-- How two words or word groups compare: 2 the same (case, accents, hyphens, spaces, order don't count), 1 a typing error apart, 0 not.
create function words_agree(a text, b text) returns int language plpgsql immutable parallel safe set search_path = public, pg_temp as $$
declare
  v_a text := norm(a);
  v_b text := norm(b);
  x text := left(replace(v_a, ' ', ''), 200);
  y text := left(replace(v_b, ' ', ''), 200);
begin
  if x = '' or y = '' then return 0; end if;
  if x = y then return 2; end if;
  if position(' ' in v_a) > 0 and length(v_a) = length(v_b) and (select string_agg(w, ' ' order by w) from unnest(string_to_array(v_a, ' ')) w)
    = (select string_agg(w, ' ' order by w) from unnest(string_to_array(v_b, ' ')) w) then return 2; end if;
  -- One letter more, less or other, or two neighbors swapped; in short names that is another name.
  if least(length(x), length(y)) < 5 or abs(length(x) - length(y)) > 1 then return 0; end if;
  if levenshtein_less_equal(x, y, 1) <= 1 then return 1; end if;
  if length(x) = length(y) and levenshtein_less_equal(x, y, 2) = 2 then
    for i in 1 .. length(x) - 1 loop
      if left(x, i - 1) || substr(x, i + 1, 1) || substr(x, i, 1) || substr(x, i + 2) = y then return 1; end if;
    end loop;
  end if;
  return 0;
end $$;

-- Whether two names can be one person's: 2 they agree, 1 they agree but for a typing error, a nickname that a roster gives, or family and given name the other way round, 0 they don't.
create function names_agree(given_a text, preferred_a text, family_a text, given_b text, preferred_b text, family_b text) returns int language sql immutable parallel safe set search_path = public, pg_temp as $$
  select case
    when f.family = 2 and f.given = 2 then 2
    when f.family >= 1 and f.given >= 1 and f.family + f.given >= 3 then 1
    when f.family = 2 and (words_agree(coalesce(preferred_a, ''), given_b) = 2 or words_agree(given_a, coalesce(preferred_b, '')) = 2) then 1
    when words_agree(given_a, family_b) = 2 and words_agree(family_a, given_b) = 2 then 1
    else 0 end
  from (select words_agree(family_a, family_b) family, words_agree(given_a, given_b) given) f
$$;

-- Finds, in the receiving district, the student and the owner that a document package names; both or neither.
-- Agree (product.md, section 4): name and birth date agree, and the state ID doesn't differ where both districts lie in one state. A name that agrees
-- only nearly isn't enough where either roster has somebody else of that birth date and family name (p_twin: the sender's has): twins are told apart by one letter.
create function exchange_match(p_transfer uuid, p_given text, p_preferred text, p_family text, p_birth date, p_state_id text, p_twin boolean, p_sis_id text, p_owner text)
  returns table (o_student uuid, o_owner uuid) language plpgsql stable security definer set search_path = public, pg_temp as $$
declare
  t transfer;
  s student;
  v_name int;
begin
  select x.* into t from transfer x join district d on d.id = x.receiving_district_id where x.id = p_transfer and is_delivering(x) and not d.documents_off;
  if not found then return; end if;
  select * into s from student x where x.district_id = t.receiving_district_id and x.sis_id = p_sis_id and x.active;
  if not found or s.birth_date is null or p_birth is null or s.birth_date <> p_birth then return; end if;
  if upper(trim(s.state_id)) <> upper(trim(p_state_id)) and (select a.state = b.state from district a, district b where a.id = t.sending_district_id and b.id = t.receiving_district_id) then return; end if;
  v_name := names_agree(p_given, p_preferred, p_family, s.given_name, s.preferred_name, s.family_name);
  if v_name = 0 then return; end if;
  if v_name = 1 and (p_twin or exists (select 1 from student x where x.district_id = s.district_id and x.birth_date = s.birth_date and x.id <> s.id
    and (words_agree(x.family_name, p_family) > 0 or words_agree(x.family_name, p_given) > 0))) then return; end if;
  select m.id into o_owner from membership m where m.district_id = t.receiving_district_id and m.disabled_at is null and m.joined_at is not null
    and lower(trim(p_owner)) in (m.email, m.username) order by m.email = lower(trim(p_owner)) desc limit 1;
  if not found then return; end if;
  o_student := s.id;
  return next;
end $$;

-- The directory search knows the domain already (district.search). It now sorts by what is asked: documents don't need the case switch.
create function search_directory_documents(p_q text, p_limit int) returns table (id uuid, name text, state text, nces_id text, city text, domain text, tenant boolean, documents_off boolean,
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
    'select d.id, d.name, d.state, d.nces_id, d.city, d.domain, d.slug is not null, d.documents_off, s.coordinator_name, s.coordinator_title, s.coordinator_email, s.coordinator_phone
     from (select d.* from district d where %s and d.id <> %L order by d.slug is null, d.documents_off, d.name, d.state, d.id limit %s) d
     left join district_settings s on s.district_id = d.id and s.coordinator_shown
     order by d.slug is null, d.documents_off, d.name, d.state, d.id', v_where, current_district(), p_limit);
end $$;

create function new_request_reference() returns text language plpgsql volatile set search_path = public, pg_temp as $$
declare v text;
begin
  if current_district() is null then return null; end if;
  loop
    v := 'R-' || to_char(now(), 'YYYY') || '-' || lpad(floor(random() * 1000000)::int::text, 6, '0');
    exit when not exists (select 1 from record_request r where r.reference = v);
  end loop;
  return v;
end $$;

do $$
declare f text;
begin
  foreach f in array array['exchange_claim_documents(uuid, uuid, text)', 'exchange_answer(uuid, uuid, text)', 'exchange_answer_with_cases(uuid)', 'exchange_decide_request(uuid, text, text)', 'exchange_seal_documents(uuid, bigint, bytea)',
    'exchange_document_key(uuid)', 'exchange_show_identity(uuid)', 'exchange_disclose_documents(uuid)', 'exchange_match(uuid, text, text, text, date, text, boolean, text, text)', 'exchange_release_documents(uuid, text)', 'exchange_note_purge(uuid, text)', 'search_directory_documents(text, int)'] loop
    execute format('alter function %s owner to baton_exchange', f);
  end loop;
end $$;
alter function new_request_reference security definer;
alter function new_request_reference owner to baton_exchange;
revoke create on schema public from baton_search, baton_exchange, baton_audit;

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
