import { rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { defineConfig, devices } from "@playwright/test";
import { freePort } from "@/lib/run/postgres";
import { chromiumArgs, chromiumPath } from "./support/browser";

const root = fileURLToPath(new URL("..", import.meta.url));
// The file is read again in every worker process: what the first reading chose is handed on.
const isFirst = process.env.BATON_TEST_PORT === undefined;
process.env.BATON_TEST_PORT ??= String(await freePort());
const port = process.env.BATON_TEST_PORT;
const baseURL = `http://localhost:${port}`;
const dataDir = join(tmpdir(), `baton-e2e-${port}`);
if (isFirst) process.once("exit", () => rmSync(`${dataDir}.log`, { force: true }));

export default defineConfig({
  testDir: "e2e",
  outputDir: join(root, "test-results"),
  workers: 2,
  fullyParallel: false,
  forbidOnly: true,
  // Generous, and once more where a test fails: a shared machine may be without its processors for half a minute. What needed the second
  // run is listed as flaky at the end.
  timeout: 150_000,
  expect: { timeout: 30_000 },
  retries: 1,
  use: {
    ...devices["Desktop Chrome"],
    baseURL,
    trace: "on-first-retry",
    // A control that isn't there fails its own step, and not after the whole test's time.
    actionTimeout: 30_000,
    launchOptions: { executablePath: await chromiumPath(), args: chromiumArgs },
  },
  // The demo on data of its own, which are thrown away afterwards.
  webServer: {
    // What the server says goes into a file beside its data, where a test looks for names.
    command: `"${process.execPath}" --import tsx lib/run/demo.ts --throwaway > "${dataDir}.log"`,
    cwd: root,
    env: {
      PORT: port,
      DATA_DIR: dataDir,
      LOG_LEVEL: "trace",
      // The attacks ask more than a person does.
      REQUESTS_PER_MINUTE: "1000000",
      DATABASE_CONNECTIONS: process.env.BATON_SERVER_POOL ?? "10",
    },
    url: `${baseURL}/api/health/live`,
    timeout: 240_000,
    reuseExistingServer: false,
    gracefulShutdown: { signal: "SIGTERM", timeout: 30_000 },
  },
});
