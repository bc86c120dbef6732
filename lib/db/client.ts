import { PrismaPg } from "@prisma/adapter-pg";
import { PrismaClient } from "@/lib/db/generated/client";
import { connectionName, env } from "@/lib/env";

const held = globalThis as { batonDatabase?: { url: string; client: PrismaClient } };

/** The client, one per process (kept across reloads in development). Private to lib/db. */
export function database(): PrismaClient {
  const url = env().DATABASE_URL;
  if (held.batonDatabase?.url !== url) {
    held.batonDatabase = {
      url,
      // One connection stays, idle or not: a rotation of keys sees by its name who runs without the new one.
      client: new PrismaClient({
        adapter: new PrismaPg({
          connectionString: url,
          max: env().DATABASE_CONNECTIONS,
          min: 1,
          application_name: connectionName(),
        }),
      }),
    };
  }
  return held.batonDatabase.client;
}

/** Closes the client's connections; the next call of `database` opens new ones. */
export async function closeDatabase(): Promise<void> {
  const open = held.batonDatabase;
  delete held.batonDatabase;
  await open?.client.$disconnect();
}

/**
 * Waits for a free connection up to 10 s; a transaction holds no hashing, file or network work and so stays far below 30 s. Each of its
 * statements is ended by then, too: else it would run on in the database with nobody left to hear its answer.
 */
export const transactionOptions = { maxWait: 10_000, timeout: 30_000 };

/** For `withDistrictPatiently` alone. */
export const patientOptions = { maxWait: 10_000, timeout: 30 * 60_000 };
