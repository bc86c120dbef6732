import type { DistrictTx } from "@/lib/db/types";

/**
 * From here to the end of the transaction, quarantined documents are seen as well: for the verbs that purge or release them, and the
 * transfer's page. Everywhere else a restrictive policy hides them, whatever the query.
 */
export async function openQuarantine(tx: DistrictTx): Promise<void> {
  await tx.$queryRaw`select set_config('app.quarantine', 'open', true)`;
}

/** What follows in the transaction doesn't see them again. */
export async function closeQuarantine(tx: DistrictTx): Promise<void> {
  await tx.$queryRaw`select set_config('app.quarantine', '', true)`;
}
