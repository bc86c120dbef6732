import type { Role } from "@/lib/roster/people";
import type { ReasonCode } from "@/lib/roster/problem-words";
import type { CsvFile } from "@/lib/roster/read-csv";
import type { Orgs } from "@/lib/roster/read-orgs";
import { gradeOf, type StudentRecord, stateIdOf, Told, tidy } from "@/lib/roster/record";

/** Where the columns of users.csv stand; -1 where it doesn't have one. */
export type UserColumns = Record<
  | "sourceId"
  | "status"
  | "role"
  | "orgs"
  | "username"
  | "userIds"
  | "given"
  | "family"
  | "middle"
  | "identifier"
  | "email"
  | "grades"
  | "preferred"
  | "primaryOrg",
  number
> & { sisIdName: string };

/** Finds the columns of users.csv, 1.1 or 1.2. */
export function userColumns(table: CsvFile): UserColumns {
  return {
    sourceId: table.at("sourcedId"),
    status: table.at("status"),
    role: table.at("role"),
    orgs: table.at("orgSourcedIds"),
    username: table.at("username"),
    userIds: table.at("userIds"),
    given: table.at("givenName"),
    family: table.at("familyName"),
    middle: table.at("middleName"),
    identifier: table.at("identifier"),
    email: table.at("email"),
    grades: table.at("grades"),
    preferred: table.at("preferredGivenName"),
    primaryOrg: table.at("primaryOrgSourcedId"),
    sisIdName: table.at("identifier") < 0 ? "sourcedId" : "identifier",
  };
}

const longest = { name: 200, id: 64 };

/** A row of users.csv as a record, or what's wrong with it. `role`: what roles.csv says (1.2). */
export function readUserRow(
  cells: readonly string[],
  columns: UserColumns,
  sourceId: string,
  orgs: Orgs,
  role: Role | undefined,
): { record: StudentRecord; problem: { column: string; reason: ReasonCode; detail: string | null } | null } {
  const cell = (at: number) => tidy(cells[at]);
  const told = (at: number, bit: number) => (at < 0 ? 0 : bit);
  const school = schoolOf(cells, columns, orgs, role);
  const record: StudentRecord = {
    sourceId,
    sisId: cell(columns.identifier) || sourceId,
    stateId: stateIdOf(cells[columns.userIds] ?? ""),
    givenName: cell(columns.given),
    middleName: cell(columns.middle) || null,
    familyName: cell(columns.family),
    preferredName: cell(columns.preferred) || null,
    birthDate: null,
    grade: gradeOf(cells[columns.grades] ?? ""),
    school: school === undefined ? null : orgs.idOf(school.number),
    told:
      Told.who |
      told(columns.preferred, Told.preferred) |
      told(columns.userIds, Told.state) |
      told(columns.grades, Told.grade) |
      told(columns.middle, Told.middle) |
      (school === undefined || "unknown" in school ? 0 : Told.school),
  };
  return { record, problem: problemOf(record, columns, school) };
}

function problemOf(
  record: StudentRecord,
  columns: UserColumns,
  school: ReturnType<typeof schoolOf>,
): { column: string; reason: ReasonCode; detail: string | null } | null {
  const no = (column: string, reason: ReasonCode, detail: string | null = null) => ({ column, reason, detail });
  if (record.givenName === "") return no("givenName", "given-missing");
  if (record.familyName === "") return no("familyName", "family-missing");
  for (const [column, text, most] of [
    ["givenName", record.givenName, longest.name],
    ["familyName", record.familyName, longest.name],
    ["middleName", record.middleName, longest.name],
    ["preferredGivenName", record.preferredName, longest.name],
    ["userIds", record.stateId, longest.id],
    [columns.sisIdName, record.sisId, longest.id],
  ] as const) {
    if (text !== null && text.length > most) return no(column, "too-long", String(most));
  }
  if (school && "unknown" in school) return no(school.column, "org-unknown", school.unknown.slice(0, 60));
  return null;
}

/**
 * The school that somebody goes to: by roles.csv, by the primary organization, by the first school of the list; undefined where the row
 * doesn't tell.
 */
function schoolOf(
  cells: readonly string[],
  columns: UserColumns,
  orgs: Orgs,
  role: Role | undefined,
): { number: number } | { number: number; unknown: string; column: string } | undefined {
  if (role) return { number: role.school };
  const column = columns.orgs >= 0 ? "orgSourcedIds" : "primaryOrgSourcedId";
  const named = (cells[columns.orgs >= 0 ? columns.orgs : columns.primaryOrg] ?? "")
    .split(",")
    .map(tidy)
    .filter(Boolean);
  let found: number | undefined;
  for (const id of named) {
    const number = orgs.schoolOf(id);
    if (number !== undefined && number >= 0) return { number };
    found ??= number;
  }
  if (named.length > 0 && found === undefined) return { number: -1, unknown: named[0] ?? "", column };
  // Only schools are known where the bundle has no list of organizations: another one may be a school all the same.
  return named.length > 0 && orgs.whole ? { number: -1 } : undefined;
}
