import { randomUUID } from "node:crypto";
import { inject } from "vitest";
import { withConnection } from "@/lib/run/postgres";
import type { TestPostgres } from "./postgres";

/** A database of one's own. `superuserUrl` sees past every fence: for looking at what is really there. */
export type TestDatabase = TestPostgres & { drop(): Promise<void> };

let current: TestDatabase | undefined;

/** The database of the test file that runs now. Modules outlive their file: ask when it's needed, keep nothing of it. */
export function testDatabase(): TestDatabase {
  if (!current) throw new Error("no test file has made its database yet");
  return current;
}

/** For tests/support/fresh-database, and tests that bring a PostgreSQL of their own. */
export function setTestDatabase(database: TestDatabase): void {
  current = database;
}

/** A row for each session of this database that waits for a lock; those of other test files' databases aren't seen. */
export const waitingForLocks =
  "select 1 from pg_locks l join pg_stat_activity a using (pid) where not l.granted and a.datname = current_database()";

/** Makes a fresh, migrated, empty database: a clone of the run's template. */
export async function createTestDatabase(): Promise<TestDatabase> {
  const template = inject("postgres");
  const name = `test_${randomUUID().replaceAll("-", "")}`;
  const maintenance = withName(template.superuserUrl, "postgres");
  await withConnection(maintenance, async (client) => {
    await client.query(`create database ${name} template template owner baton_owner`);
  });
  return {
    databaseUrl: withName(template.databaseUrl, name),
    adminUrl: withName(template.adminUrl, name),
    superuserUrl: withName(template.superuserUrl, name),
    drop: async () => {
      await withConnection(maintenance, (client) => client.query(`drop database ${name} with (force)`));
    },
  };
}

function withName(address: string, database: string): string {
  const url = new URL(address);
  url.pathname = `/${database}`;
  return url.href;
}
