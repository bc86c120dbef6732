import { mkdtemp } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, inject } from "vitest";
import { systemClose } from "@/lib/db/system";
import { setEnv } from "@/lib/env";
import { closeOutbox } from "@/lib/outbox";
import { createTestDatabase, setTestDatabase } from "./database";
import { testSettings } from "./settings";

// Runs before each test file: a database and a folder of its own, which the settings lead to.
const testDatabase = await createTestDatabase();
setTestDatabase(testDatabase);
const folder = await mkdtemp(join(inject("folder"), "file-"));
setEnv(
  testSettings({
    DATABASE_URL: testDatabase.databaseUrl,
    DATABASE_ADMIN_URL: testDatabase.adminUrl,
    DATA_DIR: folder,
    STORAGE_DIR: join(folder, "files"),
  }),
);

afterAll(async () => {
  await Promise.allSettled([closeOutbox(), systemClose()]);
  await testDatabase.drop();
});
