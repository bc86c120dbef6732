import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { env, forgetInstallation, hasDatabase, SettingsError, setEnv } from "@/lib/env";
import { testSettings } from "@/tests/support/settings";

const before = { ...process.env };
beforeEach(() => forgetInstallation());
afterEach(() => {
  process.env = { ...before };
});

const refusal = (): string => {
  try {
    env();
  } catch (error) {
    if (error instanceof SettingsError) return error.message;
    throw error;
  }
  return "";
};

describe("env", () => {
  it("parses what is set and gives the rest a default", () => {
    setEnv(testSettings({ APP_URL: "https://baton.example/", PORT: "" }));
    expect(env()).toMatchObject({ PORT: 3000, HOST: "127.0.0.1", APP_URL: "https://baton.example", BATON_DEMO: false });
    expect(env().BATON_KEY).toEqual(Buffer.alloc(32, 1));
    expect(env().BATON_KEY_OLD).toEqual([]);
    expect(Object.isFrozen(env())).toBe(true);
  });

  it("names every missing setting at once, each with an example that would be taken", () => {
    const message = refusal();
    const named = [...message.matchAll(/^ {2}(\w+) is missing\. Example: \1=(.+)$/gm)];
    expect(named.map(([, name = ""]) => name).sort()).toEqual([
      "APP_URL",
      "BATON_KEY",
      "BATON_PEPPER",
      "DATABASE_ADMIN_URL",
      "DATABASE_URL",
      "MAIL_FROM",
      "NEXTAUTH_SECRET",
      "SMTP_URL",
      "STORAGE_DIR",
    ]);
    setEnv(Object.fromEntries(named.map(([, name, example]) => [name, (example ?? "").replaceAll('"', "")])));
    expect(refusal()).toBe("");
  });

  it("names wrong settings together with missing ones, and repeats no value", () => {
    setEnv(testSettings({ PORT: "99999", DATABASE_URL: "mysql://secret", BATON_KEY: "secret", SMTP_URL: "" }));
    const message = refusal();
    for (const name of ["PORT", "DATABASE_URL", "BATON_KEY", "SMTP_URL"]) expect(message).toContain(`  ${name} `);
    expect(message).not.toContain("secret");
  });

  it("takes an empty value for none", () => {
    setEnv({ DATABASE_URL: "" });
    expect(hasDatabase()).toBe(false);
  });
});
