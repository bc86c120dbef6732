import { randomUUID } from "node:crypto";
import type { CaseFacts, PersonOfConcern } from "@/lib/cases/case-input";
import { createCase } from "@/lib/cases/create-case";
import { doorsFor } from "@/lib/db/exchange";
import { withDistrict } from "@/lib/db/tenant";
import type { DistrictTx } from "@/lib/db/types";
import type { Actor, Permission } from "@/lib/policy";
import { withConnection } from "@/lib/run/postgres";
import { testDatabase } from "../../support/database";

/** Runs SQL past every fence; for building what a test begins with and for looking at what's really there. */
export async function sql<Row extends object = Record<string, unknown>>(
  text: string,
  values: unknown[] = [],
): Promise<Row[]> {
  return withConnection(
    testDatabase().superuserUrl,
    async (client) => (await client.query(text, values)).rows as Row[],
  );
}

export type TestDistrict = {
  id: string;
  building: string;
  otherBuilding: string;
  team: string;
  student: string;
  /** With Manage Cases. */
  manager: Actor;
  colleague: Actor;
  /** Without any permission. */
  staff: Actor;
};

/** A district with two buildings, a team, a student and three people; all names begin with `name`. */
export async function makeDistrict(
  name: string,
  student = { givenName: "Jonah", familyName: "Abernathy" },
): Promise<TestDistrict> {
  const slug = `${name.toLowerCase()}-${randomUUID().slice(0, 8)}`;
  const [district] = await sql<{ id: string }>(
    "insert into district (nces_id, name, state, slug, case_transfers_on) values ($1, $2, 'TX', $3, true) returning id",
    [`99${Math.floor(Math.random() * 1e9)}`, `${name} ISD`, slug],
  );
  const id = district?.id ?? "";
  await sql("insert into district_settings (district_id) values ($1)", [id]);
  const member = async (person: string, permissions: Permission[]): Promise<Actor> => {
    const email = `${person.toLowerCase().replaceAll(" ", ".")}@${slug}.example`;
    const [user] = await sql<{ id: string }>("insert into app_user (email, name) values ($1, $2) returning id", [
      email,
      person,
    ]);
    const [row] = await sql<{ id: string }>(
      "insert into membership (district_id, user_id, username, name, email, permissions, joined_at) values ($1, $2, $3, $4, $5, $6, now()) returning id",
      [id, user?.id, email, person, email, permissions],
    );
    return {
      userId: user?.id ?? "",
      membershipId: row?.id ?? "",
      districtId: id,
      name: person,
      permissions: new Set(permissions),
      ip: null,
    };
  };
  const manager = await member(`${name} Whitfield`, ["manageCases"]);
  const colleague = await member(`${name} Kowalczyk`, ["manageCases"]);
  const staff = await member(`${name} Brasher`, []);
  const [building] = await sql<{ id: string }>(
    "insert into building (district_id, name) values ($1, $2) returning id",
    [id, `${name} High`],
  );
  const [other] = await sql<{ id: string }>("insert into building (district_id, name) values ($1, $2) returning id", [
    id,
    `${name} Middle`,
  ]);
  const [team] = await sql<{ id: string }>(
    "insert into team (district_id, name, leader_id) values ($1, $2, $3) returning id",
    [id, "Threat Assessment", colleague.membershipId],
  );
  return {
    id,
    building: building?.id ?? "",
    otherBuilding: other?.id ?? "",
    team: team?.id ?? "",
    student: await makeStudent(id, student),
    manager,
    colleague,
    staff,
  };
}

export async function makeStudent(
  districtId: string,
  student: { givenName: string; familyName: string; sisId?: string; active?: boolean },
): Promise<string> {
  const [row] = await sql<{ id: string }>(
    "insert into student (district_id, sis_id, given_name, family_name, birth_date, grade, active) values ($1, $2, $3, $4, '2011-05-06', '9', $5) returning id",
    [districtId, student.sisId ?? randomUUID(), student.givenName, student.familyName, student.active ?? true],
  );
  return row?.id ?? "";
}

export const facts = (of: Partial<CaseFacts> = {}): CaseFacts => ({
  buildingId: null,
  teamId: null,
  managerId: null,
  status: "open",
  level: "low",
  assigned: [],
  ...of,
});

/** A case of the district, made by its manager. */
export async function makeCase(
  district: TestDistrict,
  of: Partial<CaseFacts> = {},
  who: PersonOfConcern = { studentId: district.student },
): Promise<string> {
  const id = randomUUID();
  await as(district.manager, (tx, actor) => createCase(tx, actor, { id, who, ...facts(of) }));
  return id;
}

/** Runs a verb in a transaction of the actor's own. */
export function as<T>(actor: Actor, run: (tx: DistrictTx, actor: Actor) => Promise<T>): Promise<T> {
  return withDistrict(actor, (tx) => run(tx, actor));
}

export const doors = doorsFor;

/** The kind of the expected failure that a verb ended with; "" if it didn't fail. */
export async function failure(work: Promise<unknown>): Promise<string> {
  try {
    await work;
    return "";
  } catch (error) {
    return (error as { kind?: string }).kind ?? `unexpected: ${String(error)}`;
  }
}

/** The actions in a district's audit log about something, oldest first. */
export async function audited(districtId: string, subjectId: string): Promise<string[]> {
  const rows = await sql<{ action: string }>(
    "select action from audit where district_id = $1 and subject_id = $2 order by seq",
    [districtId, subjectId],
  );
  return rows.map((row) => row.action);
}
