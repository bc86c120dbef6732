import type { PgBoss } from "pg-boss";
import type { queues } from "@/lib/outbox";

type Sql = (text: string, values?: unknown[]) => Promise<unknown>;

/**
 * Takes from dead workers what they held, as happens after a minute without a heartbeat: here at once, and without waiting for the quarter
 * of a minute in which a queue isn't looked at twice. A worker that lives would lose what it has in hand, too: `startedBefore` spares that.
 */
export async function takeFromDead(
  boss: PgBoss,
  sql: Sql,
  names: readonly (typeof queues)[number][],
  startedBefore = new Date(),
): Promise<void> {
  await sql(
    "update pgboss.job set heartbeat_on = now() - interval '1 hour' where state = 'active' and name = any ($1) and started_on < $2",
    [names, startedBefore],
  );
  await sql("update pgboss.queue set monitor_claim_on = null, monitor_on = null where name = any ($1)", [names]);
  for (const name of names) await boss.supervise(name);
}
