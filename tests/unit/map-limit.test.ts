import { describe, expect, test } from "vitest";
import { mapLimit } from "@/lib/storage/map-limit";

describe("a limited map", () => {
  test("keeps the order of the items and never does more at a time than the limit", async () => {
    let now = 0;
    let most = 0;
    const results = await mapLimit([5, 1, 4, 2, 3, 0, 6], 3, async (item, index) => {
      most = Math.max(most, ++now);
      for (let i = 0; i < item; i++) await Promise.resolve();
      now--;
      return [item, index];
    });
    expect(results).toEqual([5, 1, 4, 2, 3, 0, 6].map((item, index) => [item, index]));
    expect(most).toBe(3);
  });

  test("of nothing is nothing", async () => {
    expect(await mapLimit([], 3, async () => 1)).toEqual([]);
  });

  test("begins nothing more after a failure, and waits for what it began", async () => {
    const begun: number[] = [];
    const ended: number[] = [];
    const work = async (item: number) => {
      begun.push(item);
      await new Promise((resolve) => setTimeout(resolve, item === 1 ? 1 : 20));
      if (item === 1) throw new Error("first");
      ended.push(item);
    };
    await expect(mapLimit([0, 1, 2, 3, 4, 5], 3, work)).rejects.toThrow("first");
    expect(begun).toEqual([0, 1, 2]);
    expect(ended).toEqual([0, 2]);
  });
});
