import { randomBytes, randomUUID } from "node:crypto";

/**
 * Where the bytes of files lie. A driver knows keys and bytes, nothing of files, districts or encryption: what it is
 * given is encrypted already. Drivers: a folder (lib/storage/folder), an S3-compatible storage (lib/storage/s3).
 */
export interface ObjectStore {
  /**
   * Stores all of `source` under `key`, or nothing: when it resolves the object is durable; when it rejects (with the
   * source's own error where that failed) there is no object. Keys are never written twice.
   */
  put(key: string, source: AsyncIterable<Uint8Array>): Promise<void>;
  /** The object's bytes, from `start` to `end` (offsets, both inclusive). Fails with `ObjectMissing`. */
  get(key: string, range?: { start?: number; end?: number }): AsyncIterable<Buffer>;
  /** In bytes. Rejects with `ObjectMissing`. */
  size(key: string): Promise<number>;
  /** Durably. An object that isn't there is fine. */
  delete(key: string): Promise<void>;
  /** All objects whose keys begin with `prefix`, in no promised order. */
  list(prefix: string): AsyncIterable<StoredObject>;
  /** Deletes what writes left behind that were cut off (a killed process) before `before`. Gives how many. */
  removeUnfinished(before: Date): Promise<number>;
  /** Rejects if objects can't be written and read back at this moment; asked often, it may take a minute to see that writing fails. */
  check(): Promise<void>;
}

export type StoredObject = { key: string; storedAt: Date };

/** There is no object of that key. */
export class ObjectMissing extends Error {
  override name = "ObjectMissing";
  constructor(readonly key: string) {
    super(`no object ${key}`);
  }
}

/** Lower-case letters, digits and hyphens, in segments: nothing that a file system or a URL reads otherwise. */
export function isStorageKey(key: string): boolean {
  return key.length <= 200 && /^[a-z0-9-]+(?:\/[a-z0-9-]+)*$/.test(key);
}

const KEYS_PER_SHARD = 256;
let shard = "";
let leftInShard = 0;

/**
 * A new random key, `ab/cd/<uuid>`. The shard stays for 256 keys instead of being drawn for each: files that are
 * written together share a folder, and so one sync of it, and no folder grows large.
 */
export function newStorageKey(): string {
  if (leftInShard === 0) {
    const [first, second] = randomBytes(2);
    shard = [first, second].map((byte) => (byte ?? 0).toString(16).padStart(2, "0")).join("/");
    leftInShard = KEYS_PER_SHARD;
  }
  leftInShard--;
  return `${shard}/${randomUUID()}`;
}
