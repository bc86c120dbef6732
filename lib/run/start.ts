import { env, hasDatabase, loadEnvFile } from "@/lib/env";
import { checkBuild, checkInstallation, checkMigrations, checkRole, claimPort } from "./checks";
import { main, StartProblem } from "./problem";
import { nextCommand, supervise } from "./supervise";

// npm start: the production server alone.
await main(async () => {
  loadEnvFile();
  if (!hasDatabase()) {
    throw new StartProblem(
      "There is no DATABASE_URL.\nTo try Baton out, with a database of its own: npm run demo\nTo run it for real, fill in .env after .env.example, then: npm run baton -- migrate, npm start, npm run worker",
    );
  }
  const settings = env();
  checkBuild();
  await claimPort(settings.HOST, settings.PORT);
  await checkInstallation(settings);
  await checkMigrations(settings);
  await checkRole(settings.DATABASE_URL);
  await supervise(async (services) => {
    void services.start("app", nextCommand("start", settings.HOST, settings.PORT), { NEXTAUTH_URL: settings.APP_URL });
  });
});
