import { sql } from "@/lib/db/sql";
import type { DistrictTx } from "@/lib/db/types";
import type { Actor } from "@/lib/policy";
import { mostLeaving } from "@/lib/roster/limits";
import { placesOf } from "@/lib/roster/places";
import type { Problem, ReasonCode } from "@/lib/roster/problem-words";
import { Told } from "@/lib/roster/record";
import type { BundleFacts } from "@/lib/roster/sink";
import { insertProblems, mostProblems, Overtaken } from "@/lib/roster/staging";

type Refused = { line: number | null; student_id: string | null; detail: string | null };

/**
 * Ends a dry run: finds the students whom the staged rows are about, by sourcedId or, where the roster hasn't told of them before, by SIS
 * ID; takes out what can't be; counts. In sets, and rows that add to an empty roster are looked at without being written again.
 * Throws `Overtaken`.
 */
export async function compareWithRoster(
  tx: DistrictTx,
  actor: Actor,
  input: {
    importId: string;
    attempt: number;
    facts: BundleFacts;
    next: { rows: number; problems: number };
    errors: number;
    notes: number;
  },
): Promise<{
  status: "ready" | "held";
  added: number;
  changed: number;
  returned: number;
  leaving: number;
  errors: number;
}> {
  const { importId, attempt, facts, next } = input;
  const district = sql`${actor.districtId}::uuid`;
  const ours = sql`r.district_id = ${district} and r.import_id = ${importId}::uuid`;
  const begun = await tx.$executeRaw`
    update roster_import r set schools = ${JSON.stringify(facts.schools)}::jsonb, kind = ${facts.kind}, version = ${facts.version}, rows_read = ${facts.rows}::int
    where r.district_id = ${district} and r.id = ${importId}::uuid and r.status = 'checking' and r.attempt = ${attempt}::int`;
  if (begun === 0) throw new Overtaken();

  const problems = new Problems(tx, actor, importId, next.problems, input.errors);
  // Each of the following goes through all students: only what there's reason for.
  const [staged] = await tx.$queryRaw<[{ adds: boolean; leaves: boolean }]>`
    select coalesce(bool_or(r.what = 'add'), false) adds, coalesce(bool_or(r.what = 'leave'), false) leaves from roster_row r where ${ours}`;
  if (staged.leaves) {
    await tx.$executeRaw`
      update roster_row r set student_id = s.id from student s
      where ${ours} and r.what = 'leave' and s.district_id = ${district} and s.source_id = r.source_id`;
  }
  const places = placesOf(district, importId);
  const what = sql`case when not s.active then 'back' when ${isAsBefore} then 'same' else 'change' end`;
  // Whom the roster told of before.
  await tx.$executeRaw`
    with ${places}
    update roster_row t set student_id = m.id, what = m.what from (
      select r.n, s.id, ${what} what from roster_row r
      join student s on s.district_id = ${district} and s.source_id = r.source_id
      left join place p on p.source_id = r.school
      where ${ours} and r.what = 'change') m
    where t.district_id = ${district} and t.import_id = ${importId}::uuid and t.n = m.n`;
  if (staged.adds) {
    // Who was added by hand, or came from elsewhere, or left, or is called by a new sourcedId: by SIS ID.
    await tx.$executeRaw`
      with ${places}
      update roster_row t set student_id = m.id, what = m.what from (
        select r.n, s.id, ${what} what from roster_row r
        join student s on s.district_id = ${district} and s.sis_id = r.sis_id
        left join place p on p.source_id = r.school
        where ${ours} and r.what = 'add' and (s.source_id is null or not s.active or exists (
          select 1 from roster_row l where l.district_id = ${district} and l.import_id = ${importId}::uuid and l.what = 'leave' and l.student_id = s.id))) m
      where t.district_id = ${district} and t.import_id = ${importId}::uuid and t.n = m.n`;
    await tx.$executeRaw`
      delete from roster_row r where ${ours} and r.what = 'leave' and exists (
        select 1 from roster_row a where a.district_id = ${district} and a.import_id = ${importId}::uuid and a.student_id = r.student_id and a.what in ('change', 'back', 'same'))`;
  }

  const kept = await refuseOthers(tx, { district, ours, importId, problems });
  if (facts.kind === "bulk") {
    await tx.$executeRaw`
      insert into roster_row (district_id, import_id, n, what, student_id)
      select ${district}, ${importId}::uuid, ${next.rows}::int + row_number() over ()::int, 'leave', s.id from student s
      where s.district_id = ${district} and s.active and s.source = 'roster' and s.source_id is null and s.id <> all (${kept}::uuid[])
        and not exists (select 1 from roster_row r where ${ours} and r.student_id = s.id)`;
  }
  return finish(tx, actor, { ...input, errors: problems.errors });
}

const bit = (of: keyof typeof Told) => sql`r.told & ${Told[of]}::int`;

/** Whether the student `s` is already as the row `r` says; `p` is the building of its school. */
const isAsBefore = sql`(
  (${bit("who")} = 0 or (s.given_name, s.family_name, s.sis_id) = (r.given_name, r.family_name, r.sis_id))
  and (${bit("birthDate")} = 0 or s.birth_date is not distinct from r.birth_date)
  and (${bit("school")} = 0 or (s.building_id is not distinct from p.building_id and (r.school is null or p.building_id is not null)))
  and (${bit("preferred")} = 0 or s.preferred_name is not distinct from r.preferred_name)
  and (${bit("state")} = 0 or s.state_id is not distinct from r.state_id)
  and (${bit("grade")} = 0 or s.grade is not distinct from r.grade)
  and (${bit("middle")} = 0 or s.middle_name is not distinct from r.middle_name))`;

type Refusing = {
  district: ReturnType<typeof sql>;
  ours: ReturnType<typeof sql>;
  importId: string;
  problems: Problems;
};

/** Takes out rows that would make a student somebody else, or give two students one number. Gives the students who stay as they are. */
async function refuseOthers(tx: DistrictTx, { district, ours, importId, problems }: Refusing): Promise<string[]> {
  const other = sql`o.district_id = ${district} and o.import_id = ${importId}::uuid and o.student_id = s.id`;
  const kept: string[] = [];
  const note = async (rows: Refused[], column: string, reason: ReasonCode) => {
    kept.push(...rows.flatMap((row) => row.student_id ?? []));
    await problems.add(rows, column, reason);
  };
  // A number that was given to another child must not carry the first one's cases over.
  const strangers = await tx.$queryRaw<Refused[]>`
    delete from roster_row r using student s
    where ${ours} and r.what in ('change', 'back') and ${bit("who")} > 0 and ${bit("birthDate")} > 0
      and s.district_id = ${district} and s.id = r.student_id and s.birth_date <> r.birth_date
      and norm(s.given_name) <> norm(r.given_name)
      and (s.preferred_name is null or norm(s.preferred_name) not in (norm(r.given_name), norm(r.preferred_name)))
      and (r.preferred_name is null or norm(r.preferred_name) <> norm(s.given_name))
    returning r.line, r.student_id, s.sis_id detail`;
  await note(strangers, "sourcedId", "another-person");
  // A row that is refused keeps its student's number, which another row may have counted on.
  for (let left = 10; left > 0; left--) {
    const taken = await tx.$queryRaw<Refused[]>`
      delete from roster_row r using student s
      where ${ours} and r.what in ('add', 'change', 'back') and ${bit("who")} > 0 and s.district_id = ${district} and s.sis_id = r.sis_id
        and s.id is distinct from r.student_id
        and not exists (select 1 from roster_row o where ${other} and o.what in ('change', 'back') and o.told & ${Told.who}::int > 0 and o.sis_id <> s.sis_id)
      returning r.line, r.student_id, null detail`;
    if (taken.length === 0) break;
    await note(taken, "identifier", "sis-taken");
  }
  const states = await tx.$queryRaw<Refused[]>`
    delete from roster_row r using student s
    where ${ours} and r.what in ('add', 'change', 'back') and ${bit("state")} > 0 and s.district_id = ${district} and s.state_id = r.state_id and s.active
      and s.id is distinct from r.student_id
      and not exists (select 1 from roster_row o where ${other} and (o.what = 'leave' or (o.what in ('change', 'back') and o.told & ${Told.state}::int > 0 and o.state_id is distinct from s.state_id)))
      and not exists (select 1 from student me where me.district_id = ${district} and me.id = r.student_id and me.state_id = r.state_id)
    returning r.line, r.student_id, s.sis_id detail`;
  await note(states, "userIds", "state-taken");
  return kept;
}

class Problems {
  constructor(
    readonly tx: DistrictTx,
    readonly actor: Actor,
    readonly importId: string,
    public n: number,
    public errors: number,
  ) {}

  async add(rows: readonly Refused[], column: string, reason: ReasonCode): Promise<void> {
    this.errors += rows.length;
    const shown = rows
      .slice(0, Math.max(0, mostProblems - this.n))
      .map(({ line, detail }): Problem => ({ file: "users.csv", line, column, reason, detail, refused: true }));
    await insertProblems(this.tx, this.actor.districtId, this.importId, this.n, shown);
    this.n += shown.length;
  }
}

async function finish(
  tx: DistrictTx,
  actor: Actor,
  { importId, facts, errors, notes }: { importId: string; facts: BundleFacts; errors: number; notes: number },
) {
  const [count] = await tx.$queryRaw<
    [{ added: number; changed: number; returned: number; leaving: number; same: number; staff: number; active: number }]
  >`
    select count(*) filter (where what = 'add')::int added, count(*) filter (where what = 'change')::int changed, count(*) filter (where what = 'back')::int returned,
      count(*) filter (where what = 'leave')::int leaving, count(*) filter (where what = 'same')::int same, count(*) filter (where what = 'staff')::int staff,
      (select count(*)::int from student s where s.district_id = ${actor.districtId}::uuid and s.active) active
    from roster_row where district_id = ${actor.districtId}::uuid and import_id = ${importId}::uuid`;
  const { added, changed, returned, leaving } = count;
  const held = leaving > count.active * mostLeaving || (leaving > 0 && facts.unnamed > 0);
  const status = held ? ("held" as const) : ("ready" as const);
  await tx.$executeRaw`
    update roster_import set status = ${status}, added = ${added}::int, changed = ${changed}::int, returned = ${returned}::int, leaving = ${leaving}::int,
      unchanged = ${facts.unchanged + count.same}::int, staff = ${count.staff}::int, active_before = ${count.active}::int, error_count = ${errors}::int, note_count = ${notes}::int, checked_at = now()
    where district_id = ${actor.districtId}::uuid and id = ${importId}::uuid and status = 'checking'`;
  return { status, added, changed, returned, leaving, errors };
}
