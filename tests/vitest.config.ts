import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

const root = fileURLToPath(new URL("..", import.meta.url));
const onDatabase = {
  globalSetup: ["tests/support/postgres.ts"],
  setupFiles: ["tests/support/fresh-database.ts"],
  testTimeout: 20_000,
  hookTimeout: 30_000,
};

export default defineConfig({
  root,
  resolve: { alias: { "@": root } },
  test: {
    passWithNoTests: true,
    // As many as the smallest machine that it has to be quick on has cores; by itself it leaves one of them unused.
    maxWorkers: 2,
    // The log is made when it is first imported, before a file has its own settings.
    env: { LOG_LEVEL: "silent" },
    projects: [
      { extends: true, test: { name: "unit", include: ["tests/unit/**/*.test.{ts,tsx}"] } },
      {
        extends: true,
        // Each file has a database of its own, and loads the program once per worker: that was half of the time.
        test: {
          name: "integration",
          include: ["tests/{integration,trust}/**/*.test.ts"],
          isolate: false,
          ...onDatabase,
          setupFiles: ["tests/support/counted-hashes.ts", ...onDatabase.setupFiles],
        },
      },
      { extends: true, test: { name: "architecture", include: ["tests/architecture/**/*.test.ts"], ...onDatabase } },
    ],
  },
});
