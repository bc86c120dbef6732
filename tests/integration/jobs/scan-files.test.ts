import { rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test, vi } from "vitest";
import { setEnv } from "@/lib/env";
import { scanFiles } from "@/lib/jobs/scan-files";
import { eicar, startClamd } from "../../support/clamd";
import { putDocument, quarantine } from "../../support/documents";
import { ownScanner } from "../../support/scanner";
import { storageFolder } from "../../support/storage-folder";
import { addCase, attach, makeWorld, textFile } from "../../support/world";

const world = await makeWorld();
const scanner = await ownScanner();
const { lakeview, riverbend } = world;
const virus = { name: "plan.txt", bytes: Buffer.from(`x${eicar}`) };
const states = async () => {
  const rows = await world.sql<{ scan: string; n: number }>(
    "select scan, count(*)::int n from stored_file group by 1 order by 1",
  );
  return Object.fromEntries(rows.map((row) => [row.scan, row.n]));
};

describe("succeeds", () => {
  test("scans every district's files, oldest first, and leaves rosters alone", async () => {
    const [here, there] = [await addCase(world, lakeview), await addCase(world, riverbend)];
    for (let n = 0; n < 120; n++) await attach(world, lakeview, here.id, textFile("plan.txt", 10));
    await attach(world, riverbend, there.id, virus);
    await world.sql(
      "insert into stored_file (district_id, storage_key, key_wrapped, size, sha256, media_type) values ($1, 'zip', '', 1, $2, 'application/zip')",
      [lakeview.id, Buffer.alloc(32)],
    );
    expect(await scanFiles()).toBe(121);
    expect(await states()).toEqual({ clean: 120, infected: 1, none: 1 });
    expect(await scanFiles()).toBe(0);
  });

  test("finds a virus in what was reported as another student's, too", async () => {
    const one = await putDocument(world, lakeview, { bytes: virus.bytes });
    await quarantine(world, one.id);
    expect(await scanFiles()).toBe(1);
    expect(await world.sql("select action from audit where subject_id = $1", [one.id])).toEqual([
      { action: "document.infected" },
    ]);
  });
});

describe("wrong state", () => {
  test("without a scanner, or with one that's down, nothing is said to be clean", async () => {
    await addCase(world, lakeview, { files: [textFile()] });
    const before = await states();
    scanner.off();
    expect(await scanFiles()).toBe(0);
    scanner.on();
    await scanner.down();
    expect(await scanFiles()).toBe(0);
    expect(await states()).toEqual(before);
    await scanner.back();
    expect(await scanFiles()).toBe(1);
  });
});

describe("bad input", () => {
  test("what clamd won't look at, is damaged or gone, says so, holds up nobody, and is tried again later", async () => {
    const small = await startClamd({ limit: 5_000 });
    setEnv({ CLAMD_URL: small.url });
    const { id } = await addCase(world, lakeview);
    const large = await attach(world, lakeview, id, textFile("large.txt", 300_000));
    const damaged = await attach(world, lakeview, id, textFile());
    await writeFile(join(storageFolder(), damaged), "other bytes");
    const gone = await attach(world, lakeview, id, textFile());
    await rm(join(storageFolder(), gone));
    const good = await attach(world, lakeview, id, textFile());
    expect(await scanFiles()).toBe(1);
    const scanOf = async (key: string) =>
      (await world.sql<{ scan: string }>("select scan from stored_file where storage_key = $1", [key]))[0]?.scan;
    expect(await Promise.all([large, damaged, gone, good].map(scanOf))).toEqual([
      "failed",
      "failed",
      "failed",
      "clean",
    ]);
    const late = await attach(world, lakeview, id, textFile());
    expect(await scanFiles()).toBe(1);
    expect(await scanOf(late)).toBe("clean");
    await small.stop();
    // The scanner takes larger ones now; to the worker it's a quarter of an hour later.
    scanner.on();
    expect(await scanFiles()).toBe(0);
    vi.spyOn(Date, "now").mockReturnValue(Date.now() + 16 * 60_000);
    expect(await scanFiles().finally(() => vi.restoreAllMocks())).toBe(1);
    expect(await Promise.all([large, damaged].map(scanOf))).toEqual(["clean", "failed"]);
  });
});

describe("two at once", () => {
  test("two workers scan the same files: one verdict each, one audit entry", async () => {
    const { id } = await addCase(world, riverbend);
    await attach(world, riverbend, id, virus);
    await Promise.all([scanFiles(), scanFiles()]);
    const entries = await world.sql(
      "select 1 from audit u join attachment a on a.id = u.subject_id where a.case_id = $1 and u.action = 'attachment.infected'",
      [id],
    );
    expect(entries).toHaveLength(1);
  });
});
