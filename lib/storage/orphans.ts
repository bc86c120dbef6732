import type { ObjectStore } from "@/lib/storage/store";

const BATCH = 1000;

/**
 * Keys of objects that no row names: stored more than `olderThanHours` ago, and not among those that `known` gives
 * back. In batches of up to 1,000, so that `known` can be one query per batch. Objects are written before the row that
 * names them, so an object younger than the longest write may only be waiting for its row: be generous with the hours.
 */
export async function* listOrphans(input: {
  store: ObjectStore;
  olderThanHours: number;
  known: (keys: string[]) => Promise<ReadonlySet<string>>;
  now?: Date;
}): AsyncGenerator<string[]> {
  const before = (input.now ?? new Date()).getTime() - input.olderThanHours * 3_600_000;
  let batch: string[] = [];
  async function takeOrphans(): Promise<string[]> {
    const known = await input.known(batch);
    const orphans = batch.filter((key) => !known.has(key));
    batch = [];
    return orphans;
  }
  for await (const { key, storedAt } of input.store.list("")) {
    if (storedAt.getTime() >= before) continue;
    batch.push(key);
    if (batch.length === BATCH) yield await takeOrphans();
  }
  if (batch.length > 0) yield await takeOrphans();
}
