import { existsSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeEach, describe, expect, test, vi } from "vitest";
import { run } from "@/lib/run/commands/directory-import";
import { asOwner, makeTenant } from "../../support/make-tenant";

const folder = await mkdtemp(join(tmpdir(), "baton-directory-"));
afterAll(() => rm(folder, { recursive: true, force: true }));

const said: string[] = [];
beforeEach(() => {
  said.length = 0;
  vi.spyOn(console, "log").mockImplementation((line) => void said.push(String(line)));
});

async function load(text: string): Promise<string> {
  said.length = 0;
  const file = join(folder, "lea.csv");
  await writeFile(file, text);
  await run([file]);
  return said.join("\n");
}
const rowOf = async (ncesId: string) =>
  (await asOwner("select name, state, city, domain, slug from district where nces_id = $1", [ncesId]))[0];
const leas = "../shared/data/nces-lea-2023-24.csv";

describe("succeeds", () => {
  test("loads, and once more changes nothing", async () => {
    const text = "LEAID,LEA_NAME,ST\n0100005,Albertville City,AL\n0600001,Acton-Agua Dulce,CA\n";
    expect(await load(text)).toMatch(/2 districts .*: 2 new, 0 changed, 0 as before/);
    expect(await load(text)).toMatch(/0 new, 0 changed, 2 as before/);
    expect(await load(text.replace("Albertville City", "Albertville"))).toMatch(/0 new, 1 changed, 1 as before/);
    expect(await rowOf("0100005")).toMatchObject({ name: "Albertville", state: "AL", slug: null });
  });

  test("a city that only an earlier file knew stays", async () => {
    await load("LEAID,LEA_NAME,ST,LCITY\n0200001,Lower Kuskokwim,AK,Bethel\n");
    await load("LEAID,LEA_NAME,ST\n0200001,Lower Kuskokwim SD,AK\n");
    expect(await rowOf("0200001")).toMatchObject({ name: "Lower Kuskokwim SD", city: "Bethel" });
  });

  test.skipIf(!existsSync(leas))("all agencies of the country in a few seconds, leading zeros kept", async () => {
    const started = performance.now();
    await run([leas]);
    expect(performance.now() - started).toBeLessThan(15_000);
    const [row] = await asOwner(
      "select count(*)::int n, count(*) filter (where nces_id like '0%')::int zero from district where slug is null",
    );
    expect(row).toMatchObject({ zero: 3053 });
  });
});

describe("wrong permission", () => {
  test("the app's own login can't write the directory", async () => {
    const { admin } = await makeTenant();
    await expect(
      admin.doors.district(
        (tx) => tx.$executeRaw`insert into district (nces_id, name, state) values ('0000001', 'Sneaked in', 'TX')`,
      ),
    ).rejects.toThrow();
  });
});

describe("other district", () => {
  test("a tenant's row is never touched, and nothing is deleted", async () => {
    const tenant = await makeTenant({ name: "Lakeview ISD" });
    await load("LEAID,LEA_NAME,ST\n0300001,First,AZ\n");
    const answer = await load(`LEAID,LEA_NAME,ST\n${tenant.ncesId},Somebody else,CA\n0300002,Second,AZ\n`);
    expect(answer).toContain("on Baton: 1 district");
    expect(await rowOf(tenant.ncesId)).toMatchObject({ name: "Lakeview ISD", state: "TX", slug: tenant.slug });
    expect(await rowOf("0300001")).toBeDefined();
  });
});

describe("bad input", () => {
  test("bad rows are named by line, twenty at most, and the good ones loaded", async () => {
    const bad = Array.from({ length: 25 }, (_, i) => `x${i},Bad,AL`);
    const answer = await load(["LEAID,LEA_NAME,ST", ...bad, "100007,Good,AL"].join("\r\n"));
    expect(answer).toContain("25 rows couldn't be used");
    expect(answer).toContain(`  line 2: the LEAID "x0" isn't 7 digits`);
    expect(answer).toContain("… and 5 more");
    expect(answer).toContain("Leading zero restored in 1 LEAID");
    expect(await rowOf("0100007")).toMatchObject({ name: "Good" });
  });

  test.each([
    ["no table", "nothing", "Nothing was imported"],
    ["no good row", "LEAID,LEA_NAME,ST\n1,A,AL\n", "no row of"],
  ])("%s ends with a problem", async (_what, text, why) => {
    await expect(load(text)).rejects.toThrow(why);
  });

  test("no such file, a folder, no file named", async () => {
    await expect(run([join(folder, "gone.csv")])).rejects.toThrow("there is no such file");
    await expect(run([folder])).rejects.toThrow("it's a folder");
    await expect(run([])).rejects.toThrow("Name one file");
  });
});

describe("two at once", () => {
  test("two imports of the same file leave one directory", async () => {
    const file = join(folder, "twice.csv");
    await writeFile(
      file,
      `LEAID,LEA_NAME,ST\n${Array.from({ length: 500 }, (_, i) => `${4_000_000 + i},Twice ${i},IA`).join("\n")}`,
    );
    await Promise.all([run([file]), run([file])]);
    expect(await asOwner("select from district where name like 'Twice %'")).toHaveLength(500);
  });
});
