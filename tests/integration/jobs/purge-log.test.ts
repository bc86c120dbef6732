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
const logged = async () => (await readPurges(file)).map((purge) => purge.number);

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
  test("a last line that was cut off is left out", async () => {
    const before = await logged();
    const cut = join(folder, "cut");
    await writeFile(cut, `${await readFile(file, "utf8")}{"district_id":`);
    expect((await readPurges(cut)).map((purge) => purge.number)).toEqual(before);
  });
});

describe("bad input", () => {
  test("a line that can't be read is said, not passed over; without a file there are none", async () => {
    const broken = join(folder, "broken");
    await writeFile(broken, "nothing\n");
    await expect(readPurges(broken)).rejects.toThrow();
    expect(await readPurges(join(folder, "none"))).toEqual([]);
  });
});
