-- Received history stays as it came, but nobody has to keep what can't be opened: a virus, or a file that couldn't be scanned.
create or replace function refuse_received_attachment() returns trigger language plpgsql set search_path = public, pg_temp as $$
begin
  if old.received and not (tg_op = 'DELETE' and (pg_trigger_depth() > 1
    or exists (select 1 from stored_file f where f.district_id = old.district_id and f.id = old.file_id and f.scan in ('infected', 'failed')))) then
    raise exception 'received rows are read-only' using errcode = 'BT001';
  end if;
  return case tg_op when 'DELETE' then old else new end;
end $$;

-- Whom a held case is about stays as it's written. Once no case is about them the certificate's number may stand in.
create function refuse_held_person() returns trigger language plpgsql set search_path = public, pg_temp as $$
begin
  -- Who places a hold at this moment is waited for.
  perform 1 from "case" c where c.district_id = old.district_id and c.person_id = old.id for key share;
  if exists (select 1 from "case" c where c.district_id = old.district_id and c.person_id = old.id and is_held(null, c.id)) then
    raise exception 'a legal hold stands' using errcode = 'BT008';
  end if;
  return new;
end $$;
create trigger refuse_held_person before update on person for each row when (old.* is distinct from new.*) execute function refuse_held_person();
