import type { DistrictTx, Doors } from "@/lib/db/types";
import type { Problem } from "@/lib/roster/problem-words";
import type { ChangedStaff, ChangedStudent, Sink } from "@/lib/roster/sink";

/** How many rows travel in one transaction. */
const batchRows = 2_000;
/** How many rows travel in one statement: some 80 kB. Longer text is garbage that stays for long, and the process grows by 100 MB. */
const statementRows = 250;
const batchProblems = 500;
/** How many problems are kept with their place; of more than these only the number. */
export const mostProblems = 5_000;

/** The import was taken over by another worker, or discarded, while this one checked it. */
export class Overtaken extends Error {
  override name = "Overtaken";
}

type Row = Record<string, string | number | null>;

/** Where a check writes to what an import would change: in batches, one of them on its way while the next is filled. */
export class Staging implements Sink {
  errors = 0;
  notes = 0;
  #rows: Row[] = [];
  #n = 0;
  #problems: Problem[] = [];
  #problemN = 0;
  #read = 0;
  #running: Promise<void> = Promise.resolve();

  constructor(
    readonly doors: Doors,
    readonly importId: string,
    readonly attempt: number,
  ) {}

  student(one: ChangedStudent): Promise<void> | undefined {
    return this.#add({
      w: one.known ? "change" : "add",
      l: one.line,
      i: one.sourceId,
      h: one.hash?.toString("hex") ?? null,
      t: one.told,
      s: one.sisId,
      st: one.stateId,
      g: one.givenName,
      m: one.middleName,
      f: one.familyName,
      p: one.preferredName,
      b: one.birthDate,
      gr: one.grade,
      o: one.school,
    });
  }

  staff(one: ChangedStaff): Promise<void> | undefined {
    return this.#add({
      w: "staff",
      l: one.line,
      i: one.sourceId,
      h: one.hash.toString("hex"),
      g: one.givenName,
      f: one.familyName,
      o: one.school,
      e: one.email,
      u: one.username,
      r: one.role,
    });
  }

  leaving(sourceId: string, line: number | null): Promise<void> | undefined {
    return this.#add({ w: "leave", i: sourceId, l: line });
  }

  /** Staff without a role are those who left. */
  staffLeaving(sourceId: string): Promise<void> | undefined {
    return this.#add({ w: "staff", i: sourceId });
  }

  problem(problem: Problem): Promise<void> | undefined {
    if (problem.refused) this.errors++;
    else this.notes++;
    if (this.errors + this.notes > mostProblems) return undefined;
    this.#problems.push(problem);
    return this.#problems.length >= batchProblems ? this.flush() : undefined;
  }

  progress(rows: number): Promise<void> | undefined {
    this.#read = rows;
    return this.flush();
  }

  /** Sends off what has gathered; `end` waits for the last of it. */
  async flush(): Promise<void> {
    const [rows, problems, read] = [this.#rows, this.#problems, this.#read];
    this.#rows = [];
    this.#problems = [];
    const [n, problemN] = [this.#n, this.#problemN];
    this.#n += rows.length;
    this.#problemN += problems.length;
    await this.#running;
    this.#running = this.doors.district(async (tx) => {
      const { districtId } = this.doors.actor;
      const ours = await tx.$executeRaw`
        update roster_import set rows_read = ${read}::int
        where district_id = ${districtId}::uuid and id = ${this.importId}::uuid and status = 'checking' and attempt = ${this.attempt}::int`;
      if (ours === 0) throw new Overtaken();
      for (let i = 0; i < rows.length; i += statementRows)
        await insertRows(tx, districtId, this.importId, n + i, rows.slice(i, i + statementRows));
      await insertProblems(tx, districtId, this.importId, problemN, problems);
    });
    // Whoever waits for it next hears of a failure; until then it isn't nobody's.
    this.#running.catch(() => undefined);
  }

  /** The next free number of a row and of a problem, once everything is written. */
  async end(): Promise<{ rows: number; problems: number }> {
    await this.flush();
    await this.#running;
    return { rows: this.#n, problems: this.#problemN };
  }

  #add(row: Row): Promise<void> | undefined {
    this.#rows.push(row);
    return this.#rows.length >= batchRows ? this.flush() : undefined;
  }
}

async function insertRows(
  tx: DistrictTx,
  districtId: string,
  importId: string,
  from: number,
  rows: readonly Row[],
): Promise<void> {
  await tx.$executeRaw`
    insert into roster_row (district_id, import_id, n, what, line, source_id, source_hash, told, sis_id, state_id, given_name, middle_name, family_name,
      preferred_name, birth_date, grade, school, email, username, role)
    select ${districtId}::uuid, ${importId}::uuid, ${from}::int + row_number() over ()::int, x.w, x.l, x.i, decode(x.h, 'hex'), coalesce(x.t, 0), x.s, x.st, x.g, x.m, x.f,
      x.p, x.b, x.gr, x.o, x.e, x.u, x.r
    from json_to_recordset(${JSON.stringify(rows)}::json) x (w text, l int, i text, h text, t int, s text, st text, g text, m text, f text, p text, b date, gr text, o text, e text, u text, r text)`;
}

/** Writes problems with the numbers after `from`. */
export async function insertProblems(
  tx: DistrictTx,
  districtId: string,
  importId: string,
  from: number,
  problems: readonly Problem[],
): Promise<void> {
  if (problems.length === 0) return;
  await tx.$executeRaw`
    insert into roster_problem (district_id, import_id, n, file, line, column_name, reason, detail, refused)
    select ${districtId}::uuid, ${importId}::uuid, ${from}::int + row_number() over ()::int, x.file, x.line, x."column", x.reason, x.detail, x.refused
    from json_to_recordset(${JSON.stringify(problems)}::json) x (file text, line int, "column" text, reason text, detail text, refused boolean)`;
}
