import { env, hasDatabase, loadEnvFile, setEnv, startEnv } from "@/lib/env";
import { runningSettings, startEmbedded } from "./embedded";
import { migrate } from "./migrate";
import { main, StartProblem, say } from "./problem";

type Command = { usage: string; what: string; load(): Promise<{ run(args: string[]): Promise<void> }> };

const commands: Record<string, Command> = {
  migrate: {
    usage: "migrate",
    what: "bring the database to the present",
    load: async () => ({ run: migrateCommand }),
  },
  "district create": {
    usage: "district create …",
    what: "put a district on Baton, with its first admin (without options: says which it needs)",
    load: () => import("./commands/district-create"),
  },
  "directory import": {
    usage: "directory import FILE",
    what: "load the directory of districts from an NCES LEA file",
    load: () => import("./commands/directory-import"),
  },
  backup: {
    usage: "backup FILE",
    what: "write the database and the files, without the keys, into a zip",
    load: () => import("./commands/backup"),
  },
  restore: {
    usage: "restore FILE",
    what: "fill an empty installation from a backup (--purges FILE: what was purged since)",
    load: () => import("./commands/restore"),
  },
  "keys rotate": {
    usage: "keys rotate",
    what: "replace the master key and wrap anew what it wraps (--drop-old: the older key may go)",
    load: () => import("./commands/keys-rotate"),
  },
  "audit verify": {
    usage: "audit verify …",
    what: "tell whether the audit logs are whole (--district SLUG for one, --heads FILE to compare with)",
    load: () => import("./commands/audit-verify"),
  },
};

await main(async () => {
  const args = process.argv.slice(2);
  const name = Object.keys(commands).find((words) => `${args.join(" ")} `.startsWith(`${words} `));
  const command = name === undefined ? undefined : commands[name];
  if (args.length === 0 || args.includes("--help")) return say(help());
  if (!name || !command) throw new StartProblem(`There is no command "${args.join(" ")}".\n\n${help()}`);
  await withInstallation(`npm run baton -- ${name}`, async () => {
    await (await command.load()).run(args.slice(name.split(" ").length));
  });
});

function help(): string {
  const rows = Object.values(commands).map(({ usage, what }) => `  ${usage.padEnd(24)}${what}`);
  return `npm run baton -- COMMAND\n\n${rows.join("\n")}\n\nWorks on the database of DATABASE_URL, or on the demo's in DATA_DIR.`;
}

/** Runs `work` on the database of the settings, on the one that the demo runs, or on one started for it alone. */
async function withInstallation(what: string, work: () => Promise<void>): Promise<void> {
  loadEnvFile();
  if (hasDatabase()) {
    env();
    return work();
  }
  const start = startEnv();
  const running = await runningSettings(start.DATA_DIR);
  if (running) {
    setEnv(running);
    return work();
  }
  const embedded = await startEmbedded({ dataDir: start.DATA_DIR, appUrl: `http://localhost:${start.PORT}`, what });
  try {
    await migrate(embedded.urls);
    setEnv(embedded.settings);
    await work();
  } finally {
    await closeConnections();
    await embedded.stop();
  }
}

async function closeConnections(): Promise<void> {
  const [{ systemClose }, { closeOutbox }] = await Promise.all([import("@/lib/db/system"), import("@/lib/outbox")]);
  await closeOutbox();
  await systemClose();
}

async function migrateCommand(): Promise<void> {
  const { DATABASE_URL, DATABASE_ADMIN_URL } = env();
  const applied = await migrate({ databaseUrl: DATABASE_URL, adminUrl: DATABASE_ADMIN_URL });
  say(applied.length > 0 ? `Migrated: ${applied.join(", ")}.` : "The database is at the present already.");
}
