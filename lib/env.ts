import { createHash, randomBytes } from "node:crypto";
import { resolve } from "node:path";
import { z } from "zod";

/** Settings that are missing or wrong. The message lists all of them, each by name with an example. */
export class SettingsError extends Error {
  override name = "SettingsError";
}

const key = z
  .string()
  .refine((text) => /^[A-Za-z0-9+/]{43}=$/.test(text), { error: "must be 32 random bytes as base64" })
  .transform((text) => Buffer.from(text, "base64"));
const databaseUrl = z.url({ protocol: /^postgres(ql)?$/, error: "must be a PostgreSQL address" });
const webUrl = z
  .url({ protocol: /^https?$/, error: "must be an address that begins with http:// or https://" })
  .transform((text) => text.replace(/\/+$/, ""));
const folder = z
  .string()
  .min(1)
  .transform((path) => resolve(/* turbopackIgnore: true */ path));

/** s3://bucket/prefix?endpoint=…&region=…; the credentials come by AWS_ACCESS_KEY_ID and its kin, or from the machine's role. */
const s3Place = z
  .string()
  .refine(
    (text) => {
      if (!URL.canParse(text)) return false;
      const { protocol, hostname, port, username, password, pathname, searchParams, hash } = new URL(text);
      const endpoint = searchParams.get("endpoint");
      return (
        protocol === "s3:" &&
        /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(hostname) &&
        `${port}${username}${password}${hash}` === "" &&
        /^(\/[\w.-]+)*\/?$/.test(pathname) &&
        [...searchParams.keys()].every((name) => name === "endpoint" || name === "region") &&
        (endpoint === null || (/^https?:\/\//.test(endpoint) && URL.canParse(endpoint)))
      );
    },
    { error: "must be s3://bucket/prefix, with ?endpoint= and &region= where needed, and without credentials" },
  )
  .transform((text) => {
    const { hostname: bucket, pathname, searchParams } = new URL(text);
    const endpoint = searchParams.get("endpoint");
    const region =
      searchParams.get("region") ??
      process.env.AWS_REGION ??
      process.env.AWS_DEFAULT_REGION ??
      (endpoint ? "us-east-1" : null);
    return {
      bucket,
      prefix: pathname.replace(/^\/|\/$/g, ""),
      ...(endpoint ? { endpoint } : {}),
      ...(region ? { region } : {}),
    };
  });
const scannerUrl = z
  .string()
  .refine((text) => /^unix:\/[^?#]+$/.test(text) || /^tcp:\/\/([\w.-]+|\[[\da-f:]+\])(:\d{1,5})?$/i.test(text), {
    error: "must be tcp://host:port or unix:/path of a clamd",
  });

const startSettings = {
  PORT: z.coerce.number().int().min(1).max(65535).default(3000),
  HOST: z.string().min(1).default("127.0.0.1"),
  DATA_DIR: folder.default(() => resolve(/* turbopackIgnore: true */ ".data")),
  LOG_LEVEL: z.enum(["fatal", "error", "warn", "info", "debug", "trace", "silent"]).default("info"),
  REQUESTS_PER_MINUTE: z.coerce.number().int().min(60).default(1200),
  DATABASE_CONNECTIONS: z.coerce.number().int().min(2).max(500).default(10),
};

const schema = z
  .object({
    ...startSettings,
    DATABASE_URL: databaseUrl,
    DATABASE_ADMIN_URL: databaseUrl,
    SMTP_URL: z.url({ protocol: /^smtps?$/, error: "must be an address that begins with smtp:// or smtps://" }),
    MAIL_FROM: z.string().regex(/^[^\r\n]*[^\s@<>]+@[^\s@<>]+>?$/, { error: "must be an e-mail address" }),
    // One of these two.
    STORAGE_DIR: folder.optional(),
    STORAGE_URL: s3Place.optional(),
    CLAMD_URL: scannerUrl.optional(),
    ROSTER_DIR: folder.optional(),
    PURGE_LOG_FILE: folder.optional(),
    AUDIT_HEAD_FILE: folder.optional(),
    APP_URL: webUrl,
    PROXY_HOPS: z.coerce.number().int().min(0).max(9).default(0),
    BATON_KEY: key,
    BATON_KEY_OLD: z
      .string()
      .default("")
      .transform((text) => text.split(",").filter(Boolean))
      .pipe(z.array(key))
      .readonly(),
    // The key file of an embedded installation. Its keys may change while processes run; it wins over BATON_KEY.
    BATON_KEY_FILE: folder.optional(),
    BATON_PEPPER: key,
    NEXTAUTH_SECRET: z.string().min(32, { error: "must have 32 characters or more" }),
    BATON_DEMO: z
      .literal("1", { error: "is set by `npm run demo` only" })
      .optional()
      .transform((value) => value === "1"),
  })
  .refine(({ STORAGE_DIR, STORAGE_URL }) => (STORAGE_DIR === undefined) !== (STORAGE_URL === undefined), {
    path: ["STORAGE_DIR"],
    error: "must not stand beside STORAGE_URL: files lie in one place",
    // Also together with other problems, unless that is one of them.
    when: ({ issues }) => !issues.some((issue) => issue.path?.[0] === "STORAGE_URL"),
  });

const startSchema = z.object({ ...startSettings, APP_URL: webUrl.optional() });

const newKey = () => randomBytes(32).toString("base64");
// Of a key the example is a new one each time: whoever copies it has one that nobody else has.
const examples: Partial<Record<string, () => string>> = {
  PORT: () => "3000",
  HOST: () => "127.0.0.1",
  LOG_LEVEL: () => "info",
  DATABASE_URL: () => "postgresql://baton_app:password@db.example:5432/baton",
  DATABASE_ADMIN_URL: () => "postgresql://baton_owner:password@db.example:5432/baton",
  SMTP_URL: () => "smtps://user:password@mail.example:465",
  MAIL_FROM: () => '"Baton <baton@district.example>"',
  STORAGE_DIR: () => "/var/lib/baton/files",
  STORAGE_URL: () => "s3://bucket/baton?region=us-east-2",
  CLAMD_URL: () => "tcp://127.0.0.1:3310",
  ROSTER_DIR: () => "/var/lib/baton/rosters",
  PURGE_LOG_FILE: () => "/var/lib/baton-logs/purges",
  AUDIT_HEAD_FILE: () => "/mnt/elsewhere/audit-heads.jsonl",
  APP_URL: () => "https://baton.district.example",
  PROXY_HOPS: () => "1",
  REQUESTS_PER_MINUTE: () => "1200",
  DATABASE_CONNECTIONS: () => "10",
  BATON_KEY: newKey,
  BATON_KEY_OLD: newKey,
  BATON_PEPPER: newKey,
  NEXTAUTH_SECRET: newKey,
};

/** Every setting, parsed. Folders are absolute, keys are 32 bytes. */
export type Env = Readonly<z.output<typeof schema>>;
/** The settings that a starter needs before there is a database. */
export type StartEnv = Readonly<z.output<typeof startSchema>>;
/** Settings as text, as they stand in the environment. */
export type Settings = Record<string, string>;

let parsed: Env | undefined;

/** All settings, read once. Throws SettingsError naming every missing or wrong one. */
export function env(): Env {
  parsed ??= read(schema);
  return parsed;
}

/** What is known before there is a database: port, host, data folder. Throws SettingsError. */
export function startEnv(): StartEnv {
  return read(startSchema);
}

/** Whether there is a PostgreSQL of one's own, so that nothing embedded starts. */
export function hasDatabase(): boolean {
  return Boolean(process.env.DATABASE_URL);
}

/** The id of a master key: the first 4 bytes of its SHA-256; they tell nothing of use about a random key. */
export function keyIdOf(masterKey: Buffer): Buffer {
  return createHash("sha256").update(masterKey).digest().subarray(0, 4);
}

/**
 * What a process calls itself at the database: with which master keys it opens, so that a rotation sees who doesn't know the new one yet.
 * Of those that are read from the key file it knows each, at any time.
 */
export function connectionName(): string {
  const { BATON_KEY, BATON_KEY_OLD, BATON_KEY_FILE } = env();
  if (BATON_KEY_FILE) return "baton keys file";
  // PostgreSQL cuts a name off at 63 bytes.
  const ids = [BATON_KEY, ...BATON_KEY_OLD].slice(0, 5).map((one) => keyIdOf(one).toString("hex"));
  return `baton keys ${ids.join(",")}`;
}

/** Whether this is `next dev`. */
export function isDevelopment(): boolean {
  return process.env.NODE_ENV === "development";
}

/** The log's level; unlike the others it never throws, so that a wrong setting can still be logged. */
export function logLevel(): string {
  return startSchema.shape.LOG_LEVEL.catch("info").parse(process.env.LOG_LEVEL);
}

/** Puts settings in place for this process; for starters and tests. */
export function setEnv(settings: Settings): void {
  Object.assign(process.env, settings);
  parsed = undefined;
}

/** The environment for a child process: this one's, with `settings` on top. */
export function childEnv(settings: Settings = {}): NodeJS.ProcessEnv {
  return { ...process.env, NEXT_TELEMETRY_DISABLED: "1", ...settings };
}

/** Reads `.env` of the current folder where it exists; what the environment already holds wins. */
export function loadEnvFile(): void {
  try {
    process.loadEnvFile();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
  }
}

/** Takes the settings of a real installation out of this process, so that nothing but the embedded ones can be used. */
export function forgetInstallation(): void {
  for (const name of Object.keys(schema.shape)) if (!(name in startSettings)) delete process.env[name];
  parsed = undefined;
}

function read<T extends z.ZodType>(settings: T): Readonly<z.output<T>> {
  // An empty value counts as none: that is what an unfilled line in `.env` gives.
  const given = Object.fromEntries(Object.entries(process.env).filter(([, value]) => value !== ""));
  const result = settings.safeParse(given);
  if (result.success) return Object.freeze(result.data as z.output<T>);
  const lines = new Map<string, string>();
  for (const issue of result.error.issues) {
    const name = String(issue.path[0]);
    const own = /^(must|is) /.test(issue.message) ? issue.message : "has a value that can't be used";
    const example = examples[name]?.();
    const hint = example ? ` Example: ${name}=${example}` : "";
    if (!lines.has(name)) lines.set(name, `  ${name} ${given[name] === undefined ? "is missing" : own}.${hint}`);
  }
  throw new SettingsError(`These settings need attention (see .env.example):\n${[...lines.values()].join("\n")}`);
}
