import { env } from "@/lib/env";
import { folderStore } from "@/lib/storage/folder";
import { s3Store } from "@/lib/storage/s3";
import type { ObjectStore } from "@/lib/storage/store";

const opened = new Map<string, ObjectStore>();

/** The object store of this installation: the bucket of STORAGE_URL, or else the folder STORAGE_DIR. One per process, since it shares its connections and syncs. */
export function objectStore(): ObjectStore {
  const { STORAGE_URL: place, STORAGE_DIR: folder = "" } = env();
  const name = place ? JSON.stringify(place) : folder;
  const store = opened.get(name) ?? (place ? s3Store(place) : folderStore(folder));
  opened.set(name, store);
  return store;
}
