import type { DemoDistrict } from "./districts";
import { makeName } from "./names";
import type { Random } from "./random";
import { gradeNumber, type StudentRow } from "./rosters";
import { type DemoFile, guardians, type Scenario, scenarios, teachers } from "./scenarios";
import { atWork, dayMs, dayOf, daysBefore } from "./time";

export type Member = { id: string; name: string; login: string };
export type CasePlace = {
  district: DemoDistrict;
  districtId: string;
  buildingIds: readonly string[];
  teamIds: readonly string[];
  /** Who may stand as case manager, who leads the teams (by number), who is assigned. */
  managers: readonly Member[];
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
  const planned = people.map((student, n) => {
    const untouched = untouchedDays[n] ?? null;
    const days =
      untouched === null
        ? 4 +
          Math.floor((oldestDays * (n - untouchedDays.length + random.next())) / (people.length - untouchedDays.length))
        : untouched + random.int(60, 200);
    return { id: random.uuid(), student, untouched, days };
  });
  const counts = new Map<number, number>();
  const cases = [...planned]
    .sort((a, b) => b.days - a.days)
    .map((plan) => {
      const openedAt = atWork(random, daysBefore(now, plan.days), place.district.timeZone, now);
      const year = openedAt.getUTCFullYear();
      counts.set(year, (counts.get(year) ?? 0) + 1);
      return makeCase(
        random,
        place,
        { ...plan, openedAt, number: `${year}-${String(counts.get(year)).padStart(4, "0")}` },
        now,
      );
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

type Start = {
  id: string;
  student: StudentRow | null;
  untouched: number | null;
  days: number;
  openedAt: Date;
  number: string;
};

function makeCase(random: Random, place: CasePlace, start: Start, now: Date): DemoCase {
  const { district, districtId } = place;
  const { id, student } = start;
  const travels = start.untouched !== null;
  const grade = student ? gradeNumber(student.grade) : null;
  const scenario = random.pick(
    scenarios.filter((one) =>
      grade === null ? one.outside : !one.outside && grade >= one.grades[0] && grade <= one.grades[1],
    ),
  );
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
  });

  // Some notes have come so far; a case that is closed has them all.
  const closed = !travels && start.days > 120 && random.chance(0.45);
  const count = closed
    ? scenario.notes.length
    : Math.min(
        scenario.notes.length,
        Math.max(2, Math.round((scenario.notes.length * Math.min(start.days, 150)) / 150) + random.int(-1, 0)),
      );
  const lastDays = closed
    ? random.int(Math.max(5, start.days - 200), start.days - 30)
    : start.untouched !== null
      ? start.untouched + random.int(1, 12)
      : Math.min(start.days - 1, random.int(1, 40));
  let before = 0;
  const notes = scenario.notes.slice(0, count).map((text, i) => {
    const author = i === 0 ? manager : random.pick([manager, leader, ...others]);
    const days = start.days - ((start.days - lastDays) * i) / Math.max(1, count - 1);
    const wanted = i === 0 ? start.openedAt : atWork(random, daysBefore(now, days), district.timeZone, now);
    // A weekend's note moves to the Friday, where the one before may stand already.
    const at = new Date(Math.max(wanted.getTime(), before + random.int(15, 60) * 60_000));
    before = at.getTime();
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
  const started = dayOf(new Date(start.openedAt.getTime() + random.int(2, 10) * dayMs));
  const level = closed ? "low" : random.pick(scenario.levels);
  const status = closed ? "closed" : !travels && start.days > 90 && random.chance(0.3) ? "monitoring" : "open";

  return {
    scenario,
    person: outsider,
    studentId: student?.id ?? null,
    row: {
      district_id: districtId,
      id,
      number: start.number,
      student_id: student?.id ?? null,
      person_id: outsider?.id ?? null,
      building_id: student?.building_id ?? random.pick(place.buildingIds),
      team_id: place.teamIds[scenario.team],
      manager_id: manager.id,
      status,
      level,
      created_at: start.openedAt.toISOString(),
      updated_at: last.at.toISOString(),
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
    assigned: others.map((member) => member.id),
    files: random
      .some(scenario.files, travels ? scenario.files.length : random.int(0, random.chance(0.3) ? 2 : 1))
      .map((file, i) => {
        const note = notes[Math.min(notes.length - 1, i + 1)] as (typeof notes)[number];
        return { ...file, noteId: note.row.id, by: note.author, at: note.at };
      }),
  };
}

/** Puts names into a text. The guardian and the teacher stay the same throughout a case. */
function filler(random: Random, names: { name: string; lead: string }): (text: string) => string {
  const guardian = random.pick(guardians);
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
