import { closeDatabase, database, transactionOptions } from "@/lib/db/client";
import { assertRuntimeRole } from "@/lib/db/runtime-role";
import type { SystemTx } from "@/lib/db/types";

function withSystem<T>(reason: "sign-in" | "jobs", run: (tx: SystemTx) => Promise<T>): Promise<T> {
  return database().$transaction(async (raw) => {
    const tx = raw as SystemTx;
    await tx.$queryRaw`select set_config('app.system', ${reason}, true), set_config('statement_timeout', ${String(transactionOptions.timeout)}, true)`;
    return run(tx);
  }, transactionOptions);
}

/** Sign-in, sessions, invitations: they look at people before it's known in which district they stand. */
export const systemSignIn = <T>(run: (tx: SystemTx) => Promise<T>): Promise<T> => withSystem("sign-in", run);

/** The worker looks for ids of work to do; what it does then, it does inside a district. */
export const systemJobs = <T>(run: (tx: SystemTx) => Promise<T>): Promise<T> => withSystem("jobs", run);

/** Whether the database answers and its migrations are applied: the number of the newest one, for the health check. */
export async function systemHealth(): Promise<{ migrations: number; queues: number }> {
  const [row] = await database().$queryRaw<[{ migrations: number; queues: number }]>`
    select (select count(*)::int from _prisma_migrations where finished_at is not null and rolled_back_at is null) migrations,
           (select count(*)::int from pgboss.queue) queues`;
  return row;
}

/** Refuses to serve as a role that row-level security doesn't bind. Throws with what to change in DATABASE_URL. */
export const systemAssertRuntimeRole = (): Promise<void> => assertRuntimeRole((query) => database().$queryRaw(query));

/** Closes the database at the end of a process, a command or a test; whoever asks next opens it anew. */
export const systemClose = closeDatabase;
