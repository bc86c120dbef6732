-- PostgreSQL lets everybody execute a new function. The definer functions are the app's alone; two of them only each other's.
do $$
declare f record;
begin
  for f in select p.oid::regprocedure as name, p.proname from pg_proc p where p.pronamespace = 'public'::regnamespace and p.prosecdef loop
    execute format('revoke execute on function %s from public', f.name);
    if f.proname not in ('transfer_note', 'exchange_apply') then
      execute format('grant execute on function %s to baton_runtime', f.name);
    end if;
  end loop;
end $$;
