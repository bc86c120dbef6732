import { env } from "@/lib/env";
import { folderStore } from "@/lib/storage/folder";
import type { ObjectStore } from "@/lib/storage/store";

const opened = new Map<string, ObjectStore>();

/** The object store of this installation: the folder STORAGE_DIR. One per process, since it shares its syncs. */
export function objectStore(): ObjectStore {
  const folder = env().STORAGE_DIR;
  const store = opened.get(folder) ?? folderStore(folder);
  opened.set(folder, store);
  return store;
}
