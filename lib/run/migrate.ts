import pg from "pg";
import { PgBoss } from "pg-boss";
import { makeQueues } from "@/lib/jobs/queues";
import { withConnection } from "./postgres";
import { StartProblem } from "./problem";
import { everything, readMigrations, withSchemaEngine } from "./schema-engine";

/** The two addresses of the database: the app's, and that of the owner, who migrates. */
export type DatabaseUrls = { databaseUrl: string; adminUrl: string };

// Any number will do, as long as every Baton takes the same one.
const MIGRATION_LOCK = 4_217_001;

/**
 * Brings a database to the present: migrations, the app's login as a member of `baton_runtime`, the tables of the job
 * queue. Two that start at once do it one after the other. Returns the names of the migrations applied.
 * Throws StartProblem naming the migration that failed; it leaves nothing of it behind.
 */
export async function migrate({ databaseUrl, adminUrl }: DatabaseUrls, folder?: string): Promise<string[]> {
  return withConnection(adminUrl, async (owner) => {
    await owner.query("select pg_advisory_lock($1)", [MIGRATION_LOCK]);
    const applied = await applyMigrations(adminUrl, folder);
    await letAppIn(owner, databaseUrl);
    await makeJobTables(owner, adminUrl);
    return applied;
  });
}

/** Whether the database stands where this code expects it. */
export async function pendingMigrations(adminUrl: string, folder?: string): Promise<string[]> {
  const migrationsList = await readMigrations(folder);
  const done = await withConnection(adminUrl, async (owner) => {
    const table = await owner.query("select to_regclass('_prisma_migrations') is not null as found");
    if (!table.rows[0].found) return [];
    return (await owner.query("select migration_name from _prisma_migrations where finished_at is not null")).rows;
  });
  const names = new Set(done.map((row) => row.migration_name));
  return migrationsList.migrationDirectories.map((migration) => migration.path).filter((name) => !names.has(name));
}

async function applyMigrations(adminUrl: string, folder?: string): Promise<string[]> {
  const migrationsList = await readMigrations(folder);
  return withSchemaEngine(adminUrl, async (engine) => {
    try {
      const state = await engine.diagnoseMigrationHistory({
        migrationsList,
        optInToShadowDatabase: false,
        filters: everything,
      });
      // A migration's file runs as one transaction: one that failed or was killed is not half there, and may run again.
      for (const migrationName of state.failedMigrationNames) await engine.markMigrationRolledBack({ migrationName });
      return (await engine.applyMigrations({ migrationsList, filters: everything })).appliedMigrationNames;
    } catch (error) {
      throw new StartProblem(sentenceOf(error));
    }
  });
}

/** The engine's message without the trace of its own insides. */
function sentenceOf(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  const name = /migration_name="(.+?)"/.exec(message)?.[1];
  const reason = message
    .replace(/\n\s+0: [^]*/, "")
    .replace("external connector error\nError querying the database: ", "");
  return `The database couldn't be migrated${name ? `: ${name} failed` : ""}.\n${reason}`;
}

async function letAppIn(owner: pg.Client, databaseUrl: string): Promise<void> {
  const app = decodeURIComponent(new URL(databaseUrl).username);
  const found = await owner.query(
    "select pg_has_role($1, 'baton_runtime', 'member') as member from pg_roles where rolname = 'baton_runtime'",
    [app],
  );
  if (found.rows[0]?.member === false) await owner.query(`grant baton_runtime to ${pg.escapeIdentifier(app)}`);
}

async function makeJobTables(owner: pg.Client, adminUrl: string): Promise<void> {
  const boss = new PgBoss({ connectionString: adminUrl, max: 2, supervise: false, schedule: false });
  let trouble: unknown;
  boss.on("error", (error) => {
    trouble = error;
  });
  await boss.start();
  await makeQueues(boss);
  await boss.stop({ graceful: false });
  if (trouble) throw trouble;
  const runtime = await owner.query("select from pg_roles where rolname = 'baton_runtime'");
  if (runtime.rowCount === 0) return;
  await owner.query(`
    grant select on _prisma_migrations to baton_runtime;
    grant usage on schema pgboss to baton_runtime;
    grant select, insert, update, delete on all tables in schema pgboss to baton_runtime;
    grant execute on all functions in schema pgboss to baton_runtime;
    alter default privileges in schema pgboss grant select, insert, update, delete on tables to baton_runtime;
  `);
}
