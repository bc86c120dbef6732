import { chmod, mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestProject } from "vitest/node";
import { databaseUrls, makeRolesAndDatabase } from "@/lib/run/embedded";
import { migrate } from "@/lib/run/migrate";
import { startPostgres } from "@/lib/run/postgres";
import { removePostgresHome } from "@/lib/run/postgres-home";
import { loadSecrets } from "@/lib/run/secrets";

/** Addresses of the template's three logins; the database's name is the last part. */
export type TestPostgres = { databaseUrl: string; adminUrl: string; superuserUrl: string };

declare module "vitest" {
  interface ProvidedContext {
    postgres: TestPostgres;
    /** A folder for the run's files; it goes with the run. */
    folder: string;
  }
}

/** Starts one PostgreSQL for the whole run, with a migrated database that every test file's own is cloned from. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const dataDir = await mkdtemp(join(tmpdir(), "baton-tests-"));
  await chmod(dataDir, 0o711);
  const secrets = await loadSecrets(dataDir);
  const postgres = await startPostgres({ dataDir, superuserPassword: secrets.superuserPassword, durable: false });
  await makeRolesAndDatabase(postgres, secrets, "template");
  const urls = databaseUrls(postgres, secrets, "template");
  await migrate(urls);
  project.provide("postgres", { ...urls, superuserUrl: postgres.superuserUrl("template") });
  const folder = join(dataDir, "tests");
  await mkdir(folder);
  project.provide("folder", folder);
  return async () => {
    await postgres.stop();
    await rm(dataDir, { recursive: true, force: true });
    removePostgresHome(dataDir);
  };
}
