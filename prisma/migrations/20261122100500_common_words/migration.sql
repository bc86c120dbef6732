-- A word that many cases have, in the order that everybody looks at: 120 ms for the page and 50 ms for the count became one walk of some
-- thousand index rows. PostgreSQL guesses under row-level security that any word is rare, and gathered all hits to sort them.
create or replace function search_cases(p_q text, p_status text, p_building uuid, p_team uuid, p_level text, p_member uuid, p_sort text, p_desc boolean, p_limit int, p_offset int, p_count_to int)
  returns table (ids uuid[], total int) language plpgsql stable security definer rows 1 set search_path = public, pg_temp as $$
declare
  v_district uuid := current_district();
  v_where text;
  v_with text := '';
  v_join text := '';
  v_order text;
  v_way text := case when p_desc then 'desc' else 'asc' end;
  v_word text;
  v_words boolean := norm(p_q) <> '';
  v_seen int := 0;
  v_walk text;
begin
  if v_district is null then return; end if;
  v_where := format('c.district_id = %L', v_district);
  -- Three letters and more match anywhere in a word, fewer at its beginning.
  for v_word in select distinct w from unnest(string_to_array(norm(p_q), ' ')) w where w <> '' loop
    v_where := v_where || format(' and c.search like %L', case when length(v_word) < 3 then '% ' || v_word || '%' else '%' || v_word || '%' end);
  end loop;
  -- Typed signs without a letter or digit find nothing, rather than everything.
  if coalesce(p_q, '') ~ '\S' and not v_words then v_where := v_where || ' and false'; end if;
  if p_status = 'not-closed' then v_where := v_where || ' and c.status <> ''closed''';
  elsif p_status is not null then v_where := v_where || format(' and c.status = %L', p_status); end if;
  if p_building is not null then v_where := v_where || format(' and c.building_id = %L', p_building); end if;
  if p_team is not null then v_where := v_where || format(' and c.team_id = %L', p_team); end if;
  if p_level is not null then v_where := v_where || format(' and c.level = %L', p_level); end if;
  if p_member is not null then v_where := v_where || format(' and exists (select 1 from case_assignment a where a.district_id = c.district_id and a.case_id = c.id and a.membership_id = %L)', p_member); end if;
  -- Cases without a building, team or manager come last either way.
  if p_sort in ('building', 'team', 'manager') then
    v_with := format(', o as materialized (select x.id, norm(x.name) as name from %I x where x.district_id = %L)', case p_sort when 'manager' then 'membership' else p_sort end, v_district);
    v_join := format(' left join o on o.id = c.%I', p_sort || '_id');
  end if;
  v_order := case
    when v_join <> '' then format('o.name %s nulls last, c.updated_at desc, c.id', v_way)
    when p_sort = 'number' then format('c.number %s', v_way)
    when p_sort = 'person' then format('c.person_sort %s, c.id %s', v_way, v_way)
    when p_sort = 'level' then format('array_position(array[''low'', ''moderate'', ''high'', ''imminent''], c.level) %s, c.updated_at desc, c.id', v_way)
    when p_sort = 'status' then format('array_position(array[''open'', ''monitoring'', ''closed''], c.status) %s, c.updated_at desc, c.id', v_way)
    when p_desc then 'c.updated_at desc, c.id'
    else 'c.updated_at, c.id desc' end;
  -- A word that every fifth case has is found faster by walking along the newest; the 100 newest tell.
  if v_words then
    execute format('select count(*)::int from (select c.* from "case" c where c.district_id = %L order by c.updated_at desc, c.id limit 100) c where %s', v_district, v_where) into v_seen;
  end if;
  -- Any other word: all hits by the trigram index, as far as they are counted; mostly that's everything.
  if v_words and v_seen < 20 then
    execute format('with hit as materialized (select c.id, c.number, c.person_sort, c.building_id, c.team_id, c.manager_id, c.level, c.status, c.updated_at from "case" c where %s limit %s)%s
      select coalesce((select array_agg(x.id) from (select c.id from hit c%s order by %s limit %s offset %s) x), ''{}''), (select count(*)::int from hit)',
      v_where, p_count_to, v_with, v_join, v_order, p_limit, p_offset) into ids, total;
    if total < p_count_to or p_limit = 0 then return next; return; end if;
  end if;
  -- So many that a walk along the newest, as far as their density tells, meets all that are counted, and the page with them.
  if v_words and v_seen >= 20 then
    v_walk := format('select c.* from "case" c where c.district_id = %L order by c.updated_at desc, c.id limit %s', v_district, p_count_to::bigint * 150 / v_seen);
    if p_sort = 'updated' and p_desc then
      execute format('with hit as materialized (select c.id, row_number() over () n from (%s) c where %s limit %s)
        select coalesce((select array_agg(h.id order by h.n) from hit h where h.n > %s and h.n <= %s), ''{}''), (select count(*)::int from hit)',
        v_walk, v_where, p_count_to, p_offset, p_offset + p_limit) into ids, total;
      if total = p_count_to then return next; return; end if;
    else
      execute format('select count(*)::int from (select 1 from (%s) c where %s limit %s) x', v_walk, v_where, p_count_to) into total;
    end if;
    -- Met fewer: they lie elsewhere, and are counted below.
    if total < p_count_to then total := null; end if;
  end if;
  execute format('with one as (select 1)%s select coalesce(array_agg(x.id), ''{}'') from (select c.id from "case" c%s where %s order by %s limit %s offset %s) x',
    v_with, v_join, v_where, v_order, p_limit, p_offset) into ids;
  if total is not null then null;
  elsif cardinality(ids) < p_limit and (p_offset = 0 or cardinality(ids) > 0) then
    total := least(p_offset + cardinality(ids), p_count_to);
  else
    -- Behind "offset 0" the words are looked for case by case: under row-level security PostgreSQL guesses that any word is rare.
    execute format('select count(*)::int from (select 1 from (select c.* from "case" c where c.district_id = %L%s) c where %s limit %s) x',
      v_district, case when v_words then ' offset 0' end, v_where, p_count_to) into total;
  end if;
  return next;
end $$;
