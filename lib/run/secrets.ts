import { randomBytes } from "node:crypto";
import { existsSync } from "node:fs";
import { chmod, mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { removePostgresHome } from "./postgres-home";
import { StartProblem } from "./problem";

const schema = z.object({
  superuserPassword: z.string(),
  ownerPassword: z.string(),
  appPassword: z.string(),
  masterKey: z.string(),
  pepper: z.string(),
  sessionSecret: z.string(),
});

/** What an embedded installation keeps to itself; made on the first start. */
export type Secrets = z.infer<typeof schema>;

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
  const file = join(dataDir, "secrets.json");
  if (existsSync(file)) {
    const secrets = schema.safeParse(await readJson(file));
    if (secrets.success) return secrets.data;
    throw new StartProblem(`${file} is damaged. Put it back from a copy: without it the data can't be read.`);
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
    pepper: randomBytes(32).toString("base64"),
    sessionSecret: randomBytes(32).toString("base64"),
  };
  await writeJson(file, secrets);
  return secrets;
}

/** Parses a JSON file; `undefined` when it is missing or not JSON. */
export async function readJson(file: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(file, "utf8"));
  } catch {
    return undefined;
  }
}

/** Writes a JSON file that only this user may read, whole or not at all. */
export async function writeJson(file: string, value: unknown): Promise<void> {
  const draft = `${file}.${process.pid}.new`;
  await writeFile(draft, `${JSON.stringify(value, null, 2)}\n`, { mode: 0o600 });
  await rename(draft, file);
}
