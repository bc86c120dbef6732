import { createHash } from "node:crypto";
import { createWriteStream, existsSync } from "node:fs";
import { rename, rm } from "node:fs/promises";
import { PassThrough, type Readable, Transform } from "node:stream";
import { pipeline } from "node:stream/promises";
import pg from "pg";
import { to as copyTo } from "pg-copy-streams";
import yazl from "yazl";
import { env } from "@/lib/env";
import { objectStore } from "@/lib/storage/open-store";
import { ObjectMissing } from "@/lib/storage/store";
import { type BackupTable, backupFormat, type Manifest, tablesOf } from "../backup-format";
import { withConnection } from "../postgres";
import { StartProblem, say } from "../problem";

/**
 * `backup FILE`: writes all of the database, as one snapshot saw it, and the stored files (encrypted as they lie there) into a zip. The
 * keys aren't in it: keep BATON_KEY, BATON_KEY_OLD and BATON_PEPPER elsewhere. The app goes on running. Throws StartProblem.
 */
export async function run(args: string[]): Promise<void> {
  const [file, ...more] = args;
  if (!file || more.length > 0) throw new StartProblem("Name one file: npm run baton -- backup FILE");
  if (existsSync(file)) throw new StartProblem(`${file} is there already. Name another file, or move that one away.`);
  const part = `${file}.part`;
  try {
    const manifest = await withConnection(env().DATABASE_ADMIN_URL, (client) => write(client, part));
    await rename(part, file);
    const rows = manifest.tables.reduce((sum, table) => sum + table.rows, 0);
    say(`${file}: ${count(rows)} rows of ${manifest.tables.length} tables, ${count(manifest.files)} files.`);
    if (manifest.missing.length > 0)
      say(
        `${count(manifest.missing.length)} files weren’t in the storage any more: destroyed meanwhile, or lost before.`,
      );
    say("The keys aren’t in it: keep BATON_KEY, BATON_KEY_OLD and BATON_PEPPER elsewhere.");
  } catch (error) {
    await rm(part, { force: true });
    throw error;
  }
}

const count = (n: number) => n.toLocaleString("en-US");

async function write(client: pg.Client, path: string): Promise<Manifest> {
  await client.query("begin isolation level repeatable read read only");
  const tables = await tablesOf(client);
  const { rows: migrations } = await client.query<{ name: string }>(
    "select migration_name as name from _prisma_migrations where finished_at is not null and rolled_back_at is null order by 1",
  );
  const { rows: objects } = await client.query<{ key: string }>(
    "select storage_key as key from stored_file union select storage_key from package_file order by 1",
  );
  const zip = new yazl.ZipFile();
  const written = pipeline(zip.outputStream as unknown as Readable, createWriteStream(path, { mode: 0o600 }));
  const done: BackupTable[] = [];
  for (const { name, columns } of tables) {
    const list = columns.map((column) => pg.escapeIdentifier(column)).join(", ");
    // One after another: they share a connection, and a snapshot.
    await added(zip, `tables/${name}`, () => {
      const rows = client.query(copyTo(`copy (select ${list} from ${pg.escapeIdentifier(name)}) to stdout`));
      const hash = createHash("sha256");
      rows.once("end", () => done.push({ name, columns, rows: rows.rowCount, sha256: hash.digest("hex") }));
      return watched(rows, (chunk) => hash.update(chunk));
    });
  }
  const missing: string[] = [];
  const store = objectStore();
  for (const { key } of objects) {
    try {
      await store.size(key);
    } catch (error) {
      if (!(error instanceof ObjectMissing)) throw error;
      missing.push(key);
      continue;
    }
    await added(zip, `files/${key}`, () => fromIterable(store.get(key)), { compress: false });
  }
  await client.query("commit");
  const manifest: Manifest = {
    format: backupFormat,
    madeAt: new Date().toISOString(),
    migrations: migrations.map(({ name }) => name),
    tables: done,
    files: objects.length - missing.length,
    missing,
  };
  zip.addBuffer(Buffer.from(JSON.stringify(manifest, null, 2)), "manifest.json");
  zip.end();
  await written;
  return manifest;
}

/** Adds an entry and waits until all of it is in the zip: of thousands of files one is open at a time. */
function added(
  zip: yazl.ZipFile,
  path: string,
  open: () => Readable,
  options: { compress?: boolean } = {},
): Promise<void> {
  return new Promise((resolve, reject) => {
    zip.once("error", reject);
    zip.addReadStreamLazy(path, options, (give) => {
      try {
        const stream = open();
        stream.once("error", reject);
        stream.once("end", () => {
          zip.off("error", reject);
          resolve();
        });
        give(null, stream);
      } catch (error) {
        reject(error);
      }
    });
  });
}

const fromIterable = (source: AsyncIterable<Buffer>): Readable => {
  const through = new PassThrough();
  pipeline(source, through).catch((error: unknown) => through.destroy(error as Error));
  return through;
};

function watched(source: Readable, look: (chunk: Buffer) => void): Readable {
  const through = new Transform({
    transform(chunk: Buffer, _, next) {
      look(chunk);
      next(null, chunk);
    },
  });
  pipeline(source, through).catch((error: unknown) => through.destroy(error as Error));
  return through;
}
