import { existsSync } from "node:fs";
import { rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { env, forgetInstallation, hasDatabase, loadEnvFile, type Settings, type StartEnv, startEnv } from "@/lib/env";
import { checkInstallation, checkRole, claimPort } from "./checks";
import { type Embedded, startEmbedded } from "./embedded";
import { migrate } from "./migrate";
import { withConnection } from "./postgres";
import { removePostgresHome } from "./postgres-home";
import { main, say } from "./problem";
import { nextCommand, ownCommand, type Services, supervise } from "./supervise";

// npm run demo, npm run dev: everything at once.
//   --dev        next dev instead of the production build
//   --throwaway  for tests: never a database of one's own, whatever .env says; waits for no disk, and removes the data folder at the end
const dev = process.argv.includes("--dev");
const nextGreeting = /^\s*(▲ Next|- (Local|Network|Environments|Experiments)|✓ |$)/;
const throwaway = process.argv.includes("--throwaway");

await main(async () => {
  if (throwaway) forgetInstallation();
  else loadEnvFile();
  const start = hasDatabase() ? env() : startEnv();
  await claimPort(start.HOST, start.PORT);
  await supervise(async (services) => {
    services.stopping.addEventListener("abort", () => say("Stopping."));
    const settings = hasDatabase() ? await ownInstallation() : await embeddedServices(services, start);
    if (!dev) await services.run(["lib/run/setup.mjs", "build"], {}, "So nothing is started.");
    void services.start("app", nextCommand(dev ? "dev" : "start", start.HOST, start.PORT), settings, nextGreeting);
    const worker = services.start("worker", ownCommand("worker.ts"), settings);
    // Both: whoever clicks at once on a slow machine would wait for the worker to load.
    await Promise.all([answering(start, services.stopping), worker]);
    if (!services.stopping.aborted) say(welcome(start, settings));
  });
  say("Stopped.");
});

/** With DATABASE_URL nothing embedded starts and no demo data are loaded. */
async function ownInstallation(): Promise<Settings> {
  const settings = env();
  await checkInstallation(settings);
  await migrate({ databaseUrl: settings.DATABASE_URL, adminUrl: settings.DATABASE_ADMIN_URL });
  await checkRole(settings.DATABASE_URL);
  return { NEXTAUTH_URL: settings.APP_URL };
}

async function embeddedServices(services: Services, start: StartEnv): Promise<Settings> {
  say(`Starting PostgreSQL; the data are in ${start.DATA_DIR}.`);
  const what = dev ? "npm run dev" : "npm run demo";
  const place = { dataDir: start.DATA_DIR, appUrl: addressOf(start), what };
  const embedded = await startEmbedded({ ...place, durable: !throwaway });
  services.add(async () => {
    await embedded.stop();
    if (throwaway) await throwAway(start.DATA_DIR);
  });
  services.failOn(embedded.databaseEnded, "PostgreSQL has ended by itself; so everything stops.");
  await loadDemoOnce(services, embedded, start.DATA_DIR);
  await checkRole(embedded.urls.databaseUrl);
  await embedded.share();
  return {
    ...embedded.settings,
    BATON_DEMO: "1",
    // The heads of the audit chains would go to the log otherwise, and that would bury the welcome.
    AUDIT_HEAD_FILE: join(start.DATA_DIR, "audit-heads.jsonl"),
  };
}

/** Migrates, and loads the demo data where there is no district yet; a loading that was broken off begins anew. */
async function loadDemoOnce(services: Services, embedded: Embedded, dataDir: string): Promise<void> {
  const marker = join(dataDir, "demo-loading");
  if (existsSync(marker)) {
    say("The demo data were not loaded to the end; beginning anew.");
    await embedded.emptyDatabase();
    for (const half of ["files", "mailbox"]) await rm(join(dataDir, half), { recursive: true, force: true });
  }
  const applied = await migrate(embedded.urls);
  if (applied.length > 0) say(`Migrated the database: ${applied.join(", ")}.`);
  const districts = await withConnection(embedded.superuserUrl, (client) =>
    client.query("select from district where slug is not null limit 1"),
  );
  if (districts.rowCount === 0) {
    say("Loading the demo districts.");
    await writeFile(marker, "");
    await services.run(
      ownCommand("load-demo.ts"),
      { ...embedded.settings, BATON_DEMO: "1" },
      "The demo data couldn't be loaded.",
    );
  }
  await rm(marker, { force: true });
}

async function throwAway(dataDir: string): Promise<void> {
  await rm(dataDir, { recursive: true, force: true });
  removePostgresHome(dataDir);
}

function addressOf(start: StartEnv): string {
  return start.APP_URL ?? `http://localhost:${start.PORT}`;
}

/** Waits until the app answers, whatever it answers. */
async function answering(start: StartEnv, stopping: AbortSignal): Promise<void> {
  const host = start.HOST === "0.0.0.0" ? "127.0.0.1" : start.HOST.includes(":") ? `[${start.HOST}]` : start.HOST;
  while (!stopping.aborted) {
    const answer = await fetch(`http://${host}:${start.PORT}/api/health/live`).catch(() => null);
    if (answer) return;
    await new Promise((done) => setTimeout(done, 100));
  }
}

function welcome(start: StartEnv, settings: Settings): string {
  const address = `Baton is ready: ${addressOf(start)}`;
  if (!settings.BATON_DEMO) return `\n${address}\nCtrl-C stops it.`;
  return `
${address}

  Sign in as admin@, manager@, clerk@ or staff@ one of
    lakeview.example      Lakeview ISD, Texas
    riverbend.example     Riverbend USD, California
    maple-grove.example   Maple Grove Schools, Ohio (its switch is off)
  Password for all: baton-demo-2026
  Mails that were sent: ${addressOf(start)}/mailbox

Ctrl-C stops everything; the next start finds the data.`;
}
