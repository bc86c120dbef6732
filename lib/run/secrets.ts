import { randomBytes } from "node:crypto";
import { existsSync } from "node:fs";
import { chmod, mkdir, open, readFile, rename } from "node:fs/promises";
import { dirname, join } from "node:path";
import { z } from "zod";
import { removePostgresHome } from "./postgres-home";
import { StartProblem } from "./problem";

const schema = z.object({
  superuserPassword: z.string(),
  ownerPassword: z.string(),
  appPassword: z.string(),
  masterKey: z.string(),
  /** Former master keys that something may still be wrapped by. */
  olderKeys: z.array(z.string()).default([]),
  /** When the master key was last replaced. */
  rotatedAt: z.iso.datetime().optional(),
  pepper: z.string(),
  sessionSecret: z.string(),
});

/** What an embedded installation keeps to itself; made on the first start. */
export type Secrets = z.infer<typeof schema>;

/** Where an embedded installation keeps its keys. */
export const secretsFile = (dataDir: string): string => join(dataDir, "secrets.json");

/**
 * Makes the data folder where it is missing. Others may pass through it (the database runs as a user of its own when
 * the starter is root) but see nothing in it.
 */
export async function makeDataDir(dataDir: string): Promise<void> {
  if (existsSync(dataDir)) return;
  await mkdir(dataDir, { recursive: true });
  await chmod(dataDir, 0o711);
}

/**
 * Reads `secrets.json` of the data folder, or makes it on the first start.
 * Throws StartProblem when it is gone or damaged while data that need it are there.
 */
export async function loadSecrets(dataDir: string): Promise<Secrets> {
  const file = secretsFile(dataDir);
  if (existsSync(file)) {
    return readSecrets(file);
  }
  if (existsSync(join(dataDir, "postgres.json"))) {
    throw new StartProblem(
      `${file} is gone, and without it the data in ${dataDir} can't be read. Put it back from a copy, or remove ${dataDir} to begin anew.`,
    );
  }
  // A data folder of the same name was removed; what it kept elsewhere is nobody's any more.
  removePostgresHome(dataDir);
  const secrets: Secrets = {
    superuserPassword: randomBytes(24).toString("base64url"),
    ownerPassword: randomBytes(24).toString("base64url"),
    appPassword: randomBytes(24).toString("base64url"),
    masterKey: randomBytes(32).toString("base64"),
    olderKeys: [],
    pepper: randomBytes(32).toString("base64"),
    sessionSecret: randomBytes(32).toString("base64"),
  };
  await writeJson(file, secrets);
  return secrets;
}

/** Reads the key file. Throws StartProblem where it's damaged. */
export async function readSecrets(file: string): Promise<Secrets> {
  const secrets = schema.safeParse(await readJson(file));
  if (secrets.success) return secrets.data;
  throw new StartProblem(`${file} is damaged. Put it back from a copy: without it the data can't be read.`);
}

/** Parses a JSON file; `undefined` when it is missing or not JSON. */
export async function readJson(file: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(file, "utf8"));
  } catch {
    return undefined;
  }
}

/** Writes a JSON file that only this user may read, whole or not at all, also where the machine fails right after it. */
export async function writeJson(file: string, value: unknown): Promise<void> {
  const draft = `${file}.${process.pid}.new`;
  const handle = await open(draft, "w", 0o600);
  try {
    await handle.writeFile(`${JSON.stringify(value, null, 2)}\n`);
    await handle.sync();
  } finally {
    await handle.close();
  }
  await rename(draft, file);
  // Windows has no way to sync a folder, and no need to.
  if (process.platform === "win32") return;
  const folder = await open(dirname(file), "r");
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}
