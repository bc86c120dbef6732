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
drop trigger refuse_held_move on "case";
create trigger refuse_held_move before update of student_id, person_id on "case" for each row
  when (old.student_id is distinct from new.student_id or old.person_id is distinct from new.person_id) execute function refuse_held();
