import { defineConfig, devices } from "@playwright/test";
import { chromiumArgs, chromiumPath } from "./support/browser";
export default defineConfig({ testDir: "/work/main/tests", testMatch: /bt-shots/, outputDir: "/tmp/bt-results", workers: 1, fullyParallel: false, timeout: 180_000, expect: { timeout: 30_000 },
  use: { ...devices["Desktop Chrome"], baseURL: "http://localhost:3501", actionTimeout: 40_000, trace: "retain-on-failure", launchOptions: { executablePath: await chromiumPath(), args: chromiumArgs } } });
