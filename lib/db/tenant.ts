import { flushAudit } from "@/lib/audit";
import { database, patientOptions, transactionOptions } from "@/lib/db/client";
import { refusal } from "@/lib/db/refusal";
import type { DistrictTx } from "@/lib/db/types";
import type { Actor } from "@/lib/policy";

/**
 * Opens a transaction fenced to the actor's district by row-level security, runs the work in it, and writes the audit entries
 * collected on it with its last statement. The setting is local to the transaction: a pooled connection carries nothing over.
 */
export function withDistrict<T>(actor: Actor, run: (tx: DistrictTx) => Promise<T>): Promise<T> {
  return opened(actor, run, transactionOptions);
}

/**
 * As `withDistrict`, for the worker's few transactions that change a whole district at once: a roster of 200,000 students takes half a
 * minute to apply. Nobody waits for an answer meanwhile. Joins are hashed in it: of rows that were just written PostgreSQL knows nothing
 * yet, takes them for one, and went through 5,000 × 5,000 pairs for 25 s instead of one.
 */
export function withDistrictPatiently<T>(actor: Actor, run: (tx: DistrictTx) => Promise<T>): Promise<T> {
  return opened(
    actor,
    async (tx) => {
      await tx.$queryRaw`select set_config('enable_nestloop', 'off', true)`;
      return run(tx);
    },
    patientOptions,
  );
}

async function opened<T>(
  actor: Actor,
  run: (tx: DistrictTx) => Promise<T>,
  options: typeof transactionOptions,
): Promise<T> {
  try {
    return await database().$transaction(async (raw) => {
      const tx = raw as DistrictTx;
      await tx.$queryRaw`select set_config('app.district_id', ${actor.districtId}, true), set_config('app.membership_id', ${actor.membershipId ?? ""}, true), set_config('app.user_id', ${actor.userId ?? ""}, true), set_config('statement_timeout', ${String(options.timeout)}, true)`;
      const result = await run(tx);
      await flushAudit(tx, actor);
      return result;
    }, options);
  } catch (error) {
    throw refusal(error);
  }
}
