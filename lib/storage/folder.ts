import { randomUUID } from "node:crypto";
import type { Stats } from "node:fs";
import { type FileHandle, mkdir, open, readdir, rename, rm, stat } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { isStorageKey, ObjectMissing, type ObjectStore, type StoredObject } from "@/lib/storage/store";

/** Beside the objects and never among them: no key has a dot. On the same file system, so that a rename is atomic. */
const UNFINISHED = ".unfinished";
/** In bytes, roughly: what is read or written at a time. */
const BLOCK_BYTES = 256 * 1024;

/**
 * Objects as files below the folder `path` (created when missing; folders 700, files 600). A file is written aside,
 * synced, renamed and its folder synced, so that a crash at any moment leaves the whole object or none.
 */
export function folderStore(path: string): ObjectStore {
  const root = resolve(path);
  const unfinished = join(root, UNFINISHED);
  const syncFolder = sharedSync();
  /** Folders known to be there and durable. */
  const folders = new Map<string, Promise<void>>();

  function pathOf(key: string): string {
    if (!isStorageKey(key)) throw new TypeError("not a storage key");
    return join(root, key);
  }

  function makeFolder(folder: string): Promise<void> {
    const known = folders.get(folder);
    if (known) return known;
    const made = (async () => {
      if (folder === root) {
        await mkdir(root, { recursive: true, mode: 0o700 });
        return;
      }
      const parent = dirname(folder);
      await makeFolder(parent);
      await mkdir(folder, { recursive: true, mode: 0o700 });
      // Even if it was there: another process may have made it a moment ago and not yet synced.
      await syncFolder(parent);
    })();
    folders.set(folder, made);
    made.catch(() => folders.delete(folder));
    return made;
  }

  async function put(key: string, source: AsyncIterable<Uint8Array>): Promise<void> {
    const target = pathOf(key);
    const partial = join(unfinished, randomUUID());
    try {
      await makeFolder(unfinished);
      await makeFolder(dirname(target));
      const file = await open(partial, "wx", 0o600);
      try {
        await writeAll(file, source);
        await file.datasync();
      } finally {
        await file.close();
      }
      await rename(partial, target);
      try {
        await syncFolder(dirname(target));
      } catch (error) {
        await rm(target, { force: true });
        throw error;
      }
    } catch (error) {
      await rm(partial, { force: true });
      throw error;
    }
  }

  async function* read(key: string, range: { start?: number; end?: number }): AsyncGenerator<Buffer> {
    const file = await open(pathOf(key), "r").catch((error: unknown) => {
      throw isMissing(error) ? new ObjectMissing(key) : error;
    });
    try {
      const end = Math.min((await file.stat()).size, (range.end ?? Infinity) + 1);
      for (let at = range.start ?? 0; at < end; ) {
        const block = Buffer.allocUnsafeSlow(Math.min(BLOCK_BYTES, end - at));
        const { bytesRead } = await file.read(block, 0, block.length, at);
        if (bytesRead === 0) return;
        yield block.subarray(0, bytesRead);
        at += bytesRead;
      }
    } finally {
      await file.close();
    }
  }

  async function remove(key: string): Promise<void> {
    const path = pathOf(key);
    try {
      await rm(path);
    } catch (error) {
      if (isMissing(error)) return;
      throw error;
    }
    await syncFolder(dirname(path));
  }

  async function* list(prefix: string, folder = ""): AsyncGenerator<StoredObject> {
    const entries = await readdir(join(root, folder), { withFileTypes: true }).catch(noneIfMissing);
    for (const entry of entries) {
      const key = folder + entry.name;
      if (entry.isDirectory() && entry.name !== UNFINISHED) {
        const below = `${key}/`;
        if (below.startsWith(prefix) || prefix.startsWith(below)) yield* list(prefix, below);
      } else if (entry.isFile() && key.startsWith(prefix) && isStorageKey(key)) {
        const found = await findStats(join(root, key));
        if (found) yield { key, storedAt: found.mtime };
      }
    }
  }

  async function removeUnfinished(before: Date): Promise<number> {
    let removed = 0;
    for (const name of await readdir(unfinished).catch(noneIfMissing)) {
      const found = await findStats(join(unfinished, name));
      if (!found || found.mtime >= before) continue;
      await rm(join(unfinished, name), { force: true });
      removed++;
    }
    return removed;
  }

  async function check(): Promise<void> {
    await makeFolder(unfinished);
    const probe = join(unfinished, randomUUID());
    try {
      const file = await open(probe, "wx+", 0o600);
      try {
        await file.writeFile("probe");
        await file.datasync();
        const { buffer, bytesRead } = await file.read({ buffer: Buffer.alloc(8), position: 0 });
        if (buffer.toString("latin1", 0, bytesRead) !== "probe")
          throw new Error("the storage folder gives other bytes");
      } finally {
        await file.close();
      }
    } finally {
      await rm(probe, { force: true });
    }
  }

  return {
    put,
    get: (key, range = {}) => read(key, range),
    size: async (key) => {
      const found = await findStats(pathOf(key));
      if (!found) throw new ObjectMissing(key);
      return found.size;
    },
    delete: remove,
    list: (prefix) => list(prefix),
    removeUnfinished,
    check,
  };
}

/** Writes what comes in few large blocks: a small file costs one write. */
async function writeAll(file: FileHandle, source: AsyncIterable<Uint8Array>): Promise<void> {
  let block: Uint8Array[] = [];
  let length = 0;
  for await (const bytes of source) {
    block.push(bytes);
    length += bytes.length;
    if (length < BLOCK_BYTES) continue;
    await writeBlock(file, block, length);
    block = [];
    length = 0;
  }
  if (length > 0) await writeBlock(file, block, length);
}

async function writeBlock(file: FileHandle, block: Uint8Array[], length: number): Promise<void> {
  const { bytesWritten } = await file.writev(block);
  // A full disk can take a part before it fails; writeFile repeats until all is written, or fails.
  if (bytesWritten < length) await file.writeFile(Buffer.concat(block).subarray(bytesWritten));
}

/**
 * Syncs of folders, shared: whoever asks while one is running waits for the next, and all who wait share that one.
 * (The running one may have begun before the caller's rename.)
 */
function sharedSync(): (folder: string) => Promise<void> {
  const running = new Map<string, Promise<void>>();
  const waiting = new Map<string, Promise<void>>();
  return (folder) => {
    const joined = waiting.get(folder);
    if (joined) return joined;
    const next = (async () => {
      await running.get(folder)?.catch(() => undefined);
      const sync = syncNow(folder);
      waiting.delete(folder);
      running.set(folder, sync);
      try {
        await sync;
      } finally {
        if (running.get(folder) === sync) running.delete(folder);
      }
    })();
    waiting.set(folder, next);
    return next;
  };
}

async function syncNow(folder: string): Promise<void> {
  // Windows can't open a folder to sync it; NTFS journals the rename itself.
  if (process.platform === "win32") return;
  const handle = await open(folder, "r");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

async function findStats(path: string): Promise<Stats | undefined> {
  try {
    return await stat(path);
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "ENOENT";
}

function noneIfMissing(error: unknown): never[] {
  if (isMissing(error)) return [];
  throw error;
}
