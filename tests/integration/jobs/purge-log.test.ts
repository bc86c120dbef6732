import { randomUUID } from "node:crypto";
import { appendFile, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { systemClose } from "@/lib/db/system";
import { setEnv } from "@/lib/env";
import { logPurges, readPurges } from "@/lib/jobs/purge-log";
import { makeWorld } from "../../support/world";

const world = await makeWorld();
const { lakeview } = world;
const folder = await mkdtemp(join(tmpdir(), "baton-purge-log-"));
afterAll(async () => {
  setEnv({ PURGE_LOG_FILE: "" });
  await systemClose();
  await rm(folder, { recursive: true, force: true });
});
const file = join(folder, "purges");
setEnv({ PURGE_LOG_FILE: file });
let count = 0;
/** A certificate of so many minutes ago; gives its number. */
async function certificate(minutesAgo: number): Promise<string> {
  const number = `P-2026-${String(++count).padStart(6, "0")}`;
  await world.sql(
    "insert into purge_certificate (district_id, number, student_id, purged_at, purged_by_name, reason, items) values ($1, $2, $3, now() - make_interval(mins => $4), 'Somebody', 'x', $5)",
    [lakeview.id, number, lakeview.students[0]?.id, minutesAgo, JSON.stringify([{ documentId: randomUUID() }])],
  );
  return number;
}
const read = async (path: string) => {
  const { purges, cutOff } = await readPurges(path);
  return { numbers: purges.map((purge) => purge.number), cutOff };
};
const lines = async () => (await readFile(file)).filter((byte) => byte === 10).length;
const logged = async () => (await read(file)).numbers;

describe("succeeds", () => {
  test("each certificate once, the oldest first; also one that shows up after a later one, and what lies years back at the first time", async () => {
    expect(await logPurges()).toBe(0);
    const [old, recent] = [await certificate(3 * 365 * 24 * 60), await certificate(5)];
    expect(await logPurges()).toBe(2);
    expect(await logPurges()).toBe(0);
    const late = await certificate(60);
    expect(await logPurges()).toBe(1);
    expect(await logPurges()).toBe(0);
    expect(await logged()).toEqual([old, recent, late]);
  });

  test("what another worker wrote isn't written again; a log that was put in another's place is read anew", async () => {
    const [mine, theirs] = [await certificate(3), await certificate(2)];
    const before = await readFile(file, "utf8");
    expect(await logPurges()).toBe(2);
    const whole = await readFile(file, "utf8");
    // As if the second of them had come from elsewhere, after this process had read the first.
    await certificate(1);
    const [row] = await world.sql<{ line: string }>(
      "select row_to_json(c)::text line from purge_certificate c order by purged_at desc limit 1",
    );
    await appendFile(file, `${row?.line}\n`);
    expect(await logPurges()).toBe(0);

    await rm(file);
    await writeFile(file, before);
    expect(await logPurges()).toBe(3);
    expect((await logged()).slice(-3, -1)).toEqual([mine, theirs]);
    expect(await readFile(file, "utf8")).toBe(`${whole}${row?.line}\n`);
  });
});

describe("wrong state", () => {
  test.each([
    ["cut off", '{"district_id":'],
    ["cut off in the middle of a letter", Buffer.from([123, 34, 0xc3])],
    ["of zeros", Buffer.alloc(300)],
    ["damaged, though it ends", '{"district_id":\0\0\n'],
    ["damaged, and the one before as well", '{"district_id":\n{"kind"\n{'],
  ])(
    "a last line that is %s is left out and said; what is purged next is written after it, and read",
    async (_, end) => {
      const [before, whole] = [await logged(), await lines()];
      await appendFile(file, end);
      expect(await read(file)).toEqual({ numbers: before, cutOff: whole + 1 });
      expect(await logPurges()).toBe(0);
      const next = await certificate(1);
      expect(await logPurges()).toBe(1);
      expect(await logPurges()).toBe(0);
      expect(await read(file)).toEqual({ numbers: [...before, next], cutOff: null });
      const more = await certificate(1);
      expect(await logPurges()).toBe(1);
      expect(await read(file)).toEqual({ numbers: [...before, next, more], cutOff: null });
    },
  );

  test("a last line that lacks its end alone is read, and written again but counted once", async () => {
    const last = await certificate(1);
    expect(await logPurges()).toBe(1);
    const whole = await readFile(file);
    await rm(file);
    await writeFile(file, whole.subarray(0, -1));
    const numbers = await logged();
    expect(numbers.at(-1)).toBe(last);
    expect(await read(file)).toEqual({ numbers, cutOff: null });
    await logPurges();
    expect(await read(file)).toEqual({ numbers, cutOff: null });
  });

  test("the purge of a line that was cut off is written anew", async () => {
    const before = await readFile(file, "utf8");
    const last = await certificate(1);
    expect(await logPurges()).toBe(1);
    const line = (await readFile(file, "utf8")).slice(before.length);
    // As a worker that starts after the lights went out finds it.
    await rm(file);
    await writeFile(file, before + line.slice(0, 100));
    expect((await logged()).includes(last)).toBe(false);
    expect(await logPurges()).toBe(1);
    expect((await logged()).at(-1)).toBe(last);
  });
});

describe("bad input", () => {
  test("a line that can't be read is said, not passed over; without a file there are none", async () => {
    const broken = join(folder, "broken");
    const [first = ""] = (await readFile(file, "utf8")).split("\n");
    await writeFile(broken, `${first}\nnothing\n${first}\n`);
    await expect(readPurges(broken)).rejects.toThrow(`line 2 of ${broken} can't be read`);
    expect(await read(join(folder, "none"))).toEqual({ numbers: [], cutOff: null });
  });
});
