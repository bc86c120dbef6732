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

  describe("where files lie", () => {
    const inBucket = (url: string, own: Record<string, string> = {}) =>
      setEnv(testSettings({ STORAGE_DIR: "", STORAGE_URL: url, ...own }));

    it("is a bucket, with what its address says, or what the AWS tools know", () => {
      inBucket("s3://baton-files/some/prefix/?region=us-east-2");
      expect(env().STORAGE_URL).toEqual({ bucket: "baton-files", prefix: "some/prefix", region: "us-east-2" });
      inBucket("s3://baton-files?endpoint=https://minio.example:9000");
      expect(env().STORAGE_URL).toEqual({
        bucket: "baton-files",
        prefix: "",
        endpoint: "https://minio.example:9000",
        region: "us-east-1",
      });
      inBucket("s3://baton-files", { AWS_REGION: "us-west-2" });
      expect(env().STORAGE_URL).toMatchObject({ region: "us-west-2" });
    });

    it.each([
      "/var/files",
      "https://s3.example/bucket",
      "s3://",
      "s3://Bucket",
      "s3://bucket/a b",
      "s3://key:secret@bucket/x",
      "s3://bucket?endpoint=minio",
      "s3://bucket?secret=x",
    ])("can't be %s, and the example says how", (url) => {
      inBucket(url);
      const lines = refusal().split("\n").slice(1);
      expect(lines).toHaveLength(1);
      expect(lines[0]).toMatch(
        /^ {2}STORAGE_URL must be s3:.+Example: STORAGE_URL=s3:\/\/bucket\/baton\?region=us-east-2$/,
      );
      expect(lines[0]).not.toContain("secret@");
    });

    it("is one place, folder or bucket", () => {
      setEnv(testSettings({ STORAGE_URL: "s3://baton-files" }));
      expect(refusal()).toContain("  STORAGE_DIR must not stand beside STORAGE_URL");
    });
  });

  it.each(["tcp://127.0.0.1:3310", "tcp://clamd", "tcp://[::1]:3310", "unix:/run/clamav/clamd.ctl"])(
    "takes %s for a scanner",
    (url) => {
      setEnv(testSettings({ CLAMD_URL: url }));
      expect(env().CLAMD_URL).toBe(url);
    },
  );

  it.each([
    "127.0.0.1:3310",
    "http://clamd:3310",
    "unix:clamd.ctl",
    "tcp://",
    "tcp://a:b@clamd:1",
    "tcp://clamd:3310/x",
  ])("refuses %s as a scanner, by name", (url) => {
    setEnv(testSettings({ CLAMD_URL: url }));
    expect(refusal()).toContain(
      "  CLAMD_URL must be tcp://host:port or unix:/path of a clamd. Example: CLAMD_URL=tcp://127.0.0.1:3310",
    );
  });

  it("takes an empty value for none", () => {
    setEnv({ DATABASE_URL: "" });
    expect(hasDatabase()).toBe(false);
  });
});
