import { type Bundle, BundleUnreadable } from "@/lib/roster/bundle";
import { type FileMode, readManifest } from "@/lib/roster/manifest";
import type { People } from "@/lib/roster/people";
import type { Problem, ReasonCode } from "@/lib/roster/problem-words";
import { otherRoles, type RowReader, readDemographics, readRoles, staffRoles } from "@/lib/roster/read-beside-users";
import { type CsvFile, openCsv } from "@/lib/roster/read-csv";
import { type Orgs, readOrgs } from "@/lib/roster/read-orgs";
import { readUserRow, type UserColumns, userColumns } from "@/lib/roster/read-user";
import { hashOfStaff, hashOfStudent, Told, tidy } from "@/lib/roster/record";
import { type BundleFacts, partOf, type Sink } from "@/lib/roster/sink";

const rowsBetweenProgress = 10_000;

/**
 * Reads a bundle from beginning to end, a row at a time, and tells `sink` who isn't as before. `people` hold whom the district has;
 * `schoolsBefore` are the sourcedIds of its buildings. Throws `BundleUnreadable`; then whatever was told counts for nothing.
 */
export async function readBundle(
  bundle: Bundle,
  people: People,
  schoolsBefore: ReadonlySet<string>,
  sink: Sink,
): Promise<BundleFacts> {
  const reader = new Reader(bundle, people, sink);
  return reader.read(schoolsBefore);
}

class Reader implements RowReader {
  #rows = 0;
  #unchanged = 0;
  #unnamed = 0;
  #students = 0;
  readonly #bySisId = new Map<string, number>();
  readonly #byStateId = new Map<string, number>();

  constructor(
    readonly bundle: Bundle,
    readonly people: People,
    readonly sink: Sink,
  ) {}

  async read(schoolsBefore: ReadonlySet<string>): Promise<BundleFacts> {
    const { version, modes } = await readManifest(this.bundle);
    const kind = modes.users === "bulk" ? "bulk" : "delta";
    const orgs = await readOrgs(this.bundle, modes.orgs, schoolsBefore, (row) => this.problem("orgs.csv", row));
    if (modes.demographics !== "absent") await readDemographics(this);
    if (modes.roles !== "absent") await readRoles(this, orgs);
    if (modes.users !== "absent") await this.#readUsers(version, kind, modes.demographics, orgs);
    if (kind === "bulk" && this.#students === 0) throw new BundleUnreadable("no-students");
    await this.#finish(kind, orgs);
    return {
      version,
      kind,
      schools: orgs.schools,
      rows: this.#rows,
      unchanged: this.#unchanged,
      unnamed: this.#unnamed,
    };
  }

  problem(file: string, row: Omit<Problem, "file">): Promise<void> | undefined {
    return this.sink.problem({ file, ...row });
  }

  refuse(
    file: string,
    line: number,
    column: string | null,
    reason: ReasonCode,
    detail: string | number | null = null,
  ): Promise<void> | undefined {
    return this.sink.problem({
      file,
      line,
      column,
      reason,
      detail: detail === null ? null : String(detail).slice(0, 100),
      refused: true,
    });
  }

  async count(table: CsvFile): Promise<void> {
    if (++this.#rows % rowsBetweenProgress === 0) await this.sink.progress(this.#rows);
    if (table.encoding !== "utf-8" && !this.#recoded.has(table.name)) {
      this.#recoded.add(table.name);
      await this.problem(table.name, { line: null, column: null, reason: "encoding", detail: null, refused: false });
    }
  }
  readonly #recoded = new Set<string>();

  async #readUsers(version: "1.1" | "1.2", kind: "bulk" | "delta", demographics: FileMode, orgs: Orgs): Promise<void> {
    const table = await openCsv(
      this.bundle,
      "users.csv",
      version === "1.1"
        ? ["sourcedId", "orgSourcedIds", "role", "givenName", "familyName"]
        : ["sourcedId", "givenName", "familyName"],
    );
    const columns = userColumns(table);
    for await (const { cells, line } of table.rows) {
      await this.count(table);
      const sourceId = tidy(cells[columns.sourceId]);
      if (sourceId === "" || sourceId.length > 255) {
        this.#unnamed++;
        await this.refuse("users.csv", line, "sourcedId", sourceId === "" ? "id-missing" : "id-long");
        continue;
      }
      const n = this.people.at(sourceId);
      const before = this.people.lineOf(n);
      if (before > 0) {
        await this.refuse("users.csv", line, "sourcedId", "id-twice", before);
        continue;
      }
      this.people.seeLine(n, line);
      if (cells.length !== table.width) {
        this.#seeAsBefore(n);
        await this.refuse("users.csv", line, null, "fields", cells.length);
        continue;
      }
      await this.#readUser({ n, sourceId, cells, line, columns, kind, demographics, orgs });
    }
  }

  async #readUser(row: UserRow): Promise<void> {
    const { n, sourceId, cells, line, columns, kind } = row;
    const status = (cells[columns.status] ?? "").trim().toLowerCase();
    const own = tidy(cells[columns.role]).toLowerCase();
    const role = own === "" ? this.people.roleOf(n)?.name : own;
    if (status === "tobedeleted" || status === "inactive") {
      if (role !== undefined && otherRoles.has(role)) return;
      if (this.people.isActiveStudent(n)) {
        // With a whole roster: as if the row weren't there. Changes only: this is how somebody leaves.
        if (kind === "delta") await this.sink.leaving(sourceId, line);
      } else if (this.people.isKnownStaff(n)) {
        if (kind === "delta") await this.sink.staffLeaving(sourceId);
      } else if (kind === "delta" && !this.people.isKnownStudent(n))
        await this.refuse("users.csv", line, "sourcedId", "unknown-student");
      return;
    }
    if (status !== "" && status !== "active") {
      this.#seeAsBefore(n);
      await this.refuse("users.csv", line, "status", "status", status);
      return;
    }
    if (role === undefined && this.people.roleOf(n) === null) return this.#seeAsBefore(n); // Said of roles.csv already.
    const isStudent = role === "student" || (role === undefined && kind === "delta" && this.people.isKnownStudent(n));
    if (isStudent) return this.#readStudent(row);
    if (role !== undefined && staffRoles.has(role)) return this.#readStaff(row, role);
    if (role !== undefined && otherRoles.has(role)) return;
    this.#seeAsBefore(n);
    const missing = role === undefined;
    if (missing && kind === "delta") await this.refuse("users.csv", line, "sourcedId", "unknown-student");
    else await this.refuse("users.csv", line, "role", missing ? "role-missing" : "role-unknown", role ?? null);
  }

  async #readStudent({ n, sourceId, cells, line, columns, demographics, orgs }: UserRow): Promise<void> {
    this.#students++;
    this.people.seeStudent(n);
    const read = readUserRow(cells, columns, sourceId, orgs, this.people.roleOf(n) ?? undefined);
    const record = read.record;
    const birth = this.people.birthOf(n);
    // A whole demographics.csv that doesn't name somebody says that no birth date is known.
    if (birth !== undefined || (demographics === "bulk" && this.people.birthLineOf(n) === 0)) {
      record.birthDate = birth ?? null;
      record.told |= Told.birthDate;
    }
    if (read.problem) {
      await this.refuse("users.csv", line, read.problem.column, read.problem.reason, read.problem.detail);
      return;
    }
    const sisId = record.sisId as string;
    const sameSisId = this.#bySisId.get(sisId);
    if (sameSisId !== undefined) {
      await this.refuse("users.csv", line, columns.sisIdName, "sis-twice", sameSisId);
      return;
    }
    const sameStateId = record.stateId === null ? undefined : this.#byStateId.get(record.stateId);
    if (sameStateId !== undefined) {
      await this.refuse("users.csv", line, "userIds", "state-twice", sameStateId);
      return;
    }
    this.#bySisId.set(sisId, line);
    if (record.stateId !== null) this.#byStateId.set(record.stateId, line);
    const hash = hashOfStudent(record);
    if (this.people.isActiveStudent(n) && this.people.isSame(n, hash)) {
      this.#unchanged++;
      return;
    }
    await this.sink.student({ ...record, line, hash, known: this.people.isKnownStudent(n) });
  }

  async #readStaff({ n, sourceId, cells, line, columns, orgs }: UserRow, role: string): Promise<void> {
    this.people.seeStaff(n);
    const { record, problem } = readUserRow(cells, columns, sourceId, orgs, this.people.roleOf(n) ?? undefined);
    if (problem) {
      await this.refuse("users.csv", line, problem.column, problem.reason, problem.detail);
      return;
    }
    const written = tidy(cells[columns.email]).toLowerCase();
    const email = /^[^\s@<>"]+@[^\s@<>"]+\.[^\s@<>"]+$/.test(written) && written.length <= 254 ? written : null;
    if (written !== "" && email === null) {
      const detail = written.slice(0, 60);
      await this.problem("users.csv", { line, column: "email", reason: "email", detail, refused: false });
    }
    const staff = {
      sourceId,
      givenName: record.givenName as string,
      familyName: record.familyName as string,
      email,
      username: tidy(cells[columns.username]).slice(0, 64) || null,
      role,
      school: record.school,
    };
    const hash = hashOfStaff(staff);
    if (!this.people.isSame(n, hash)) await this.sink.staff({ ...staff, line, hash });
  }

  /** A row that can't be used leaves whom it's about as they are. */
  #seeAsBefore(n: number): void {
    this.people.seeStudent(n);
    this.people.seeStaff(n);
  }

  async #finish(kind: "bulk" | "delta", orgs: Orgs): Promise<void> {
    for (const { id, n } of this.people.notInUsers()) {
      const role = this.people.roleOf(n);
      const birth = this.people.birthOf(n);
      const known = kind === "delta" && this.people.isActiveStudent(n);
      if (known) {
        const school = role?.name === "student" ? role.school : undefined;
        const told = (birth === undefined ? 0 : Told.birthDate) | (school === undefined ? 0 : Told.school);
        if (told > 0)
          await this.sink.student(partOf(id, told, birth ?? null, orgs.idOf(school), this.people.birthLineOf(n)));
      } else if (kind === "bulk" || !this.people.isKnownStaff(n)) {
        const [file, line, column] =
          this.people.birthLineOf(n) > 0
            ? ["demographics.csv", this.people.birthLineOf(n), "sourcedId"]
            : ["roles.csv", this.people.roleLineOf(n), "userSourcedId"];
        await this.refuse(
          file as string,
          line as number,
          column as string,
          kind === "bulk" ? "orphan" : "unknown-student",
        );
      }
    }
    if (kind === "delta") return;
    for (const id of this.people.unseenStudents()) await this.sink.leaving(id, null);
    for (const id of this.people.unseenStaff()) await this.sink.staffLeaving(id);
  }
}

type UserRow = {
  n: number;
  sourceId: string;
  cells: string[];
  line: number;
  columns: UserColumns;
  kind: "bulk" | "delta";
  demographics: FileMode;
  orgs: Orgs;
};
