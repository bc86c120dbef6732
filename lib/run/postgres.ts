import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { chown, mkdir, open, readFile, rename, rm, writeFile } from "node:fs/promises";
import { type AddressInfo, createServer } from "node:net";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import pg from "pg";
import { z } from "zod";
import { childEnv } from "@/lib/env";
import { findPostgresHome, type PostgresHome } from "./postgres-home";
import { StartProblem } from "./problem";
import { readJson, writeJson } from "./secrets";

const MAJOR = "18";
const DATABASE_STARTING_OR_STOPPING = "57P03";
const keeper = fileURLToPath(new URL("./keeper.mjs", import.meta.url));
const noteSchema = z.object({ port: z.number(), outside: z.string().optional() });

/** A running embedded PostgreSQL. */
export type Postgres = {
  port: number;
  /** The address of a database for the superuser, who does what the owner can't: make roles and databases. */
  superuserUrl(database: string): string;
  /** Resolves when the server has ended, whoever ended it. */
  ended: Promise<void>;
  stop(): Promise<void>;
};

/**
 * Starts the embedded PostgreSQL of a data folder, on the port it had before where that is free; makes the cluster on
 * the first start. `durable: false` is for data that are thrown away: it doesn't wait for the disk.
 * Throws StartProblem when it can't start; the message says what to do.
 */
export async function startPostgres(options: {
  dataDir: string;
  superuserPassword: string;
  durable?: boolean;
}): Promise<Postgres> {
  const { dataDir, superuserPassword, durable = true } = options;
  const noteFile = join(dataDir, "postgres.json");
  const note = noteSchema.safeParse(await readJson(noteFile)).data;
  const home = findPostgresHome(dataDir, note?.outside);
  if (note && !existsSync(join(home.folder, "PG_VERSION"))) {
    throw new StartProblem(
      `The database's folder ${home.folder} is gone. Put it back, or remove ${dataDir} to begin anew.`,
    );
  }
  await makeCluster(home, superuserPassword);
  await endLeftover(home, superuserPassword);
  const port = await freePort(note?.port);
  const outside = home.folder === join(dataDir, "postgres") ? undefined : home.folder;
  await writeJson(noteFile, { port, outside } satisfies z.infer<typeof noteSchema>);

  const logFile = join(dataDir, "postgres.log");
  const log = await open(logFile, "w", 0o600);
  const program = join(home.native, "bin", "postgres");
  const args = ["-D", home.folder, "-p", String(port), ...flags(durable)];
  const { env, ...place } = processOptions(home);
  const server = spawn(process.execPath, [keeper, JSON.stringify({ program, args, options: place })], {
    env,
    // A group of its own: Ctrl-C at the terminal must not reach the database before those who use it have stopped.
    detached: process.platform !== "win32",
    stdio: ["ignore", log.fd, log.fd, "ipc"],
  });
  const ended = new Promise<void>((done) => {
    server.once("exit", () => done());
    server.once("error", () => done());
  });
  await log.close();
  const superuserUrl = (database: string) =>
    `postgresql://postgres:${superuserPassword}@127.0.0.1:${port}/${database}?sslmode=disable`;
  if (!(await answers(superuserUrl("postgres"), server))) {
    server.kill("SIGINT");
    await ended;
    const last = (await readFile(logFile, "utf8")).trim().split("\n").slice(-5).join("\n  ");
    throw new StartProblem(`PostgreSQL didn't start. The end of ${logFile}:\n  ${last}`);
  }
  return {
    port,
    superuserUrl,
    ended,
    stop: async () => {
      if (server.exitCode === null && server.signalCode === null) await stopCluster(home);
      await ended;
    },
  };
}

/** Runs `work` with a connection of its own to `url`. */
export async function withConnection<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 10_000 });
  client.on("error", () => undefined);
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/** A port on this machine that nobody listens on: `wanted` if it is free. */
export async function freePort(wanted = 0): Promise<number> {
  const server = createServer();
  const port = await new Promise<number>((done) => {
    server.once("error", () => done(0));
    server.listen(wanted, "127.0.0.1", () => done((server.address() as AddressInfo).port));
  });
  if (port === 0) return freePort();
  server.close();
  await once(server, "close");
  return port;
}

function flags(durable: boolean): string[] {
  const settings = [
    "listen_addresses=127.0.0.1",
    "unix_socket_directories=",
    "max_connections=100",
    // What people typed stands in the details of an error and in the statement: neither goes into the log.
    "log_error_verbosity=terse",
    "log_min_error_statement=panic",
    ...(durable ? [] : ["fsync=off", "synchronous_commit=off", "full_page_writes=off"]),
  ];
  return settings.flatMap((setting) => ["-c", setting]);
}

function processOptions(home: PostgresHome) {
  // LC_ALL: an unknown locale in the user's environment stops initdb, and macOS needs a valid one.
  return { ...home.user, cwd: home.user ? "/" : undefined, env: childEnv({ LC_ALL: "C" }) };
}

async function run(home: PostgresHome, program: string, args: string[]): Promise<string | null> {
  const child = spawn(join(home.native, "bin", program), args, {
    ...processOptions(home),
    stdio: ["ignore", "ignore", "pipe"],
  });
  let complaint = "";
  child.stderr.on("data", (chunk) => {
    complaint += chunk;
  });
  const code = await new Promise((done) => {
    child.once("close", done);
    child.once("error", (error) => {
      complaint += error.message;
      done(-1);
    });
  });
  return code === 0 ? null : complaint.trim();
}

async function stopCluster(home: PostgresHome): Promise<void> {
  await run(home, "pg_ctl", ["stop", "-D", home.folder, "-m", "fast", "-w", "-t", "60"]);
}

async function makeCluster(home: PostgresHome, superuserPassword: string): Promise<void> {
  const version = join(home.folder, "PG_VERSION");
  if (existsSync(version)) {
    const found = (await readFile(version, "utf8")).trim();
    if (found === MAJOR) return;
    throw new StartProblem(
      `The data in ${home.folder} were written by PostgreSQL ${found}; this Baton has ${MAJOR}. Start the Baton they belong to, or choose another DATA_DIR.`,
    );
  }
  // Under another name until it's whole, so that a start that was killed half-way leaves nothing that looks finished.
  const draft = `${home.folder}.new`;
  const passwordFile = `${home.folder}.password`;
  let complaint: string | null = null;
  // The builtin provider sorts and folds the same on every machine; pg_trgm still asks the system what a letter is.
  for (const letters of ["C.UTF-8", "en_US.UTF-8", "C"]) {
    await rm(draft, { recursive: true, force: true });
    await mkdir(draft, { mode: 0o700 });
    await writeFile(passwordFile, superuserPassword, { mode: 0o600 });
    if (home.user) for (const path of [draft, passwordFile]) await chown(path, home.user.uid, home.user.gid);
    const choices = [
      "--encoding=UTF8",
      "--locale-provider=builtin",
      "--builtin-locale=C.UTF-8",
      "--locale=C",
      `--lc-ctype=${letters}`,
    ];
    complaint = await run(home, "initdb", [
      "-D",
      draft,
      "-U",
      "postgres",
      "--auth=scram-sha-256",
      `--pwfile=${passwordFile}`,
      ...choices,
    ]);
    await rm(passwordFile, { force: true });
    if (complaint === null) break;
  }
  if (complaint !== null)
    throw new StartProblem(`PostgreSQL couldn't make its data folder ${home.folder}:\n  ${complaint}`);
  await rename(draft, home.folder);
}

/** A starter that was killed leaves its server running, or a note of one that is gone; both are put in order. */
async function endLeftover(home: PostgresHome, superuserPassword: string): Promise<void> {
  const pidFile = join(home.folder, "postmaster.pid");
  if (!existsSync(pidFile)) return;
  const port = (await readFile(pidFile, "utf8")).split("\n")[3];
  const url = `postgresql://postgres:${superuserPassword}@127.0.0.1:${port}/postgres?sslmode=disable`;
  try {
    await withConnection(url, async (client) => client.query("select 1"));
    await stopCluster(home);
  } catch (error) {
    const code = (error as { code?: string }).code;
    if (code === DATABASE_STARTING_OR_STOPPING) await stopCluster(home);
    // Nobody listens: the process of that number, if there is one, is somebody else's.
    else if (code === "ECONNREFUSED") await rm(pidFile, { force: true });
  }
}

async function answers(url: string, server: ChildProcess): Promise<boolean> {
  const deadline = Date.now() + 60_000;
  while (Date.now() < deadline && server.exitCode === null && server.signalCode === null && server.pid !== undefined) {
    try {
      await withConnection(url, async (client) => client.query("select 1"));
      return true;
    } catch (error) {
      const code = (error as { code?: string }).code;
      if (code !== "ECONNREFUSED" && code !== DATABASE_STARTING_OR_STOPPING) return false;
      await new Promise((done) => setTimeout(done, 25));
    }
  }
  return false;
}
