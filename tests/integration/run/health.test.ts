import { setTimeout as delay } from "node:timers/promises";
import { expect, test } from "vitest";
import { readiness } from "@/lib/web/health";

test("however many ask, the app looks once a second", async () => {
  const [first, ...others] = await Promise.all(Array.from({ length: 20 }, () => readiness()));
  expect(first).toMatchObject({ database: "ok", migrations: "ok", storage: "ok" });
  for (const other of others) expect(other).toBe(first);
  await delay(1050);
  expect(await readiness()).not.toBe(first);
});
