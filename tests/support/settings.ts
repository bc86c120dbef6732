import type { Settings } from "@/lib/env";

/** Settings for tests: keys that never change, a mail server that isn't there, and whatever the test wants otherwise. */
export function testSettings(own: Settings = {}): Settings {
  return {
    DATABASE_URL: "postgresql://nobody@127.0.0.1:1/none",
    DATABASE_ADMIN_URL: "postgresql://nobody@127.0.0.1:1/none",
    SMTP_URL: "smtp://127.0.0.1:1",
    MAIL_FROM: "Baton <baton@baton.example>",
    STORAGE_DIR: "test-results/files",
    // Whatever the test file before it left.
    STORAGE_URL: "",
    CLAMD_URL: "",
    DATA_DIR: "test-results",
    APP_URL: "http://localhost:3000",
    BATON_KEY: Buffer.alloc(32, 1).toString("base64"),
    BATON_PEPPER: Buffer.alloc(32, 2).toString("base64"),
    NEXTAUTH_SECRET: "a session secret that only tests have",
    LOG_LEVEL: "silent",
    ...own,
  };
}
