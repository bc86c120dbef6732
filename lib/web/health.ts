import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { systemHealth } from "@/lib/db/system";
import { env } from "@/lib/env";
import { log } from "@/lib/log";
import { queues } from "@/lib/outbox";
import { ping } from "@/lib/storage/clamd";
import { objectStore } from "@/lib/storage/open-store";

export type Readiness = Record<"database" | "migrations" | "queue" | "storage", "ok" | "failing"> & {
  /** Degraded: files that are uploaded wait for their scan, everything else goes on. */
  scanner: "ok" | "degraded" | "none";
};

const patienceMs = 3000;

const keepMs = 1000;
let kept: { until: number; answer: Promise<Readiness> } | undefined;

/**
 * Whether the app can do its work now. Says which part fails, not why: that stands in the log. An answer is kept for a second, so that
 * nobody makes the disk and the database work by asking.
 */
export function readiness(): Promise<Readiness> {
  if (!kept || kept.until < performance.now()) kept = { until: performance.now() + keepMs, answer: look() };
  return kept.answer;
}

async function look(): Promise<Readiness> {
  const { CLAMD_URL } = env();
  const [database, storage, expected, scanner] = await Promise.allSettled([
    inTime(systemHealth()),
    inTime(objectStore().check()),
    migrationCount(),
    CLAMD_URL === undefined ? null : inTime(ping(CLAMD_URL)),
  ]);
  for (const [what, one] of Object.entries({ database, storage, scanner })) {
    if (one.status === "rejected") log.error({ what, err: one.reason }, "not ready");
  }
  const found = database.status === "fulfilled" ? database.value : null;
  const says = (good: boolean) => (good ? "ok" : "failing");
  return {
    database: says(found !== null),
    migrations: says(found !== null && expected.status === "fulfilled" && found.migrations >= expected.value),
    queue: says(found !== null && found.queues >= queues.length),
    storage: says(storage.status === "fulfilled"),
    scanner: CLAMD_URL === undefined ? "none" : scanner.status === "fulfilled" ? "ok" : "degraded",
  };
}

async function migrationCount(): Promise<number> {
  const entries = await readdir(join(/* turbopackIgnore: true */ process.cwd(), "prisma", "migrations"), {
    withFileTypes: true,
  });
  return entries.filter((entry) => entry.isDirectory()).length;
}

function inTime<T>(work: Promise<T>): Promise<T> {
  let timer: ReturnType<typeof setTimeout>;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error("too slow")), patienceMs);
  });
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
}
