import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { takeDataDir, whoRuns } from "@/lib/run/lock";
import { StartProblem } from "@/lib/run/problem";
import { loadSecrets } from "@/lib/run/secrets";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "baton-data-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe("a data folder", () => {
  it("is had by one at a time, who says what it is", async () => {
    const first = await takeDataDir(folder, "npm run demo");
    await expect(takeDataDir(folder, "another")).rejects.toThrow(/npm run demo \(process \d+\) is using/);
    await first.release();
    const second = await takeDataDir(folder, "another");
    await second.release();
    expect(await whoRuns(folder)).toBeNull();
  });

  it("has one winner when many start at once", async () => {
    const tries = await Promise.allSettled(Array.from({ length: 20 }, () => takeDataDir(folder, "demo")));
    const winners = tries.filter((attempt) => attempt.status === "fulfilled");
    expect(winners).toHaveLength(1);
    await winners[0]?.value.release();
  });

  it("tells others the settings once they are shared", async () => {
    const lock = await takeDataDir(folder, "demo");
    expect((await whoRuns(folder))?.settings).toBeUndefined();
    await lock.publish({ DATABASE_URL: "x" });
    expect((await whoRuns(folder))?.settings).toEqual({ DATABASE_URL: "x" });
    await lock.release();
  });

  it("is free again after whoever had it was killed", async () => {
    const note = { pid: process.pid, port: 1, token: "gone", what: "demo" };
    await writeFile(join(folder, "running.json"), JSON.stringify(note));
    const lock = await takeDataDir(folder, "demo");
    await lock.release();
  });

  it("keeps its secrets, and says so when they are gone while data are there", async () => {
    const secrets = await loadSecrets(folder);
    expect(await loadSecrets(folder)).toEqual(secrets);
    await writeFile(join(folder, "postgres.json"), "{}");
    await rm(join(folder, "secrets.json"));
    await expect(loadSecrets(folder)).rejects.toThrow(StartProblem);
  });
});
