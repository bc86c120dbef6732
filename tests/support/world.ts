import { randomBytes, randomUUID } from "node:crypto";
import { Readable } from "node:stream";
import pg from "pg";
import { afterAll } from "vitest";
import { doorsFor } from "@/lib/db/exchange";
import type { Doors } from "@/lib/db/types";
import type { Actor, Permission } from "@/lib/policy";
import { keepAddress } from "@/lib/storage/file-address";
import { writeFile } from "@/lib/storage/files";
import { testDatabase } from "./database";

/** Someone of a district; unlike the worker, a member with a login. */
export type Someone = Actor & { readonly userId: string; readonly membershipId: string };

/** A district with its people, for whom `…Doors` opens the doors. Everyone's name ends in the district's. */
export type TestDistrict = {
  id: string;
  slug: string;
  name: string;
  buildingId: string;
  teamId: string;
  admin: Someone;
  manager: Someone;
  colleague: Someone;
  clerk: Someone;
  staff: Someone;
  students: { id: string; sisId: string; given: string; family: string; birthDate: string; stateId: string }[];
};

/** Three districts with their switches on; two of them lie in one state. */
export type World = {
  lakeview: TestDistrict;
  riverbend: TestDistrict;
  maple: TestDistrict;
  /** Runs SQL as the superuser, past every fence: to set a scene and to see what is really there. */
  sql: <Row extends pg.QueryResultRow = Record<string, unknown>>(text: string, values?: unknown[]) => Promise<Row[]>;
};

const people: Record<"admin" | "manager" | "colleague" | "clerk" | "staff", Permission[]> = {
  admin: ["manageCases", "manageDocuments", "manageDistrict"],
  manager: ["manageCases"],
  colleague: ["manageCases"],
  clerk: ["manageDocuments"],
  staff: [],
};

/** Fills the file's own database. Call it at the top of a test file: `const world = await makeWorld()`. */
export async function makeWorld(): Promise<World> {
  const pool = new pg.Pool({ connectionString: testDatabase().superuserUrl, max: 4 });
  pool.on("error", () => undefined);
  afterAll(() => pool.end());
  const sql: World["sql"] = async (text, values = []) => (await pool.query(text, values)).rows;
  return {
    sql,
    lakeview: await makeDistrict(sql, "Lakeview", "TX"),
    riverbend: await makeDistrict(sql, "Riverbend", "CA"),
    maple: await makeDistrict(sql, "Maple Grove", "TX"),
  };
}

async function makeDistrict(sql: World["sql"], name: string, state: string): Promise<TestDistrict> {
  const id = randomUUID();
  const slug = `${name.toLowerCase().replaceAll(" ", "-")}-${id.slice(0, 8)}`;
  await sql(
    "insert into district (id, nces_id, name, state, slug, case_transfers_on) values ($1, $2, $3, $4, $5, true)",
    [id, id.slice(0, 13), name, state, slug],
  );
  await sql("insert into district_settings (district_id) values ($1)", [id]);
  const members = {} as Record<keyof typeof people, Someone>;
  for (const [role, permissions] of Object.entries(people) as [keyof typeof people, Permission[]][]) {
    members[role] = await addMember({ sql }, { id, slug, name }, role, permissions);
  }
  const [buildingId, teamId] = [randomUUID(), randomUUID()];
  await sql("insert into building (district_id, id, name) values ($1, $2, 'North Middle School')", [id, buildingId]);
  await sql("insert into team (district_id, id, name, leader_id) values ($1, $2, 'Care team', $3)", [
    id,
    teamId,
    members.admin.membershipId,
  ]);
  const students = ["Ana Torres", "Ben Cole", "Chloë Dupont", "Dev Rao"].map((full, i) => {
    const [given = "", family = ""] = full.split(" ");
    return {
      id: randomUUID(),
      sisId: `S${100 + i}`,
      given,
      family,
      birthDate: `2012-0${i + 1}-15`,
      stateId: `${state}-${i}`,
    };
  });
  await sql(
    `insert into student (district_id, id, sis_id, given_name, family_name, birth_date, state_id, building_id)
     select $1, x.id, x."sisId", x.given, x.family, x."birthDate", x."stateId", $2
     from jsonb_to_recordset($3) x (id uuid, "sisId" text, given text, family text, "birthDate" date, "stateId" text)`,
    [id, buildingId, JSON.stringify(students)],
  );
  return { id, slug, name, buildingId, teamId, ...members, students };
}

/** Another member of a district. `userId` makes it one who has a login already: a person of two districts. */
export async function addMember(
  world: Pick<World, "sql">,
  district: Pick<TestDistrict, "id" | "slug" | "name">,
  username: string,
  permissions: readonly Permission[],
  userId: string = randomUUID(),
): Promise<Someone> {
  const [name, email] = [`${username} of ${district.name}`, `${username}@${district.slug}.example`];
  await world.sql("insert into app_user (id, email, name) values ($1, $2, $3) on conflict (id) do nothing", [
    userId,
    email,
    name,
  ]);
  const [row] = await world.sql<{ id: string }>(
    "insert into membership (district_id, user_id, username, name, email, permissions, joined_at) values ($1, $2, $3, $4, $5, $6, now()) returning id",
    [district.id, userId, username, name, email, permissions],
  );
  const membershipId = row?.id as string;
  return { userId, membershipId, districtId: district.id, name, permissions: new Set(permissions), ip: "203.0.113.7" };
}

export type TestCase = {
  /** A student of the roster; otherwise a person who isn't on it, of this name. */
  studentId?: string;
  given?: string;
  family?: string;
  birthDate?: string | null;
  stateId?: string | null;
  status?: "open" | "monitoring" | "closed";
  level?: "low" | "moderate" | "high" | "imminent";
  notes?: string[];
  strategies?: string[];
  tasks?: string[];
  /** Name (with one of the allowed extensions) and content. */
  files?: { name: string; bytes: Buffer }[];
  assigned?: Someone[];
};

/** Puts a case with all its parts into a district, its files into the real storage. Gives its id and number. */
export async function addCase(
  world: World,
  district: TestDistrict,
  about: TestCase = {},
): Promise<{ id: string; number: string }> {
  const [id, personId] = [randomUUID(), about.studentId ? null : randomUUID()];
  const number = `L-${id.slice(0, 8)}`;
  const {
    given = "Nobody",
    family = "Known",
    birthDate = "2011-05-04",
    stateId = null,
    status = "open",
    level = "low",
  } = about;
  if (personId) {
    await world.sql(
      "insert into person (district_id, id, given_name, family_name, birth_date, state_id) values ($1, $2, $3, $4, $5, $6)",
      [district.id, personId, given, family, birthDate, stateId],
    );
  }
  await world.sql(
    'insert into "case" (district_id, id, number, student_id, person_id, building_id, team_id, manager_id, status, level) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)',
    [
      district.id,
      id,
      number,
      about.studentId ?? null,
      personId,
      district.buildingId,
      district.teamId,
      district.manager.membershipId,
      status,
      level,
    ],
  );
  const insertAll = (text: string, values: readonly unknown[]) =>
    Promise.all(values.map((value) => world.sql(text, [district.id, id, value])));
  await insertAll(
    "insert into note (district_id, case_id, author_name, body) values ($1, $2, 'Jo Author', $3)",
    about.notes ?? [],
  );
  await insertAll(
    "insert into strategy (district_id, case_id, text, started_on) values ($1, $2, $3, '2026-09-01')",
    about.strategies ?? [],
  );
  await insertAll(
    "insert into task (district_id, case_id, text, due_on) values ($1, $2, $3, '2026-12-01')",
    about.tasks ?? [],
  );
  await insertAll(
    "insert into case_assignment (district_id, case_id, membership_id) values ($1, $2, $3)",
    (about.assigned ?? []).map((one) => one.membershipId),
  );
  for (const file of about.files ?? []) await attach(world, district, id, file);
  return { id, number };
}

/** Attaches a file to a case; gives where it lies. */
export async function attach(
  world: World,
  district: TestDistrict,
  caseId: string,
  file: { name: string; bytes: Buffer },
): Promise<string> {
  const { size, sha256, mediaType, ...address } = await writeFile({
    source: Readable.from([file.bytes]),
    name: file.name,
  });
  const { storageKey, keyWrapped } = keepAddress(district.id, address);
  const fileId = randomUUID();
  await world.sql(
    "insert into stored_file (district_id, id, storage_key, key_wrapped, size, sha256, media_type) values ($1, $2, $3, $4, $5, $6, $7)",
    [district.id, fileId, storageKey, Buffer.from(keyWrapped), size, sha256, mediaType],
  );
  await world.sql(
    "insert into attachment (district_id, case_id, file_id, name, added_by_name) values ($1, $2, $3, $4, 'Jo Author')",
    [district.id, caseId, fileId, file.name],
  );
  return storageKey;
}

/** A text file of `size` bytes that no other is like. */
export function textFile(name = "plan.txt", size = 1000): { name: string; bytes: Buffer } {
  return { name, bytes: Buffer.from(randomBytes(size).toString("base64").slice(0, size)) };
}

/** Switches case transfers of a district on or off, past its people. */
export async function setSwitch(world: World, district: TestDistrict, on: boolean): Promise<void> {
  await world.sql("update district set case_transfers_on = $2 where id = $1", [district.id, on]);
}

/** The doors, opened for somebody. */
export const doors = (actor: Actor): Doors => doorsFor(actor);

/** How a call ended: the error's kind, or "done". Anything unexpected is thrown. */
export async function outcome(call: Promise<unknown>): Promise<string> {
  try {
    await call;
    return "done";
  } catch (error) {
    if (error instanceof Error && error.name === "DomainError") return (error as Error & { kind: string }).kind;
    throw error;
  }
}
