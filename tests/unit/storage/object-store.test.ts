import { spawn } from "node:child_process";
import { createHash, randomBytes } from "node:crypto";
import { createInterface } from "node:readline";
import { Readable } from "node:stream";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { mapLimit } from "@/lib/storage/map-limit";
import { listOrphans } from "@/lib/storage/orphans";
import { isStorageKey, newStorageKey, ObjectMissing, type StoredObject } from "@/lib/storage/store";
import { type Driver, drivers } from "./drivers";

describe.each(Object.entries(drivers))("%s", (_, open) => {
  let driver: Driver;
  beforeEach(async () => {
    driver = await open();
  });
  afterEach(() => driver.stop());

  function put(key: string, content: string | Buffer): Promise<void> {
    return driver.store.put(key, Readable.from([Buffer.from(content as string)]));
  }

  async function get(key: string, range?: { start?: number; end?: number }): Promise<string> {
    return Buffer.concat(await all(driver.store.get(key, range))).toString();
  }

  async function keysIn(prefix: string): Promise<string[]> {
    const found: StoredObject[] = await all(driver.store.list(prefix));
    return found.map((object) => object.key).sort();
  }

  describe("an object", () => {
    test("is what was put, as a whole and in part", async () => {
      await put("ab/cd/one", "0123456789");
      expect(await get("ab/cd/one")).toBe("0123456789");
      expect(await get("ab/cd/one", { start: 3 })).toBe("3456789");
      expect(await get("ab/cd/one", { start: 3, end: 5 })).toBe("345");
      expect(await get("ab/cd/one", { start: 0, end: 1 })).toBe("01");
      expect(await get("ab/cd/one", { start: 8, end: 100 })).toBe("89");
      expect(await get("ab/cd/one", { start: 10 })).toBe("");
      expect(await driver.store.size("ab/cd/one")).toBe(10);
    });

    test("of any size arrives, in whatever pieces it comes", { timeout: 60_000 }, async () => {
      const part = 8 * 1024 * 1024;
      for (const size of [0, 1, part - 1, part, part + 1, 2 * part, 21_000_001]) {
        const content = randomBytes(size);
        const key = `ab/cd/${size}`;
        async function* pieces() {
          yield Buffer.alloc(0);
          for (let at = 0; at < size; at += 65_552) yield content.subarray(at, at + 65_552);
        }
        await driver.store.put(key, pieces());
        expect({ size, found: await driver.store.size(key) }).toEqual({ size, found: size });
        const found = Buffer.concat(await all(driver.store.get(key)));
        expect({ size, same: found.equals(content) }).toEqual({ size, same: true });
      }
      expect(await driver.unfinished()).toBe(0);
    });

    test("that isn't there is missing to get and size, and fine to delete", async () => {
      await expect(get("ab/cd/one")).rejects.toThrow(ObjectMissing);
      await expect(driver.store.size("ab/cd/one")).rejects.toThrow(ObjectMissing);
      await driver.store.delete("ab/cd/one");
      await put("ab/cd/one", "x");
      await driver.store.delete("ab/cd/one");
      await expect(driver.store.size("ab/cd/one")).rejects.toThrow(ObjectMissing);
    });

    test("is listed by prefix, and nothing else is", async () => {
      expect(await keysIn("")).toEqual([]);
      for (const key of ["ab/cd/one", "ab/cd/two", "ab/ce/one", "b/one", "top"]) await put(key, key);
      await driver.clutter();
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
      await expect(driver.store.size(key)).rejects.toThrow(TypeError);
      await expect(driver.store.delete(key)).rejects.toThrow(TypeError);
    });

    test.each([100_000, 20_000_000])(
      "isn't made by a source that fails after %d bytes, and nothing is left of it",
      async (size) => {
        async function* broken() {
          yield randomBytes(size / 2);
          yield randomBytes(size / 2);
          throw new RangeError("broken");
        }
        await expect(driver.store.put("ab/cd/one", Readable.from(broken()))).rejects.toThrow(RangeError);
        expect(await keysIn("")).toEqual([]);
        await driver.store.check();
        expect(await driver.unfinished()).toBe(0);
      },
    );

    test("can be left in the middle of being read", { timeout: 60_000 }, async () => {
      await driver.store.put("ab/cd/one", Readable.from([randomBytes(1_000_000)]));
      // More than there are connections or file handles to spare.
      for (let n = 0; n < 300; n++) for await (const _ of driver.store.get("ab/cd/one")) break;
      expect(await driver.store.size("ab/cd/one")).toBe(1_000_000);
    });
  });

  test("many objects, two hundred at a time, are all there", { timeout: 120_000 }, async () => {
    const keys = Array.from({ length: driver.many }, newStorageKey);
    expect(keys.every(isStorageKey)).toBe(true);
    expect(new Set(keys).size).toBe(driver.many);
    expect(new Set(keys.map((key) => key.slice(0, 5))).size).toBeLessThanOrEqual(5);
    await mapLimit(keys, 200, (key) => put(key, key));
    await put("one-more", "x");
    expect(await keysIn("")).toEqual([...keys, "one-more"].sort());
    await mapLimit(keys, 200, async (key) => expect(await get(key)).toBe(key));
  });

  test("what a killed process left unfinished is removed, once it's old enough", async () => {
    await driver.store.check();
    for (const date of [new Date(0), new Date(1000), new Date()]) await driver.leaveUnfinished(date);
    expect(await driver.store.removeUnfinished(new Date(Date.now() - 3_600_000))).toBe(2);
    expect(await driver.unfinished()).toBe(1);
  });

  test("the check passes where it can write, and leaves nothing; it fails where it can't", async () => {
    await driver.store.check();
    expect(await keysIn("")).toEqual([]);
    expect(await driver.unfinished()).toBe(0);
    await expect(driver.broken.check()).rejects.toThrow();
  });

  test("what no row names is an orphan, once it's old enough", async () => {
    const hoursAgo = (count: number) => new Date(Date.now() - count * 3_600_000);
    for (const [name, hours] of [
      ["known", 30],
      ["orphan", 30],
      ["young", 1],
    ] as const) {
      await put(`ab/cd/${name}`, name);
      await driver.age(`ab/cd/${name}`, hoursAgo(hours));
    }
    const { store } = driver;
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

  test("a process killed while it writes leaves every acknowledged object whole, and no half one", {
    timeout: 180_000,
  }, async () => {
    // Each object is 300 kB of hash-named bytes: the name tells whether it's whole.
    const program = `
      import { createHash, randomBytes } from "node:crypto";
      import { Readable } from "node:stream";
      const store = ${driver.program};
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
    for (let round = 0; round < 3; round++) {
      const child = spawn(process.execPath, ["--import", "tsx", "--input-type=module", "--eval", program], {
        stdio: ["ignore", "pipe", "inherit"],
      });
      const exited = new Promise((resolve) => child.once("exit", resolve));
      const enough = 30 + round * 10;
      let lines = 0;
      for await (const line of createInterface({ input: child.stdout })) {
        acknowledged.push(line);
        if (++lines === enough) child.kill("SIGKILL");
      }
      await exited;
    }
    const found = await keysIn("");
    expect(acknowledged.length).toBeGreaterThan(100);
    expect(acknowledged.filter((key) => !found.includes(key))).toEqual([]);
    for (const key of found) {
      const content = Buffer.concat(await all(driver.store.get(key)));
      expect(createHash("sha256").update(content).digest("hex")).toBe(key.slice(3));
    }
    await driver.store.removeUnfinished(new Date(Date.now() + 1000));
    expect(await driver.unfinished()).toBe(0);
  });
});

test("orphans are asked for in batches of a thousand", async () => {
  const driver = await drivers.folder();
  const sizes: number[] = [];
  const many = {
    ...driver.store,
    async *list() {
      for (let i = 0; i < 2500; i++) yield { key: `k${i}`, storedAt: new Date(0) };
    },
  };
  const known = async (keys: string[]) => {
    sizes.push(keys.length);
    return new Set<string>();
  };
  const orphans = await all(listOrphans({ store: many, olderThanHours: 24, known }));
  expect(orphans.flat()).toHaveLength(2500);
  expect(sizes).toEqual([1000, 1000, 500]);
  await driver.stop();
});

async function all<T>(items: AsyncIterable<T>): Promise<T[]> {
  const collected: T[] = [];
  for await (const item of items) collected.push(item);
  return collected;
}
