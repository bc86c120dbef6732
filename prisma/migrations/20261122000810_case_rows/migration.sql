-- What the list shows of the cases that a search found, in their order. A function for its plan alone: nine tables with their policies
-- take 7 ms to plan and 1 ms to read, and inside a function the plan is kept. It runs as its caller, so the fence stands.
create function case_rows(p_ids uuid[]) returns table (n bigint, id uuid, number text, given_name text, family_name text, grade text, on_roster boolean, building text, team text,
  team_leader text, manager text, status text, level text, updated_at timestamptz, received boolean, transfer_id uuid, transfer_open boolean)
  language plpgsql stable rows 50 set search_path = public, pg_temp as $$
begin
  return query
    select o.n, c.id, c.number, coalesce(s.given_name, p.given_name), coalesce(s.family_name, p.family_name), coalesce(s.grade, p.grade), c.student_id is not null,
      b.name, t.name, l.name, m.name, c.status, c.level, c.updated_at, c.received_at is not null, x.id, x.open
    from unnest(p_ids) with ordinality o (id, n)
    join "case" c on c.district_id = current_district() and c.id = o.id
    left join student s on s.district_id = c.district_id and s.id = c.student_id
    left join person p on p.district_id = c.district_id and p.id = c.person_id
    left join building b on b.district_id = c.district_id and b.id = c.building_id
    left join team t on t.district_id = c.district_id and t.id = c.team_id
    left join membership l on l.district_id = t.district_id and l.id = t.leader_id
    left join membership m on m.district_id = c.district_id and m.id = c.manager_id
    -- The latest transfer that the case waits in, or else went with.
    left join lateral (
      select tr.id, tc.open from transfer_case tc join transfer tr on tr.id = tc.transfer_id
      where tc.district_id = c.district_id and tc.case_id = c.id and (tc.open or tr.status = 'completed')
      order by tc.open desc, tr.created_at desc limit 1) x on true
    order by o.n;
end $$;
alter function search_cases rows 1;
