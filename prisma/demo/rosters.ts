import type { DemoDistrict } from "./districts";
import { makeName } from "./names";
import type { Random } from "./random";
import { dayMs, dayOf } from "./time";

export type StudentRow = {
  district_id: string;
  id: string;
  sis_id: string;
  state_id: string | null;
  given_name: string;
  middle_name: string | null;
  family_name: string;
  preferred_name: string | null;
  birth_date: string;
  grade: string;
  building_id: string;
  active: boolean;
};
export type Place = { district: DemoDistrict; districtId: string; buildingIds: readonly string[] };

const studentsPerDistrict = 340;

/** "K" for kindergarten. */
const gradeName = (grade: number): string => (grade === 0 ? "K" : String(grade));
export const gradeNumber = (name: string): number => (name === "K" ? 0 : Number(name));

/** Students of all grades of a district; names and dates as chance gives them, but for the special names and the movers. */
export function makeRoster(random: Random, place: Place, now: Date): StudentRow[] {
  const movers = moverNames[place.district.slug] ?? [];
  return Array.from({ length: studentsPerDistrict }, (_, n): StudentRow => {
    const mover = movers[n];
    const special = specialNames[n - movers.length];
    const { given, family } = mover ?? special ?? makeName(random);
    const grade = mover?.grade ?? n % 13;
    return {
      ...numbers(place, n),
      id: random.uuid(),
      given_name: given,
      middle_name: !special && random.chance(0.35) ? random.pick(middleNames) : null,
      family_name: family,
      preferred_name: special?.preferred ?? (random.chance(0.02) ? given.slice(0, 3) : null),
      birth_date: birthDate(grade, now, mover?.birthday ?? anyBirthday(random)),
      grade: gradeName(grade),
      building_id: buildingFor(random, place, grade),
      active: mover !== undefined || special !== undefined || !random.chance(0.02),
    };
  });
}

/**
 * Some students have just moved: the other district's roster has them, too, mostly as they were, a few with the small differences that
 * make whoever links them look twice. Gives their rows there.
 */
export function letMove(random: Random, movers: readonly StudentRow[], to: Place): StudentRow[] {
  return movers.map((student, n) => {
    const copy: StudentRow = {
      ...student,
      ...numbers(to, studentsPerDistrict + n),
      id: random.uuid(),
      building_id: buildingFor(random, to, gradeNumber(student.grade)),
      active: true,
      state_id: student.state_id,
    };
    switch (n) {
      case 1:
        return { ...copy, given_name: shortForm(student.given_name), middle_name: null, state_id: null };
      case 2:
        return { ...copy, state_id: swapDigits(student.state_id) };
      case 3:
        return { ...copy, birth_date: swapDay(student.birth_date) };
      case 4:
        return { ...copy, given_name: plain(student.given_name), family_name: plain(student.family_name) };
      default:
        return copy;
    }
  });
}

/** The people the two rosters share; named here so that the differences above mean something. */
export const moverNames: Record<
  string,
  readonly { given: string; family: string; grade: number /** MM-DD */; birthday: string }[]
> = {
  lakeview: [
    { given: "Jonah", family: "Abernathy", grade: 9, birthday: "10-04" },
    { given: "Benjamin", family: "Delacroix", grade: 8, birthday: "01-17" },
    { given: "Thando", family: "Dlamini", grade: 11, birthday: "11-23" },
    { given: "Nora", family: "Eriksson-Bell", grade: 4, birthday: "03-12" },
    { given: "José Ángel", family: "Ibáñez", grade: 7, birthday: "06-30" },
    { given: "Aoife", family: "O’Rourke", grade: 2, birthday: "12-08" },
    { given: "Minseo", family: "Cho", grade: 10, birthday: "02-14" },
    { given: "Desmond", family: "Vaughn", grade: 6, birthday: "04-21" },
    { given: "Daniela", family: "Aldana", grade: 12, birthday: "09-15" },
    { given: "Wyatt", family: "Halloran", grade: 5, birthday: "05-03" },
  ],
  riverbend: [
    { given: "Marisol", family: "Castellanos", grade: 7, birthday: "05-19" },
    { given: "Nathaniel", family: "Whitcomb", grade: 5, birthday: "09-28" },
    { given: "Rin", family: "Nakagawa", grade: 12, birthday: "04-02" },
    { given: "Savannah", family: "Pruett", grade: 9, birthday: "07-12" },
    { given: "Zoë", family: "Lefèvre", grade: 3, birthday: "10-25" },
    { given: "Caio", family: "Ferreira", grade: 8, birthday: "08-06" },
    { given: "Chidi", family: "Eze", grade: 10, birthday: "11-11" },
    { given: "Ava", family: "Lindqvist", grade: 6, birthday: "02-27" },
    { given: "Elias", family: "Mbeki-Torres", grade: 4, birthday: "06-09" },
    { given: "Noor", family: "Al-Khatib", grade: 11, birthday: "01-30" },
  ],
};

/** Students with something in their name or story that a screen has to get right. */
const specialNames = [
  { given: "Seán", family: "O'Malley", preferred: null },
  { given: "Anne-Sophie", family: "D'Angelo-Reyes", preferred: null },
  { given: "Łucja", family: "Żółkiewska", preferred: null },
  { given: "ليلى", family: "الخطيب", preferred: "Layla" },
  { given: "נועם", family: "לוי", preferred: null },
  { given: "Maximiliano", family: "Fernández de Córdoba y Álvarez", preferred: "Max" },
  { given: "Nguyễn", family: "Thị Minh Khai", preferred: null },
  { given: "K’lani", family: "Kahananui", preferred: null },
] as const;

function numbers(place: Place, n: number): Pick<StudentRow, "district_id" | "sis_id" | "state_id"> {
  return { district_id: place.districtId, sis_id: place.district.sisId(n), state_id: place.district.stateId(n) };
}

/** In kindergarten a child is five by September; the school year turns in August. */
function birthDate(grade: number, now: Date, birthday: string): string {
  const year = (now.getUTCMonth() >= 7 ? now.getUTCFullYear() : now.getUTCFullYear() - 1) - grade - 5;
  return `${birthday > "08-31" ? year - 1 : year}-${birthday}`;
}

const anyBirthday = (random: Random): string =>
  dayOf(new Date(Date.UTC(2023, 0, 1) + random.int(0, 364) * dayMs)).slice(5);

function buildingFor(random: Random, { district, buildingIds }: Place, grade: number): string {
  const fitting = district.buildings.flatMap((building, i) =>
    grade >= building.grades[0] && grade <= building.grades[1] ? (buildingIds[i] ?? []) : [],
  );
  // The last that fits is often a small school of its own: fewer go there.
  return fitting.length > 1 && random.chance(0.7) ? (fitting[0] as string) : random.pick(fitting);
}

const middleNames = [
  "Rose",
  "James",
  "Marie",
  "Lee",
  "Grace",
  "Alexander",
  "Mae",
  "Luis",
  "Noor",
  "Jun",
  "Elizabeth",
  "Thomas",
];
const shortForms: Record<string, string> = { Benjamin: "Ben", Nathaniel: "Nate", Jonathan: "Jon" };
const shortForm = (given: string) => shortForms[given] ?? given.slice(0, 3);

/** Two neighboring digits change places, as they do when they are typed. */
function swapDigits(text: string | null): string | null {
  if (text === null) return null;
  const at = Array.from(text).findIndex((digit, i) => i > 4 && text[i + 1] !== undefined && text[i + 1] !== digit);
  return at < 0 ? text : text.slice(0, at) + text.charAt(at + 1) + text.charAt(at) + text.slice(at + 2);
}

/** 2013-03-12 becomes 2013-03-21. */
const swapDay = (day: string) => `${day.slice(0, 8)}${day.charAt(9)}${day.charAt(8)}`;

const plain = (text: string) => text.normalize("NFD").replaceAll(/\p{Mn}/gu, "");
