import { spawn } from "node:child_process";
import { createHash, randomBytes } from "node:crypto";
import { mkdir, mkdtemp, readdir, rm, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { Readable } from "node:stream";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { folderStore } from "@/lib/storage/folder";
import { listOrphans } from "@/lib/storage/orphans";
import { isStorageKey, newStorageKey, ObjectMissing, type ObjectStore, type StoredObject } from "@/lib/storage/store";

let folder: string;
let store: ObjectStore;

beforeEach(async () => {
  folder = join(await mkdtemp(join(tmpdir(), "baton-folder-")), "made", "when missing");
  store = folderStore(folder);
});
afterEach(async () => rm(join(folder, "..", ".."), { recursive: true, force: true }));

function put(key: string, content: string | Buffer): Promise<void> {
  return store.put(key, Readable.from([Buffer.from(content as string)]));
}

async function get(key: string, range?: { start?: number; end?: number }): Promise<string> {
  return Buffer.concat(await all(store.get(key, range))).toString();
}

async function keysIn(prefix: string): Promise<string[]> {
  const found: StoredObject[] = await all(store.list(prefix));
  return found.map((object) => object.key).sort();
}

describe("an object", () => {
  test("is what was put, as a whole and in part", async () => {
    await put("ab/cd/one", "0123456789");
    expect(await get("ab/cd/one")).toBe("0123456789");
    expect(await get("ab/cd/one", { start: 3 })).toBe("3456789");
    expect(await get("ab/cd/one", { start: 3, end: 5 })).toBe("345");
    expect(await store.size("ab/cd/one")).toBe(10);
  });

  test("that isn't there is missing to get and size, and fine to delete", async () => {
    await expect(get("ab/cd/one")).rejects.toThrow(ObjectMissing);
    await expect(store.size("ab/cd/one")).rejects.toThrow(ObjectMissing);
    await store.delete("ab/cd/one");
    await put("ab/cd/one", "x");
    await store.delete("ab/cd/one");
    await expect(store.size("ab/cd/one")).rejects.toThrow(ObjectMissing);
  });

  test("is listed by prefix, and nothing else is", async () => {
    expect(await keysIn("")).toEqual([]);
    for (const key of ["ab/cd/one", "ab/cd/two", "ab/ce/one", "b/one", "top"]) await put(key, key);
    await writeFile(join(folder, ".unfinished", "partial"), "x");
    await writeFile(join(folder, "ab", "Not a key.txt"), "x");
    expect(await keysIn("")).toEqual(["ab/cd/one", "ab/cd/two", "ab/ce/one", "b/one", "top"]);
    expect(await keysIn("ab/c")).toEqual(["ab/cd/one", "ab/cd/two", "ab/ce/one"]);
    expect(await keysIn("ab/cd/")).toEqual(["ab/cd/one", "ab/cd/two"]);
    expect(await keysIn("ab/cd/t")).toEqual(["ab/cd/two"]);
    expect(await keysIn("x")).toEqual([]);
  });

  test.each([
    "",
    "/",
    "/a",
    "a/",
    "a//b",
    "../a",
    "a/../b",
    ".",
    ".unfinished/a",
    "A",
    "a b",
    "a\\b",
    "a\0",
    "ä",
    "a\n",
    "a".repeat(201),
  ])("can't have the key %j", async (key) => {
    expect(isStorageKey(key)).toBe(false);
    await expect(put(key, "x")).rejects.toThrow(TypeError);
    await expect(get(key)).rejects.toThrow(TypeError);
    await expect(store.size(key)).rejects.toThrow(TypeError);
    await expect(store.delete(key)).rejects.toThrow(TypeError);
  });

  test("isn't made by a source that fails, and nothing is left of it", async () => {
    async function* broken() {
      yield randomBytes(100_000);
      throw new Error("broken");
    }
    await expect(store.put("ab/cd/one", Readable.from(broken()))).rejects.toThrow("broken");
    expect(await keysIn("")).toEqual([]);
    expect(await readdir(join(folder, ".unfinished"))).toEqual([]);
  });
});

test("a thousand objects at once, in shared folders, are all there", async () => {
  const keys = Array.from({ length: 1000 }, newStorageKey);
  expect(keys.every(isStorageKey)).toBe(true);
  expect(new Set(keys).size).toBe(1000);
  expect(new Set(keys.map((key) => key.slice(0, 5))).size).toBeLessThanOrEqual(5);
  await Promise.all(keys.map((key) => put(key, key)));
  expect(await keysIn("")).toEqual(keys.toSorted());
  await Promise.all(keys.map(async (key) => expect(await get(key)).toBe(key)));
});

test("what a killed process left unfinished is removed, once it's old enough", async () => {
  await store.check();
  await writeFile(join(folder, ".unfinished", "old"), "x");
  await writeFile(join(folder, ".unfinished", "new"), "x");
  await utimes(join(folder, ".unfinished", "old"), new Date(0), new Date(0));
  expect(await store.removeUnfinished(new Date(Date.now() - 3_600_000))).toBe(1);
  expect(await readdir(join(folder, ".unfinished"))).toEqual(["new"]);
});

test("the check passes where it can write, and leaves nothing; it fails where it can't", async () => {
  await store.check();
  expect(await readdir(folder, { recursive: true })).toEqual([".unfinished"]);
  const blocked = join(folder, "blocked");
  await mkdir(blocked);
  await writeFile(join(blocked, ".unfinished"), "in the way");
  await expect(folderStore(blocked).check()).rejects.toThrow();
});

describe("orphans", () => {
  const hours = (count: number) => new Date(Date.now() - count * 3_600_000);

  test("are the objects that are old enough and that nobody knows", async () => {
    for (const [name, age] of [
      ["known", 30],
      ["orphan", 30],
      ["young", 1],
    ] as const) {
      await put(`ab/cd/${name}`, name);
      await utimes(join(folder, "ab", "cd", name), hours(age), hours(age));
    }
    const known = async () => new Set(["ab/cd/known", "ab/cd/elsewhere"]);
    expect(await all(listOrphans({ store, olderThanHours: 24, known }))).toEqual([["ab/cd/orphan"]]);
    const asked: string[][] = [];
    const knowsAll = async (keys: string[]) => {
      asked.push(keys);
      return new Set(keys);
    };
    expect((await all(listOrphans({ store, olderThanHours: 24, known: knowsAll }))).flat()).toEqual([]);
    expect(asked.flat().sort()).toEqual(["ab/cd/known", "ab/cd/orphan"]);
  });

  test("are asked for in batches of a thousand", async () => {
    const many: ObjectStore = {
      ...store,
      async *list() {
        for (let i = 0; i < 2500; i++) yield { key: `k${i}`, storedAt: new Date(0) };
      },
    };
    const sizes: number[] = [];
    const known = async (keys: string[]) => {
      sizes.push(keys.length);
      return new Set<string>();
    };
    const orphans = await all(listOrphans({ store: many, olderThanHours: 24, known }));
    expect(orphans.flat()).toHaveLength(2500);
    expect(sizes).toEqual([1000, 1000, 500]);
  });
});

test("a process killed while it writes leaves every acknowledged object whole, and no half one", {
  timeout: 60_000,
}, async () => {
  // Each object is 300 kB of hash-named bytes: the name tells whether it's whole.
  const program = `
    import { createHash, randomBytes } from "node:crypto";
    import { Readable } from "node:stream";
    import { folderStore } from "@/lib/storage/folder";
    const store = folderStore(${JSON.stringify(folder)});
    async function work() {
      for (;;) {
        const content = randomBytes(300_000);
        const key = "ab/" + createHash("sha256").update(content).digest("hex");
        await store.put(key, Readable.from([content.subarray(0, 100_000), content.subarray(100_000)]));
        console.log(key);
      }
    }
    for (let i = 0; i < 8; i++) work();
  `;
  const acknowledged: string[] = [];
  for (let round = 0; round < 5; round++) {
    const child = spawn(process.execPath, ["--import", "tsx", "--input-type=module", "--eval", program], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    const exited = new Promise((resolve) => child.once("exit", resolve));
    const enough = 20 + round * 7;
    let lines = 0;
    for await (const line of createInterface({ input: child.stdout })) {
      acknowledged.push(line);
      if (++lines === enough) child.kill("SIGKILL");
    }
    await exited;
  }
  const found = await keysIn("");
  expect(acknowledged.length).toBeGreaterThan(150);
  expect(acknowledged.filter((key) => !found.includes(key))).toEqual([]);
  for (const key of found) {
    const content = Buffer.concat(await all(store.get(key)));
    expect(createHash("sha256").update(content).digest("hex")).toBe(key.slice(3));
  }
  await store.removeUnfinished(new Date(Date.now() + 1000));
  expect(await readdir(join(folder, ".unfinished"))).toEqual([]);
});

async function all<T>(items: AsyncIterable<T>): Promise<T[]> {
  const collected: T[] = [];
  for await (const item of items) collected.push(item);
  return collected;
}
