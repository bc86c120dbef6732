import { systemJobs } from "@/lib/db/system";
import { deleteFiles } from "@/lib/storage/files";
import { objectStore } from "@/lib/storage/open-store";
import { listOrphans } from "@/lib/storage/orphans";

const orphanHours = 24;

/** Deletes the objects of decided packages from the storage, then the rows that say so: in this order nothing is forgotten. Returns how many. */
export async function deleteDoomed(): Promise<number> {
  const rows = await systemJobs(
    (tx) => tx.$queryRaw<{ storage_key: string; in_use: boolean }[]>`
      select o.storage_key, exists (select 1 from stored_file f where f.storage_key = o.storage_key) or exists (select 1 from package_file p where p.storage_key = o.storage_key) in_use
      from doomed_object o order by o.since limit 1000`,
  );
  // Nothing that a row still names is ever deleted, whatever put it on the list.
  const doomed = rows.filter((row) => !row.in_use).map((row) => row.storage_key);
  await deleteFiles(doomed);
  await systemJobs((tx) =>
    tx.doomedObject.deleteMany({ where: { storageKey: { in: rows.map((row) => row.storage_key) } } }),
  );
  return doomed.length;
}

/** Deletes objects older than a day that no row names, and what cut-off writes left behind. Looks at the whole storage. Returns how many. */
export async function deleteOrphans(now = new Date()): Promise<number> {
  const store = objectStore();
  let deleted = await store.removeUnfinished(new Date(now.getTime() - orphanHours * 3_600_000));
  for await (const orphans of listOrphans({ store, olderThanHours: orphanHours, known: knownKeys, now })) {
    await deleteFiles(orphans, store);
    deleted += orphans.length;
  }
  return deleted;
}

async function knownKeys(keys: string[]): Promise<ReadonlySet<string>> {
  const rows = await systemJobs(
    (tx) => tx.$queryRaw<{ storage_key: string }[]>`
      select f.storage_key from stored_file f where f.storage_key = any (${keys}::text[])
      union all select p.storage_key from package_file p where p.storage_key = any (${keys}::text[])
      union all select o.storage_key from doomed_object o where o.storage_key = any (${keys}::text[])`,
  );
  return new Set(rows.map((row) => row.storage_key));
}
