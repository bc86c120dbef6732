-- The list of students at 100,000 students, and what a purge leaves for the worker.

create index student_building on student (district_id, building_id, name_key);

grant create on schema public to baton_search, baton_exchange;

-- Kindergarten before grade 1 before grade 10, whatever a roster calls them.
create function grade_sort(p_grade text) returns int language sql immutable parallel safe set search_path = public, pg_temp as $$
  select case upper(trim(p_grade)) when 'IT' then -4 when 'PR' then -3 when 'PK' then -2 when 'TK' then -1 when 'K' then 0 when 'KG' then 0 when 'KINDERGARTEN' then 0
    else case when trim(p_grade) ~ '^[0-9]{1,2}$' then trim(p_grade)::int when p_grade is null then 99 else 50 end end
$$;
create index student_grade on student (district_id, grade_sort(grade), name_key);

-- Only what's live: the bin and what is quarantined are found by nobody's search.
grant select on document to baton_search;
create policy search on document for select to baton_search using (deleted_at is null and quarantined_at is null);

-- A page of students and how many there are, counted up to p_count_to. As search_cases: a role of its own, the tenant predicate inside.
--   p_q       words of name, SIS ID, state ID or building, in any order
--   p_born    a birth date that was typed among them
--   p_show    'documents', 'open-case', 'departed'
--   p_member  only students whose documents this membership owns, or whose cases it's assigned to
-- "Has documents" and "has an open case" mean those that the member sees: p_documents and p_cases say whether that's all of them.
create function search_students_page(p_q text, p_born date, p_building uuid, p_grade text, p_show text, p_member uuid, p_sees uuid, p_documents boolean, p_cases boolean,
  p_sort text, p_desc boolean, p_limit int, p_offset int, p_count_to int)
  returns table (ids uuid[], total int) language plpgsql stable security definer rows 1 set search_path = public, pg_temp as $$
declare
  v_district uuid := current_district();
  v_where text;
  v_order text;
  v_way text := case when p_desc then 'desc' else 'asc' end;
  v_with text := '';
  v_join text := '';
  v_word text;
  v_like text;
  v_buildings uuid[];
  v_words boolean := norm(p_q) <> '';
  v_document text := format('select 1 from document d where d.district_id = s.district_id and d.student_id = s.id and d.deleted_at is null and d.quarantined_at is null%s',
    case when p_documents then '' else format(' and d.owner_id = %L', p_sees) end);
  v_case text := format('select 1 from "case" c where c.district_id = s.district_id and c.student_id = s.id%s',
    case when p_cases then '' else format(' and exists (select 1 from case_assignment a where a.district_id = c.district_id and a.case_id = c.id and a.membership_id = %L)', p_sees) end);
begin
  if v_district is null then return; end if;
  v_where := format('s.district_id = %L', v_district);
  for v_word in select distinct w from unnest(string_to_array(norm(p_q), ' ')) w where w <> '' loop
    -- Three letters and more match anywhere in a word, fewer at its beginning.
    v_like := case when length(v_word) < 3 then '% ' || v_word || '%' else '%' || v_word || '%' end;
    select array_agg(b.id) into v_buildings from building b where b.district_id = v_district and ' ' || norm(b.name) like v_like;
    v_where := v_where || case when v_buildings is null then format(' and s.search like %L', v_like)
      else format(' and (s.search like %L or s.building_id = any (%L))', v_like, v_buildings) end;
  end loop;
  -- Typed signs without a letter or digit find nothing, rather than everything.
  if coalesce(p_q, '') ~ '\S' and not v_words then v_where := v_where || ' and false'; end if;
  if p_born is not null then v_where := v_where || format(' and s.birth_date = %L', p_born); end if;
  if p_building is not null then v_where := v_where || format(' and s.building_id = %L', p_building); end if;
  if p_grade is not null then v_where := v_where || format(' and grade_sort(s.grade) = grade_sort(%L)', p_grade); end if;
  if p_show = 'departed' then v_where := v_where || ' and not s.active';
  elsif p_show = 'documents' then v_where := v_where || format(' and exists (%s)', v_document);
  elsif p_show = 'open-case' then v_where := v_where || format(' and exists (%s and c.status <> ''closed'')', v_case); end if;
  if p_member is not null then
    v_where := v_where || format(' and s.id in (
      select d.student_id from document d where d.district_id = %1$L and d.owner_id = %2$L and d.deleted_at is null and d.quarantined_at is null
      union select c.student_id from case_assignment a join "case" c on c.district_id = a.district_id and c.id = a.case_id where a.district_id = %1$L and a.membership_id = %2$L)',
      v_district, p_member);
  end if;
  if p_sort = 'building' then
    v_with := format(', o as materialized (select b.id, norm(b.name) as name from building b where b.district_id = %L)', v_district);
    v_join := ' left join o on o.id = s.building_id';
  end if;
  -- Who has no building or birth date comes last either way.
  v_order := case p_sort
    when 'building' then format('o.name %s nulls last, s.name_key, s.id', v_way)
    when 'grade' then format('grade_sort(s.grade) %1$s, s.name_key %1$s, s.id', v_way)
    when 'born' then format('s.birth_date %s nulls last, s.name_key, s.id', v_way)
    when 'sis' then format('s.sis_id %s', v_way)
    else format('s.name_key %1$s, s.id', v_way) end;
  -- Words and filters mostly leave few: all hits, as far as they're counted, then their order.
  if v_words or p_born is not null or p_show is not null or p_member is not null then
    execute format('with hit as materialized (select s.id, s.name_key, s.sis_id, s.birth_date, s.grade, s.building_id from student s where %s limit %s)%s
      select coalesce((select array_agg(x.id) from (select s.id from hit s%s order by %s limit %s offset %s) x), ''{}''), (select count(*)::int from hit)',
      v_where, p_count_to, v_with, v_join, v_order, p_limit, p_offset) into ids, total;
    if total < p_count_to or p_limit = 0 then return next; return; end if;
  end if;
  -- So many that they're close together in any order.
  execute format('with one as (select 1)%s select coalesce(array_agg(x.id), ''{}'') from (select s.id from student s%s where %s order by %s limit %s offset %s) x',
    v_with, v_join, v_where, v_order, p_limit, p_offset) into ids;
  if total is not null then null;
  elsif cardinality(ids) < p_limit and (p_offset = 0 or cardinality(ids) > 0) then
    total := least(p_offset + cardinality(ids), p_count_to);
  else
    execute format('select count(*)::int from (select 1 from student s where %s limit %s) x', v_where, p_count_to) into total;
  end if;
  return next;
end $$;
alter function search_students_page owner to baton_search;

-- The grades that the district's students are in, in their order, one name each; without going through all students.
create function list_grades() returns setof text language sql stable security definer set search_path = public, pg_temp as $$
  with recursive g as (
    (select s.grade, grade_sort(s.grade) n from student s where s.district_id = current_district() and grade_sort(s.grade) < 99 order by grade_sort(s.grade) limit 1)
    union all
    select x.grade, x.n from g cross join lateral (
      select s.grade, grade_sort(s.grade) n from student s where s.district_id = current_district() and grade_sort(s.grade) > g.n and grade_sort(s.grade) < 99 order by grade_sort(s.grade) limit 1) x
  )
  select g.grade from g order by g.n
$$;
alter function list_grades owner to baton_search;

-- Objects whose rows a purge has just deleted: the worker takes them from the storage if the purge itself can't any more. Nothing that a
-- row still names is ever put on the list.
create function doom_objects(p_keys text[]) returns void language sql security definer set search_path = public, pg_temp as $$
  insert into doomed_object (storage_key) select k from unnest(p_keys) k
  where current_district() is not null and not exists (select 1 from stored_file f where f.storage_key = k) and not exists (select 1 from package_file p where p.storage_key = k)
  on conflict do nothing
$$;
alter function doom_objects owner to baton_exchange;

-- The next n numbers of purge certificates of the district for this year.
create function next_purge_numbers(p_n int) returns setof text language sql volatile set search_path = public, pg_temp as $$
  with c as (
    insert into counter (district_id, name, value) values (current_district(), 'purge-' || to_char(now(), 'YYYY'), p_n)
    on conflict (district_id, name) do update set value = counter.value + excluded.value returning value)
  select 'P-' || to_char(now(), 'YYYY') || '-' || lpad(i::text, 6, '0') from c, generate_series(c.value - p_n + 1, c.value) i
$$;

revoke create on schema public from baton_search, baton_exchange;

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
