-- The latest day that a request was ever due by. Once it has gone by the request stays overdue, whatever the calendar says later; before,
-- a slip of the calendar that made it due earlier can be put right.
alter table record_request add column due_latest date;
create function keep_due_latest() returns trigger language plpgsql set search_path = public, pg_temp as $$
begin
  new.due_latest := greatest(new.due_latest, new.due_on);
  return new;
end $$;
create trigger keep_due_latest before insert or update of due_on on record_request for each row execute function keep_due_latest();
update record_request set due_on = due_on where due_on is not null;
