-- One search of the directory for everybody who picks a district: whom cases or documents go to, whom records are asked of. There were
-- two functions, alike but for the switch that counts.
drop function search_directory(text, int);
drop function search_directory_documents(text, int);

grant create on schema public to baton_exchange;

-- Those that can be picked come first, then those whose switch is off, then those that aren't on Baton.
create function search_directory(p_q text, p_what text, p_limit int) returns table (id uuid, name text, state text, nces_id text, city text, domain text, tenant boolean, switched_off boolean,
  coordinator_name text, coordinator_title text, coordinator_email text, coordinator_phone text) language plpgsql stable security definer set search_path = public, pg_temp as $$
declare
  v_off text := case p_what when 'cases' then 'not d.case_transfers_on' else 'd.documents_off' end;
  v_order text := format('d.slug is null, %s, d.name, d.state, d.id', v_off);
  v_where text := 'true';
  v_word text;
begin
  if current_district() is null then return; end if;
  for v_word in select distinct w from unnest(string_to_array(norm(p_q), ' ')) w where w <> '' loop
    v_where := v_where || format(' and (d.search like %L or d.search like %L)', v_word || '%', case when length(v_word) < 3 then '% ' || v_word || '%' else '%' || v_word || '%' end);
  end loop;
  return query execute format(
    'select d.id, d.name, d.state, d.nces_id, d.city, d.domain, d.slug is not null, %1$s, s.coordinator_name, s.coordinator_title, s.coordinator_email, s.coordinator_phone
     from (select d.* from district d where %2$s and d.id <> %3$L order by %4$s limit %5$s) d
     left join district_settings s on s.district_id = d.id and s.coordinator_shown
     order by %4$s', v_off, v_where, current_district(), v_order, p_limit);
end $$;
alter function search_directory owner to baton_exchange;

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
