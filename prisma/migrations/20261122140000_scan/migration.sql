-- Files are scanned for viruses where a scanner is set (CLAMD_URL): what isn't known to be clean isn't handed out or sent then.
alter table stored_file add column scan text not null default 'none' check (scan in ('none', 'clean', 'infected'));
comment on column stored_file.scan is 'none: not scanned, or not yet.';
-- The worker's list; bundles of rosters are read by the worker alone and handed to nobody.
create index stored_file_unscanned on stored_file (created_at, id) where scan = 'none' and media_type <> 'application/zip';

-- What was scanned with the sender stays scanned on its way.
alter table package_file add column scan text not null default 'none' check (scan in ('none', 'clean'));

-- Received history stays as it came, but nobody has to keep a virus.
create function refuse_received_attachment() returns trigger language plpgsql set search_path = public, pg_temp as $$
begin
  if old.received and not (tg_op = 'DELETE' and (pg_trigger_depth() > 1
    or exists (select 1 from stored_file f where f.district_id = old.district_id and f.id = old.file_id and f.scan = 'infected'))) then
    raise exception 'received rows are read-only' using errcode = 'BT001';
  end if;
  return case tg_op when 'DELETE' then old else new end;
end $$;
drop trigger refuse_received on attachment;
create trigger refuse_received before update or delete on attachment for each row execute function refuse_received_attachment();
