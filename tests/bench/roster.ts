import { execFile } from "node:child_process";
import { createReadStream, createWriteStream, statSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import pg from "pg";
import { childEnv, env, type Settings } from "@/lib/env";
import { type Bundle, openBundle } from "@/lib/roster/bundle";
import { openCsv } from "@/lib/roster/read-csv";
import { hashOfStudent } from "@/lib/roster/record";
import { projectRoot } from "@/lib/run/root";
import { workerFlags } from "@/lib/run/supervise";
import { report } from "./report";
import { writeRoster } from "./roster-bundle";

const timed = async (work: () => Promise<unknown>): Promise<number> => {
  const start = performance.now();
  await work();
  return performance.now() - start;
};

type Taken = { check: number; apply: number; megabytes: number; row: Record<string, number | string> };

/**
 * A roster of 200,000 students into an empty district, and the same with 1% changed. The floors: the rows of the same zip and one COPY of
 * them into the real table, its indexes and policies on; and the rows hashed.
 */
export async function benchRoster(
  superuserUrl: string,
  folder: string,
  settings: Settings,
  count = 200_000,
): Promise<void> {
  const [first, second] = [join(folder, "roster.zip"), join(folder, "roster-changed.zip")];
  await writeRoster(first, count, false);
  await writeRoster(second, count, true);
  const client = new pg.Client(superuserUrl);
  await client.connect();
  const districts = await client.query<{ id: string }>(
    "insert into district (nces_id, name, state, slug) select 'R00000' || i, 'Roster ' || i, 'TX', 'roster-' || i from generate_series(1, 2) i returning id",
  );
  const [ours, floors] = districts.rows.map((row) => row.id) as [string, string];
  await client.query("insert into district_settings (district_id) select unnest($1::uuid[])", [[ours, floors]]);

  const floor = await copyFloor(client, first, floors, join(folder, "roster.tsv"));
  const filled = await take(first, ours, settings);
  report({
    work: `A roster of ${count} students into an empty district`,
    figure: (filled.check + filled.apply) / 1000,
    floor: floor / 1000,
    unit: "s",
    most: 4,
  });
  report({
    work: "  memory of the process, as a part of 300 MB",
    figure: filled.megabytes,
    floor: 300,
    unit: "MB",
    most: 1,
  });
  const hashing = await timed(() => hashRows(second));
  const changed = await take(second, ours, settings);
  if (changed.row.unchanged !== count - Math.ceil((count - 7) / 100))
    throw new Error(`unexpected: ${JSON.stringify(changed.row)}`);
  report({
    work: "The same with 1% changed",
    figure: (changed.check + changed.apply) / 1000,
    floor: hashing / 1000,
    unit: "s",
    most: 3,
  });
  report({
    work: "  memory of the process, as a part of 300 MB",
    figure: changed.megabytes,
    floor: 300,
    unit: "MB",
    most: 1,
  });
  await client.end();
}

async function take(path: string, districtId: string, settings: Settings): Promise<Taken> {
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [...workerFlags, "--import", "tsx", "tests/bench/roster-process.ts", path, districtId],
    {
      cwd: projectRoot,
      env: childEnv({ ...settings, DATABASE_URL: env().DATABASE_URL, LOG_LEVEL: "silent" }),
      maxBuffer: 1e6,
    },
  );
  return JSON.parse(stdout) as Taken;
}

async function withBundle<T>(path: string, work: (bundle: Bundle) => Promise<T>): Promise<T> {
  const { size } = statSync(path);
  return work(
    await openBundle({ size, read: (start, length) => createReadStream(path, { start, end: start + length - 1 }) }),
  );
}

/** The rows of all files, as the bundle's reader gives them. */
async function eachRow(bundle: Bundle, row: (file: string, cells: string[]) => void): Promise<void> {
  for (const file of ["orgs.csv", "demographics.csv", "users.csv"]) {
    for await (const { cells } of (await openCsv(bundle, file, ["sourcedId"])).rows) row(file, cells);
  }
}

async function copyFloor(client: pg.Client, path: string, districtId: string, file: string): Promise<number> {
  await client.query(
    "insert into building (district_id, name, source_id) select $1, 'School ' || i, 'floor' || i from generate_series(1, 180) i",
    [districtId],
  );
  const { rows } = await client.query<{ id: string }>("select id from building where district_id = $1", [districtId]);
  return timed(async () => {
    const births = new Map<string, string>();
    const out = createWriteStream(file, { mode: 0o644 });
    let block = "";
    let n = 0;
    await withBundle(path, (bundle) =>
      eachRow(bundle, (name, cells) => {
        if (name === "demographics.csv") births.set(cells[0] as string, cells[3] as string);
        if (name !== "users.csv") return;
        const building = rows[n++ % rows.length]?.id;
        const values = [
          districtId,
          cells[11],
          cells[6],
          cells[8],
          cells[10],
          cells[9],
          births.get(cells[0] as string),
          cells[16],
          building,
          cells[0],
        ];
        block += `${values.join("\t")}\n`;
        if (block.length < 1_000_000) return;
        out.write(block);
        block = "";
      }),
    );
    await new Promise<void>((resolve, reject) => out.on("error", reject).end(block, resolve));
    await client.query(
      `copy student (district_id, sis_id, state_id, given_name, middle_name, family_name, birth_date, grade, building_id, source_id) from '${file}'`,
    );
  });
}

/** Reads the zip and hashes each student, as an import has to that finds out who changed. */
async function hashRows(path: string): Promise<void> {
  const births = new Map<string, string>();
  await withBundle(path, (bundle) =>
    eachRow(bundle, (name, cells) => {
      if (name === "demographics.csv") births.set(cells[0] as string, cells[3] as string);
      if (name !== "users.csv") return;
      hashOfStudent({
        sourceId: cells[0] as string,
        told: 1,
        sisId: cells[11] as string,
        stateId: cells[7] as string,
        givenName: cells[8] as string,
        middleName: cells[10] as string,
        familyName: cells[9] as string,
        preferredName: null,
        birthDate: births.get(cells[0] as string) ?? null,
        grade: cells[16] as string,
        school: cells[4] as string,
      });
    }),
  );
}
