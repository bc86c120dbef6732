import { env, hasDatabase, loadEnvFile } from "@/lib/env";
import { startWorker } from "@/lib/jobs/worker";
import { checkInstallation, checkMigrations } from "./checks";
import { main, StartProblem } from "./problem";
import { readyMessage, supervise } from "./supervise";

// npm run worker: what happens in the background, mails above all. The demo starts it with its own settings.
await main(async () => {
  loadEnvFile();
  if (!hasDatabase()) {
    throw new StartProblem(
      "There is no DATABASE_URL. The demo has a worker of its own; to run one for real, fill in .env after .env.example.",
    );
  }
  await checkInstallation(env());
  await checkMigrations(env());
  await supervise(async (services) => {
    services.add((await startWorker()).stop);
    process.send?.(readyMessage);
  });
});
