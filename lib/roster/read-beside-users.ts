import type { Bundle } from "@/lib/roster/bundle";
import type { People } from "@/lib/roster/people";
import type { ReasonCode } from "@/lib/roster/problem-words";
import { type CsvFile, openCsv } from "@/lib/roster/read-csv";
import type { Orgs } from "@/lib/roster/read-orgs";
import { birthDateOf, tidy } from "@/lib/roster/record";

/** What the readers of the files beside users.csv need. */
export type RowReader = {
  readonly bundle: Bundle;
  readonly people: People;
  /** Counts a row of a file. */
  count(table: CsvFile): Promise<void>;
  /** Says that a row wasn't taken. */
  refuse(
    file: string,
    line: number,
    column: string | null,
    reason: ReasonCode,
    detail?: string | number | null,
  ): Promise<void> | undefined;
};

/** OneRoster's roles (1.1, RoleType; 1.2, RoleEnum) of those who work at a school. */
export const staffRoles = new Set(
  "administrator aide counselor districtadministrator principal proctor siteadministrator systemadministrator teacher".split(
    " ",
  ),
);
/** Of people who are neither students nor staff: they stay out. */
export const otherRoles = new Set(["guardian", "parent", "relative"]);

const mostDates = 20_000;

/** Reads demographics.csv: birth dates. Throws `BundleUnreadable`. */
export async function readDemographics(reader: RowReader): Promise<void> {
  const file = "demographics.csv";
  const table = await openCsv(reader.bundle, file, ["sourcedId", "birthDate"]);
  const [id, birth, status] = [table.at("sourcedId"), table.at("birthDate"), table.at("status")];
  const dates = new Map<string, string | null>();
  for await (const { cells, line } of table.rows) {
    await reader.count(table);
    const sourceId = tidy(cells[id]);
    if (sourceId === "") {
      await reader.refuse(file, line, "sourcedId", "id-missing");
      continue;
    }
    if (cells[status]?.trim().toLowerCase() === "tobedeleted") continue;
    const n = reader.people.at(sourceId);
    const before = reader.people.birthLineOf(n);
    const written = tidy(cells[birth]);
    // Of 200,000 students some thousand were born on different days.
    let date = dates.get(written);
    if (date === undefined) {
      date = birthDateOf(written);
      if (dates.size < mostDates) dates.set(written, date);
    }
    if (cells.length !== table.width) await reader.refuse(file, line, null, "fields", cells.length);
    else if (before > 0) await reader.refuse(file, line, "sourcedId", "id-twice", before);
    else if (written !== "" && date === null) {
      await reader.refuse(file, line, "birthDate", "birth-date", written.slice(0, 30));
      reader.people.seeBirthLine(n, line);
    } else reader.people.setBirth(n, date, line);
  }
}

/** Reads roles.csv (1.2): who is a student and who staff, and where. Throws `BundleUnreadable`. */
export async function readRoles(reader: RowReader, orgs: Orgs): Promise<void> {
  const file = "roles.csv";
  const table = await openCsv(reader.bundle, file, ["userSourcedId", "role", "orgSourcedId"]);
  const at = {
    user: table.at("userSourcedId"),
    role: table.at("role"),
    org: table.at("orgSourcedId"),
    type: table.at("roleType"),
    end: table.at("endDate"),
    status: table.at("status"),
  };
  const today = new Date().toISOString().slice(0, 10);
  for await (const { cells, line } of table.rows) {
    await reader.count(table);
    const sourceId = tidy(cells[at.user]);
    const end = cells[at.end]?.trim() ?? "";
    if (sourceId === "") {
      await reader.refuse(file, line, "userSourcedId", "id-missing");
      continue;
    }
    // A role that's over says nothing about who somebody is.
    if (cells[at.status]?.trim().toLowerCase() === "tobedeleted" || (end !== "" && end < today)) continue;
    const n = reader.people.at(sourceId);
    const name = tidy(cells[at.role]).toLowerCase();
    const org = tidy(cells[at.org]);
    const school = orgs.schoolOf(org);
    const before = reader.people.roleOf(n);
    if (cells.length !== table.width) await reader.refuse(file, line, null, "fields", cells.length);
    else if (name !== "student" && !staffRoles.has(name) && !otherRoles.has(name))
      await reader.refuse(file, line, "role", "role-unknown", name);
    else if (school === undefined) await reader.refuse(file, line, "orgSourcedId", "org-unknown", org);
    else {
      // Of several roles the primary one counts, or else the first.
      if (!before || tidy(cells[at.type]).toLowerCase() === "primary") reader.people.setRole(n, { name, school }, line);
      continue;
    }
    if (before === undefined) reader.people.setRole(n, null, line);
  }
}
