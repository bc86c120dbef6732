import { setTimeout as delay } from "node:timers/promises";
import { expect, test } from "vitest";
import { GET } from "@/app/api/health/ready/route";
import { setEnv } from "@/lib/env";
import { readiness } from "@/lib/web/health";
import { startClamd } from "../../support/clamd";

test("however many ask, the app looks once a second", async () => {
  const [first, ...others] = await Promise.all(Array.from({ length: 20 }, () => readiness()));
  expect(first).toMatchObject({ database: "ok", migrations: "ok", storage: "ok" });
  for (const other of others) expect(other).toBe(first);
  await delay(1050);
  expect(await readiness()).not.toBe(first);
});

test("a scanner that’s down degrades, and is no reason to take the app out of service", async () => {
  const fresh = async () => {
    // An answer is kept for a second.
    await delay(1050);
    return readiness();
  };
  const { url, stop } = await startClamd();
  expect(await fresh()).toMatchObject({ scanner: "none" });
  setEnv({ CLAMD_URL: url });
  expect(await fresh()).toMatchObject({ storage: "ok", scanner: "ok" });
  await stop();
  expect(await fresh()).toMatchObject({ storage: "ok", scanner: "degraded" });
  const { status } = await GET();
  expect(status).toBe(200);
  setEnv({ CLAMD_URL: "" });
});
