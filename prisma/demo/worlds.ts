import { type DemoCase, type Member, makeCases } from "./cases";
import { type DemoDistrict, demoDistricts, servicePerson } from "./districts";
import type { makeDocuments } from "./documents";
import type { Random } from "./random";
import { letMove, makeRoster, moverNames, type StudentRow } from "./rosters";

type Person = Member & {
  userId: string;
  email: string;
  permissions: readonly string[];
  joined: boolean;
  disabled: boolean;
  managesCases: boolean;
  leads: number | undefined;
};
export type World = {
  district: DemoDistrict;
  districtId: string;
  buildingIds: string[];
  teamIds: string[];
  people: Person[];
  students: StudentRow[];
  cases: DemoCase[];
  travelers: string[];
  files: StoredFile[];
  documents: Awaited<ReturnType<typeof makeDocuments>>;
};
export type StoredFile = {
  case: DemoCase;
  file: DemoCase["files"][number];
  row: Record<string, unknown> & { id: string };
};

export async function makeWorlds(random: Random, now: Date): Promise<World[]> {
  const serviceUserId = random.uuid();
  const worlds = demoDistricts.map((district): World => {
    const place = {
      district,
      districtId: random.uuid(),
      buildingIds: district.buildings.map(() => random.uuid()),
      teamIds: district.teams.map(() => random.uuid()),
    };
    return {
      ...place,
      people: makePeople(random, district, serviceUserId),
      students: makeRoster(random, place, now),
      cases: [],
      travelers: [],
      files: [],
      documents: { files: [], documents: [] },
    };
  });
  const movers = new Map(
    worlds.map((world) => [world.district.slug, world.students.slice(0, moverNames[world.district.slug]?.length ?? 0)]),
  );
  for (const world of worlds) {
    const made = makeCases(random, casePlace(world), world.students, movers.get(world.district.slug) ?? [], now);
    Object.assign(world, made);
  }
  const [first, second] = worlds as [World, World, World];
  first.students.push(
    ...letMove(random, movers.get(second.district.slug) ?? [], first),
    ...namesakes(random, movers.get(second.district.slug) ?? [], first),
  );
  second.students.push(
    ...letMove(random, movers.get(first.district.slug) ?? [], second),
    ...namesakes(random, movers.get(first.district.slug) ?? [], second),
  );
  return worlds;
}

/** Somebody of the same name and another birth date: who isn't the one. */
function namesakes(random: Random, movers: readonly StudentRow[], to: World): StudentRow[] {
  return movers.slice(0, 1).map((mover) => ({
    ...mover,
    id: random.uuid(),
    district_id: to.districtId,
    sis_id: to.district.sisId(390),
    state_id: to.district.stateId(390),
    middle_name: "Lee",
    birth_date: `${Number(mover.birth_date.slice(0, 4)) - 2}${mover.birth_date.slice(4)}`,
    grade: String(Math.min(12, Number(mover.grade) + 2)),
    building_id: to.buildingIds[4] ?? (to.buildingIds[0] as string),
  }));
}

function makePeople(random: Random, district: DemoDistrict, serviceUserId: string): Person[] {
  const own = district.staff.map((staff) => ({
    id: random.uuid(),
    userId: random.uuid(),
    login: staff.login,
    name: staff.name,
    email: `${staff.login}@${district.slug}.example`,
    permissions: staff.permissions,
    joined: staff.state !== "invited",
    disabled: staff.state === "disabled",
    managesCases: staff.managesCases ?? false,
    leads: staff.leads,
  }));
  if (!servicePerson.slugs.includes(district.slug)) return own;
  const service: Person = {
    id: random.uuid(),
    userId: serviceUserId,
    login: servicePerson.login,
    name: servicePerson.name,
    email: servicePerson.email,
    permissions: ["manageCases"],
    joined: true,
    disabled: false,
    managesCases: false,
    leads: undefined,
  };
  return [...own, service];
}

const working = (world: World) => world.people.filter((person) => person.joined && !person.disabled);
export const person = (world: World, login: string) => working(world).find((one) => one.login === login) as Person;

export function casePlace(world: World) {
  const fixed = ["admin", "manager", "clerk", "staff", servicePerson.login];
  return {
    ...world,
    managers: working(world)
      .filter((one) => one.managesCases)
      .map((one) => ({ ...one, seesAll: one.permissions.includes("manageCases") })),
    leaders: world.teamIds.map((_, i) => working(world).find((one) => one.leads === i) as Person),
    assignable: working(world).filter((one) => !fixed.includes(one.login) && one.permissions.length === 0),
    staff: person(world, "staff"),
  };
}
