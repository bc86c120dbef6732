import { existsSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { assertRuntimeRole } from "@/lib/db/runtime-role";
import type { Env } from "@/lib/env";
import { objectStore } from "@/lib/storage/open-store";
import { pendingMigrations } from "./migrate";
import { withConnection } from "./postgres";
import { StartProblem } from "./problem";
import { projectRoot } from "./root";

/** Throws StartProblem when somebody listens on the port already, or when it may not be used. */
export async function claimPort(host: string, port: number): Promise<void> {
  const server = createServer();
  await new Promise<void>((free, taken) => {
    server.once("error", (error: NodeJS.ErrnoException) => {
      const why = error.code === "EADDRINUSE" ? "is taken" : `can't be used (${error.code})`;
      taken(new StartProblem(`Port ${port} on ${host} ${why}. Choose another, for example PORT=${port + 1}.`));
    });
    server.listen({ host, port, exclusive: true }, () => server.close(() => free()));
  });
}

/**
 * Checks what only trying can tell about an installation's settings: both logins, the app's rights, the storage, a folder or a bucket.
 * Throws StartProblem listing all that is wrong, by the setting's name.
 */
export async function checkInstallation(settings: Env): Promise<void> {
  const problems: string[] = [];
  const note = (name: string, problem: string) => problems.push(`  ${name}: ${problem}`);

  await tryTo(
    async () => {
      const found = await withConnection(settings.DATABASE_URL, (client) =>
        client.query("select rolsuper or rolbypassrls as unfenced from pg_roles where rolname = current_user"),
      );
      if (found.rows[0]?.unfenced)
        note(
          "DATABASE_URL",
          "this login is past the fence between districts (SUPERUSER or BYPASSRLS). Use one that isn't.",
        );
    },
    (why) => note("DATABASE_URL", `no connection (${why}).`),
  );
  await tryTo(
    async () => {
      await withConnection(settings.DATABASE_ADMIN_URL, (client) => client.query("select 1"));
    },
    (why) => note("DATABASE_ADMIN_URL", `no connection (${why}).`),
  );
  const login = (url: string) => new URL(url).username;
  if (login(settings.DATABASE_URL) === login(settings.DATABASE_ADMIN_URL)) {
    note(
      "DATABASE_URL",
      "this is the login of DATABASE_ADMIN_URL, which owns the tables. The app needs a login of its own.",
    );
  }
  await tryTo(
    () => objectStore().check(),
    (why) =>
      settings.STORAGE_URL
        ? note("STORAGE_URL", `nothing can be written to or read from the bucket (${why}).`)
        : note("STORAGE_DIR", `the folder can't be written to (${why}).`),
  );
  if (problems.length > 0)
    throw new StartProblem(`These settings don't work (see .env.example):\n${problems.join("\n")}`);
}

/** Throws StartProblem when the database isn't where this code expects it. */
export async function checkMigrations(settings: Env): Promise<void> {
  const pending = await pendingMigrations(settings.DATABASE_ADMIN_URL);
  if (pending.length > 0) {
    throw new StartProblem(
      `The database is behind by ${pending.length === 1 ? "one migration" : `${pending.length} migrations`}. Run: npm run baton -- migrate`,
    );
  }
}

/** Throws StartProblem when the app's login is one that row-level security doesn't bind; needs a migrated database. */
export async function checkRole(databaseUrl: string): Promise<void> {
  await tryTo(
    () =>
      withConnection(databaseUrl, (client) =>
        assertRuntimeRole(async (query) => (await client.query(query.join(""))).rows),
      ),
    (why) => {
      throw new StartProblem(why);
    },
  );
}

/** Throws StartProblem when the app hasn't been built. */
export function checkBuild(): void {
  if (!existsSync(join(projectRoot, ".next", "BUILD_ID")))
    throw new StartProblem("The app hasn't been built yet. Run: npm run build");
}

async function tryTo(attempt: () => Promise<void>, failed: (why: string) => void): Promise<void> {
  try {
    await attempt();
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    failed(code ?? message);
  }
}
