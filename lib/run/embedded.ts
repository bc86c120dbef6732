import { join } from "node:path";
import pg from "pg";
import type { Settings } from "@/lib/env";
import { takeDataDir, whoRuns } from "./lock";
import { startMailbox } from "./mailbox";
import type { DatabaseUrls } from "./migrate";
import { type Postgres, startPostgres, withConnection } from "./postgres";
import { loadSecrets, makeDataDir, type Secrets, secretsFile } from "./secrets";

/** The embedded services of one data folder, and the settings that lead to them. */
export type Embedded = {
  settings: Settings;
  urls: DatabaseUrls;
  /** Lets other commands on this data folder use these services while they run. */
  share(): Promise<void>;
  /** The `baton` database for the superuser: whether there are data is asked past every fence. */
  superuserUrl: string;
  /** Drops the `baton` database and makes an empty one. */
  emptyDatabase(): Promise<void>;
  /** Resolves when the database has ended by itself or by `stop`. */
  databaseEnded: Promise<void>;
  /** Mailbox first, database last. */
  stop(): Promise<void>;
};

/**
 * Starts PostgreSQL and the mailbox in a data folder, made on the first start. `what` names the caller to whoever
 * tries to start a second one there; `durable` is `startPostgres`'s. Throws StartProblem.
 */
export async function startEmbedded(options: {
  dataDir: string;
  appUrl: string;
  what: string;
  durable?: boolean;
}): Promise<Embedded> {
  const { dataDir, appUrl, what, durable = true } = options;
  await makeDataDir(dataDir);
  const lock = await takeDataDir(dataDir, what);
  const undo: (() => Promise<void>)[] = [lock.release];
  const stop = async () => {
    for (const step of undo.splice(0).reverse()) await step();
  };
  try {
    const secrets = await loadSecrets(dataDir);
    const postgres = await startPostgres({ dataDir, superuserPassword: secrets.superuserPassword, durable });
    undo.push(postgres.stop);
    await makeRolesAndDatabase(postgres, secrets);
    const mailbox = await startMailbox(dataDir);
    undo.push(mailbox.stop);
    const urls = databaseUrls(postgres, secrets, "baton");
    const settings: Settings = {
      DATABASE_URL: urls.databaseUrl,
      DATABASE_ADMIN_URL: urls.adminUrl,
      DATA_DIR: dataDir,
      SMTP_URL: `smtp://127.0.0.1:${mailbox.port}`,
      MAIL_FROM: "Baton <baton@baton.example>",
      STORAGE_DIR: join(dataDir, "files"),
      APP_URL: appUrl,
      NEXTAUTH_URL: appUrl,
      BATON_KEY: secrets.masterKey,
      BATON_KEY_OLD: secrets.olderKeys.join(","),
      // A rotation changes the file while app and worker run.
      BATON_KEY_FILE: secretsFile(dataDir),
      BATON_PEPPER: secrets.pepper,
      NEXTAUTH_SECRET: secrets.sessionSecret,
    };
    const emptyDatabase = async () => {
      await withConnection(postgres.superuserUrl("postgres"), (client) =>
        client.query("drop database if exists baton with (force)"),
      );
      await makeRolesAndDatabase(postgres, secrets);
    };
    return {
      settings,
      urls,
      share: () => lock.publish(settings),
      superuserUrl: postgres.superuserUrl("baton"),
      emptyDatabase,
      databaseEnded: postgres.ended,
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** The settings of the services that somebody runs and shares in a data folder right now; `null` when nobody does. */
export async function runningSettings(dataDir: string): Promise<Settings | null> {
  return (await whoRuns(dataDir))?.settings ?? null;
}

/** The two addresses of a database: for the app, and for the owner of its tables. */
export function databaseUrls(postgres: Postgres, secrets: Secrets, database: string): DatabaseUrls {
  const address = (role: string, password: string) =>
    `postgresql://${role}:${password}@127.0.0.1:${postgres.port}/${database}?sslmode=disable`;
  return {
    databaseUrl: address("baton_app", secrets.appPassword),
    adminUrl: address("baton_owner", secrets.ownerPassword),
  };
}

/** Makes the owner's and the app's login and the database; what is there already stays. */
export async function makeRolesAndDatabase(postgres: Postgres, secrets: Secrets, database = "baton"): Promise<void> {
  const roles = [
    ["baton_owner", secrets.ownerPassword, "nosuperuser createrole createdb nobypassrls"],
    ["baton_app", secrets.appPassword, "nosuperuser nocreaterole nocreatedb nobypassrls"],
  ] as const;
  await withConnection(postgres.superuserUrl("postgres"), async (client) => {
    for (const [role, password, rights] of roles) {
      const found = await client.query("select from pg_roles where rolname = $1", [role]);
      if (found.rowCount === 0)
        await client.query(`create role ${role} login ${rights} password ${pg.escapeLiteral(password)}`);
    }
    const found = await client.query("select from pg_database where datname = $1", [database]);
    if (found.rowCount === 0) {
      await client.query(`create database ${pg.escapeIdentifier(database)} owner baton_owner`);
      await client.query(`revoke all on database ${pg.escapeIdentifier(database)} from public`);
      await client.query(`grant connect on database ${pg.escapeIdentifier(database)} to baton_app`);
    }
  });
}
