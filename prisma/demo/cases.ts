import type { DemoDistrict } from "./districts";
import { makeName } from "./names";
import type { Random } from "./random";
import { gradeNumber, type StudentRow } from "./rosters";
import type { DemoFile, Scenario } from "./scenario";
import { guardians, looks, scenarios, teachers } from "./scenarios";
import { atWork, dayMs, dayOf, daysBefore } from "./time";

export type Member = { id: string; name: string; login: string };
type Manager = Member & { /** Holds Manage Cases. */ seesAll: boolean };
export type CasePlace = {
  district: DemoDistrict;
  districtId: string;
  buildingIds: readonly string[];
  teamIds: readonly string[];
  /** Who may stand as case manager, who leads the teams (by number), who is assigned. */
  managers: readonly Manager[];
  leaders: readonly Member[];
  assignable: readonly Member[];
  /** staff@: assigned to `staffCases` cases. */
  staff: Member;
};
export type DemoCase = {
  row: Record<string, unknown> & { id: string; number: string; status: string; level: string };
  scenario: Scenario;
  person: Record<string, unknown> | null;
  studentId: string | null;
  notes: Record<string, unknown>[];
  strategies: Record<string, unknown>[];
  tasks: Record<string, unknown>[];
  assigned: string[];
  files: (DemoFile & { noteId: string; by: Member; at: Date })[];
};

const casesPerDistrict = 60;
const staffCases = 4;
const oldestDays = 540;
/** For each case that will travel (see transfers.ts), for how many days at least nobody has touched it: what happens later doesn't travel. */
const untouchedDays = [8, 8, 8, 8, 8, 8, 8, 22, 22, 50, 50, 50, 30, 80, 122];

/**
 * The cases of a district, in the order of their numbers, spread over eighteen months; and the ids of those that will travel. These are
 * about the movers first.
 */
export function makeCases(
  random: Random,
  place: CasePlace,
  students: readonly StudentRow[],
  movers: readonly StudentRow[],
  now: Date,
): { cases: DemoCase[]; travelers: string[] } {
  const others = random.some(
    students.filter((student) => student.active && !movers.includes(student)),
    casesPerDistrict,
  );
  const people: (StudentRow | null)[] = [
    ...movers,
    ...others.slice(0, untouchedDays.length - movers.length),
    null,
    null,
    null,
    null,
    ...others.slice(untouchedDays.length),
  ].slice(0, casesPerDistrict);
  const spread = people.length - untouchedDays.length;
  const planned = people.map((student, n): Plan => {
    const grade = student ? gradeNumber(student.grade) : null;
    const scenario = random.pick(
      scenarios.filter((one) =>
        grade === null ? one.outside : !one.outside && grade >= one.grades[0] && grade <= one.grades[1],
      ),
    );
    const offsets = makeOffsets(random, scenario.notes.length);
    const untouched = untouchedDays[n];
    const plan = { id: random.uuid(), student, scenario, travels: untouched !== undefined };
    if (untouched !== undefined)
      return { ...plan, offsets, closed: false, days: untouched + (offsets.at(-1) ?? 0) + random.int(1, 6) };
    const days = 4 + Math.floor((oldestDays * (n - untouchedDays.length + random.next())) / spread);
    const closed = days > (offsets.at(-1) ?? 0) + 5 && random.chance(days > 170 ? 0.75 : 0.3);
    // Of an open case only so much has happened by now, the second note at least; an old one is looked at now and then.
    const sofar = offsets.filter((offset, i) => i < 2 || offset < days);
    const lookedAt = closed || sofar.length < offsets.length ? [] : makeLooks(random, sofar.at(-1) ?? 0, days);
    return { ...plan, offsets: [...sofar, ...lookedAt], closed, days };
  });
  const counts = new Map<number, number>();
  const cases = [...planned]
    .sort((a, b) => b.days - a.days)
    .map((plan) => {
      const openedAt = atWork(random, daysBefore(now, plan.days), place.district.timeZone, now);
      const year = openedAt.getUTCFullYear();
      counts.set(year, (counts.get(year) ?? 0) + 1);
      return makeCase(random, place, plan, openedAt, `${year}-${String(counts.get(year)).padStart(4, "0")}`, now);
    });
  const travelers = planned.slice(0, untouchedDays.length).map((plan) => plan.id);
  // One case that can't wait.
  const gravest = cases
    .filter((one) => one.row.status === "open" && one.row.level === "high" && one.scenario.team === 1)
    .at(-1);
  if (gravest && !cases.some((one) => one.row.status === "open" && one.row.level === "imminent"))
    gravest.row.level = "imminent";
  // Two of them travel, so that staff hear of it.
  const open = cases.filter((one) => one.row.status === "open" && !travelers.includes(one.row.id));
  const forStaff = [
    ...cases.filter((one) => one.row.id === travelers[0] || one.row.id === travelers[3]),
    ...random.some(open, staffCases - 2),
  ];
  for (const one of forStaff) one.assigned.push(place.staff.id);
  return { cases, travelers };
}

/** The last number given out per year, for the district's counter. */
export function lastNumbers(cases: readonly DemoCase[]): Map<string, number> {
  const last = new Map<string, number>();
  for (const { row } of cases) {
    const [year = "", n = "0"] = row.number.split("-");
    last.set(year, Math.max(last.get(year) ?? 0, Number(n)));
  }
  return last;
}

/** When a case was opened (days before now) and when its notes were written (days after that). */
type Plan = {
  id: string;
  student: StudentRow | null;
  scenario: Scenario;
  travels: boolean;
  offsets: number[];
  closed: boolean;
  days: number;
};

/** The first days are busy; then somebody looks every few weeks. */
const gaps = [
  [0, 0],
  [1, 3],
  [4, 9],
  [7, 14],
  [10, 18],
  [14, 25],
  [20, 30],
] as const;

function makeOffsets(random: Random, count: number): number[] {
  let at = 0;
  return gaps.slice(0, count).map(([least, most]) => {
    at += random.int(least, most);
    return at;
  });
}

/** One look or two at a case that has become quiet, the last of them lately. */
function makeLooks(random: Random, since: number, days: number): number[] {
  const lately = days - random.int(3, 32);
  if (lately - since < 25) return [];
  const between = since + Math.floor((lately - since) / 2);
  return lately - since > 90 ? [between, lately] : [lately];
}

function makeCase(random: Random, place: CasePlace, plan: Plan, openedAt: Date, number: string, now: Date): DemoCase {
  const { district, districtId } = place;
  const { id, student, scenario, closed } = plan;
  const outsider = student
    ? null
    : { district_id: districtId, id: random.uuid(), given_name: "", family_name: "", birth_date: null };
  if (outsider) {
    const { given, family } = makeName(random);
    Object.assign(outsider, { given_name: given, family_name: family });
  }
  const manager = random.pick(place.managers);
  const leader = place.leaders[scenario.team] as Member;
  const others = random.some(place.assignable, random.int(0, 2));
  const fill = filler(random, {
    name: student?.preferred_name ?? student?.given_name ?? outsider?.given_name ?? "",
    lead: leader.name,
    guardian: scenario.guardian,
  });

  const later = random.some(looks, plan.offsets.length);
  let before = 0;
  const notes = plan.offsets.map((offset, i) => {
    const author = i === 0 ? manager : random.pick([manager, leader, ...others]);
    const wanted = i === 0 ? openedAt : atWork(random, daysBefore(now, plan.days - offset), district.timeZone, now);
    // A weekend's note moves to the Friday, where the one before may stand already.
    const at = new Date(Math.max(wanted.getTime(), before + random.int(15, 60) * 60_000));
    before = at.getTime();
    const text = scenario.notes[i] ?? later[i - scenario.notes.length] ?? looks[0];
    return {
      row: {
        district_id: districtId,
        id: random.uuid(),
        case_id: id,
        author_id: author.id,
        author_name: author.name,
        body: fill(text),
        written_at: at.toISOString(),
      },
      author,
      at,
    };
  });
  const last = notes.at(-1) as (typeof notes)[number];
  const started = dayOf(new Date(openedAt.getTime() + random.int(2, 10) * dayMs));
  const level = closed ? "low" : random.pick(scenario.levels);
  const quiet = !plan.travels && plan.days > 90;
  const status = closed ? "closed" : quiet && random.chance(0.5) ? "monitoring" : "open";

  return {
    scenario,
    person: outsider,
    studentId: student?.id ?? null,
    row: {
      district_id: districtId,
      id,
      number,
      student_id: student?.id ?? null,
      person_id: outsider?.id ?? null,
      building_id: student?.building_id ?? random.pick(place.buildingIds),
      team_id: place.teamIds[scenario.team],
      manager_id: manager.id,
      status,
      level,
      created_at: openedAt.toISOString(),
      updated_at: last.at.toISOString(),
      closed_at: closed ? last.at.toISOString() : null,
      version: notes.length,
    },
    notes: notes.map((note) => note.row),
    strategies: random.some(scenario.strategies, random.int(1, 3)).map((text, i) => {
      const ended = closed || (i === 2 && random.chance(0.5));
      return {
        district_id: districtId,
        case_id: id,
        text: fill(text),
        started_on: started,
        ended_on: ended ? dayOf(last.at) : null,
        outcome: ended
          ? random.pick(["No longer needed", "Goal met", "Replaced by something simpler", "Kept up at home"])
          : null,
      };
    }),
    tasks: random.some(scenario.tasks, random.int(1, 3)).map((text, i) => {
      const who = random.pick([manager, leader, ...others]);
      const done = closed || (i === 0 && random.chance(0.7));
      const due = done
        ? new Date(last.at.getTime() + random.int(-5, 5) * dayMs)
        : new Date(now.getTime() + random.int(-6, 25) * dayMs);
      const doneAt = new Date(Math.min(now.getTime() - dayMs, due.getTime() - random.int(0, 2) * dayMs));
      return {
        district_id: districtId,
        case_id: id,
        text: fill(text),
        assignee_id: who.id,
        assignee_name: who.name,
        due_on: dayOf(due),
        done_at: done ? doneAt.toISOString() : null,
      };
    }),
    // As the app does it: a case manager who doesn't see all cases is assigned to their own.
    assigned: [...new Set([...(manager.seesAll ? [] : [manager]), ...others].map((member) => member.id))],
    files: random
      .some(scenario.files, plan.travels ? scenario.files.length : random.int(0, random.chance(0.3) ? 2 : 1))
      .map((file, i) => {
        const note = notes[Math.min(notes.length - 1, i + 1)] as (typeof notes)[number];
        return { ...file, noteId: note.row.id, by: note.author, at: note.at };
      }),
  };
}

/** Puts names into a text. The guardian and the teacher stay the same throughout a case. */
function filler(
  random: Random,
  names: { name: string; lead: string; guardian: string | undefined },
): (text: string) => string {
  const guardian = names.guardian ?? random.pick(guardians);
  const teacher = random.pick(teachers);
  return (text) =>
    random
      .say(text)
      .replace(/(^|[.!?]\s+)\$guardian/g, `$1The ${guardian}`)
      .replaceAll("$guardian", `the ${guardian}`)
      .replaceAll("$teacher", teacher)
      .replaceAll("$lead", names.lead)
      .replaceAll("$name", () => names.name);
}
