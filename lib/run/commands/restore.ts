import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import type { Readable } from "node:stream";
import { Transform } from "node:stream";
import { buffer } from "node:stream/consumers";
import { pipeline } from "node:stream/promises";
import pg from "pg";
import { from as copyFrom } from "pg-copy-streams";
import yauzl from "yauzl";
import { env } from "@/lib/env";
import { type Purge, PurgeLogDamaged, readPurges } from "@/lib/jobs/purge-log";
import { objectStore } from "@/lib/storage/open-store";
import { isStorageKey, ObjectMissing } from "@/lib/storage/store";
import { type BackupTable, type Manifest, manifestSchema, tablesOf } from "../backup-format";
import { withConnection } from "../postgres";
import { StartProblem, say } from "../problem";
import { type Replayed, replayPurges } from "../replay-purges";

const usage = "npm run baton -- restore FILE [--purges PURGE_LOG_FILE]";

/**
 * `restore FILE`: fills an empty, migrated installation from a backup: all tables in one transaction, and the files. What was purged after
 * the backup is purged again, as the log of purges tells. Throws StartProblem; the database is then as before.
 */
export async function run(args: string[]): Promise<void> {
  const [file, option, log, ...more] = args;
  if (!file || more.length > 0 || (option !== undefined && (option !== "--purges" || !log)))
    throw new StartProblem(usage);
  const purgeLog = log ?? env().PURGE_LOG_FILE;
  if (log && !existsSync(log)) throw new StartProblem(`There is no file ${log}.`);
  const { purges, cutOff } = purgeLog ? await purgesOf(purgeLog) : { purges: [], cutOff: null };
  const archive = await open(file);
  try {
    const manifest = await readManifest(archive, file);
    const files = await restoreFiles(archive);
    const purged = await withConnection(env().DATABASE_ADMIN_URL, (client) =>
      restore(client, archive, manifest, purges),
    );
    const rows = manifest.tables.reduce((sum, table) => sum + table.rows, 0);
    say(
      `Restored ${rows.toLocaleString("en-US")} rows and ${files.toLocaleString("en-US")} files of ${manifest.madeAt}.`,
    );
    say(
      purgeLog
        ? `Purged again, as ${purgeLog} tells: ${purged.documents.toLocaleString("en-US")} documents, ${purged.cases.toLocaleString("en-US")} cases.`
        : "No log of purges was given (PURGE_LOG_FILE, --purges): what was purged after the backup is back.",
    );
    if (cutOff !== null)
      say(
        `${purgeLog} can’t be read from line ${cutOff} on: power was lost, probably, while its end was written. Everything before it was purged again; what was purged last may be back.`,
      );
    say("Everybody has to sign in anew.");
  } finally {
    archive.zip.close();
  }
}

function purgesOf(path: string): ReturnType<typeof readPurges> {
  return readPurges(path).catch((error: unknown) => {
    if (!(error instanceof PurgeLogDamaged)) throw error;
    throw new StartProblem(
      `${error.message}: the log of purges is damaged. Nothing was restored; mend or remove that line, then restore.`,
    );
  });
}

type Archive = { zip: yauzl.ZipFile; entries: Map<string, yauzl.Entry> };

async function open(file: string): Promise<Archive> {
  if (!existsSync(file)) throw new StartProblem(`There is no file ${file}.`);
  try {
    const zip = await yauzl.openPromise(file, { autoClose: false, lazyEntries: true });
    const entries = new Map<string, yauzl.Entry>();
    for await (const entry of zip.eachEntry()) entries.set(entry.fileName, entry);
    return { zip, entries };
  } catch {
    throw new StartProblem(`${file} is no backup of Baton’s, or isn’t whole.`);
  }
}

async function contentOf({ zip, entries }: Archive, name: string): Promise<Readable> {
  const entry = entries.get(name);
  if (!entry) throw new StartProblem(`The backup isn’t whole: ${name} is missing.`);
  return zip.openReadStreamPromise(entry);
}

async function readManifest(archive: Archive, file: string): Promise<Manifest> {
  if (!archive.entries.has("manifest.json")) throw new StartProblem(`${file} is no backup of Baton’s, or isn’t whole.`);
  const read = manifestSchema.safeParse(
    JSON.parse((await buffer(await contentOf(archive, "manifest.json"))).toString()),
  );
  if (!read.success) throw new StartProblem(`${file} was made by another version of Baton.`);
  return read.data;
}

/** Objects go before the rows that name them. Those that are there already, from an attempt before, stay. */
async function restoreFiles(archive: Archive): Promise<number> {
  const store = objectStore();
  let files = 0;
  for (const name of archive.entries.keys()) {
    if (!name.startsWith("files/")) continue;
    const key = name.slice("files/".length);
    if (!isStorageKey(key)) throw new StartProblem(`The backup isn’t Baton’s: ${name}.`);
    files++;
    const there = await store.size(key).then(
      () => true,
      (error: unknown) => {
        if (error instanceof ObjectMissing) return false;
        throw error;
      },
    );
    if (!there) await store.put(key, await contentOf(archive, name));
  }
  return files;
}

async function restore(
  client: pg.Client,
  archive: Archive,
  manifest: Manifest,
  purges: readonly Purge[],
): Promise<Replayed> {
  await client.query("begin");
  await demandSameSchema(client, manifest);
  const tables = await tablesOf(client);
  await demandEmpty(client, tables);
  // The owner alone may do this, inside of this transaction: rows arrive as they were, whatever triggers and fences say.
  const keys = await client.query<{ table: string; name: string; definition: string }>(
    "select conrelid::regclass::text as table, conname::text as name, pg_get_constraintdef(oid) as definition from pg_constraint where contype = 'f' and connamespace = 'public'::regnamespace",
  );
  for (const key of keys.rows)
    await client.query(`alter table ${key.table} drop constraint ${pg.escapeIdentifier(key.name)}`);
  for (const { name } of tables) {
    const table = pg.escapeIdentifier(name);
    await client.query(`alter table ${table} no force row level security, disable trigger user`);
    // What migrations put there comes with the backup.
    await client.query(`delete from ${table}`);
  }
  for (const table of manifest.tables) await copyIn(client, archive, table);
  const purged = await replayPurges(client, purges);
  for (const { name } of tables)
    await client.query(`alter table ${pg.escapeIdentifier(name)} force row level security, enable trigger user`);
  for (const key of keys.rows)
    await client.query(`alter table ${key.table} add constraint ${pg.escapeIdentifier(key.name)} ${key.definition}`);
  await client.query("commit");
  await client.query("analyze");
  return purged;
}

async function copyIn(client: pg.Client, archive: Archive, table: BackupTable): Promise<void> {
  const list = table.columns.map((column) => pg.escapeIdentifier(column)).join(", ");
  const hash = createHash("sha256");
  const hashed = new Transform({
    transform(chunk: Buffer, _, next) {
      hash.update(chunk);
      next(null, chunk);
    },
  });
  const rows = client.query(copyFrom(`copy ${pg.escapeIdentifier(table.name)} (${list}) from stdin`));
  await pipeline(await contentOf(archive, `tables/${table.name}`), hashed, rows);
  if (hash.digest("hex") !== table.sha256 || rows.rowCount !== table.rows)
    throw new StartProblem(`The backup was changed or isn’t whole: ${table.name}. Nothing was restored.`);
}

async function demandSameSchema(client: pg.Client, manifest: Manifest): Promise<void> {
  const { rows } = await client.query<{ name: string }>(
    "select migration_name as name from _prisma_migrations where finished_at is not null and rolled_back_at is null order by 1",
  );
  const here = rows.map(({ name }) => name);
  const newer = manifest.migrations.filter((name) => !here.includes(name));
  const older = here.filter((name) => !manifest.migrations.includes(name));
  if (newer.length > 0)
    throw new StartProblem(`The backup is of a newer Baton (${newer.at(-1)}). Install that version, then restore.`);
  if (older.length > 0)
    throw new StartProblem(
      `The backup is of an older Baton, before ${older[0]}. Restore it with that version, then bring it to the present: npm run baton -- migrate`,
    );
}

async function demandEmpty(client: pg.Client, tables: { name: string }[]): Promise<void> {
  if (!tables.some(({ name }) => name === "membership")) throw new StartProblem("The database isn’t Baton’s.");
  const { rows } = await client.query("select 1 from membership limit 1");
  if (rows.length > 0)
    throw new StartProblem(
      "There are districts on this Baton already. Restore into an empty database and an empty storage.",
    );
}
