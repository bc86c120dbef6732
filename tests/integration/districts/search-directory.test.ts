import { describe, expect, test } from "vitest";
import { type DirectoryUse, findDirectoryEntry, searchDirectory } from "@/lib/districts/search-directory";
import { states } from "@/lib/districts/states";
import { asOwner, type Member, makeMember, makeTenant } from "../../support/make-tenant";

const search = (by: Member, words: string, what: DirectoryUse = "cases") =>
  by.doors.district((tx) => searchDirectory(tx, by.actor, { words, what }));
const names = async (by: Member, q: string) => (await search(by, q)).map((one) => one.name);
const list = (ncesId: string, name: string, state: string, city: string | null = null, domain: string | null = null) =>
  asOwner("insert into district (nces_id, name, state, city, domain) values ($1, $2, $3, $4, $5)", [
    ncesId,
    name,
    state,
    city,
    domain,
  ]);

describe("succeeds", () => {
  test("the able ones first, then those that are off, then those that aren't on Baton; each says why", async () => {
    const here = await makeTenant({ name: "Here" });
    await list("0000011", "Aaa Willow", "OH", "Dayton");
    await makeTenant({ name: "Bbb Willow", state: "CA", switchOn: false });
    await makeTenant({ name: "Ccc Willow", state: "IA" });
    const found = await search(here.admin, "willow");
    expect(found.map(({ name, able, why, stateName }) => ({ name, able, why, stateName }))).toEqual([
      { name: "Ccc Willow", able: true, why: null, stateName: "Iowa" },
      { name: "Bbb Willow", able: false, why: "switched-off", stateName: "California" },
      { name: "Aaa Willow", able: false, why: "not-on-baton", stateName: "Ohio" },
    ]);
    expect(found[2]).toMatchObject({ city: "Dayton", ncesId: "0000011", contact: null });
  });

  test("what counts is the switch of what it's for; who has disabled documents can still be asked", async () => {
    const here = await makeTenant({ name: "Here" });
    const off = await makeTenant({ name: "Aaa Alder" });
    await makeTenant({ name: "Bbb Alder", switchOn: false });
    await asOwner("update district set documents_off = true where id = $1", [off.districtId]);
    await list("0000012", "Aaa Alder", "OH");
    const found = async (what: DirectoryUse) =>
      (await search(here.admin, "alder", what)).map(({ name, able, why }) => [name, able, why]);
    expect(await found("cases")).toEqual([
      ["Aaa Alder", true, null],
      ["Bbb Alder", false, "switched-off"],
      ["Aaa Alder", false, "not-on-baton"],
    ]);
    expect(await found("documents")).toEqual([
      ["Bbb Alder", true, null],
      ["Aaa Alder", false, "switched-off"],
      ["Aaa Alder", false, "not-on-baton"],
    ]);
    expect(await found("request")).toEqual([
      ["Bbb Alder", true, null],
      ["Aaa Alder", true, "switched-off"],
      ["Aaa Alder", false, "not-on-baton"],
    ]);
    for (const what of ["cases", "documents", "request"] as const)
      for (const one of await search(here.admin, "alder", what))
        expect(
          await here.admin.doors.district((tx) => findDirectoryEntry(tx, here.admin.actor, { id: one.id, what })),
        ).toEqual(one);
  });

  test("by name in any order, capitals, accents, apostrophes; by city, state, NCES ID, domain", async () => {
    const { admin } = await makeTenant();
    await list("0000021", "Peñasco O’Hara Independent", "NM", "Taos", "penasco.example");
    for (const q of [
      "penasco",
      "PEÑASCO ind",
      "ohara",
      "independent peñ",
      "taos",
      "nm penasco",
      "New Mexico",
      "penasco, new mexico",
      "0000021",
      "penasco.example",
      "o'hara",
    ]) {
      expect(await names(admin, q), q).toEqual(["Peñasco O’Hara Independent"]);
    }
    expect(await names(admin, "penasco ohio")).toEqual([]);
  });

  test("the database knows the states by the names that the screen has", async () => {
    const rows = await asOwner<{ code: string; name: string }>(
      "select code, state_name(code) as name from unnest($1::text[]) code",
      [Object.keys(states)],
    );
    expect(Object.fromEntries(rows.map(({ code, name }) => [code, name]))).toEqual(states);
  });

  test("a contact where it's published, and only there", async () => {
    const { admin } = await makeTenant();
    const [shown, hidden] = [await makeTenant({ name: "Contact Shown" }), await makeTenant({ name: "Contact Hidden" })];
    for (const { districtId } of [shown, hidden]) {
      await asOwner(
        "update district_settings set coordinator_name = 'Cora Dean', coordinator_phone = '555-0100', coordinator_shown = $2 where district_id = $1",
        [districtId, districtId === shown.districtId],
      );
    }
    expect((await search(admin, "contact")).map(({ name, contact }) => [name, contact])).toEqual([
      ["Contact Hidden", null],
      ["Contact Shown", { name: "Cora Dean", title: null, email: null, phone: "555-0100" }],
    ]);
  });
});

describe("wrong permission", () => {
  test("the directory is every member's", async () => {
    const tenant = await makeTenant();
    const staff = await makeMember(tenant);
    await makeTenant({ name: "Everybody Sees" });
    expect(await names(staff, "everybody sees")).toEqual(["Everybody Sees"]);
  });
});

describe("other district", () => {
  test("one's own isn't in it", async () => {
    const [here, there] = [await makeTenant({ name: "Twin Lakes" }), await makeTenant({ name: "Twin Lakes" })];
    expect((await search(here.admin, "twin lakes")).map((one) => one.id)).toEqual([there.districtId]);
  });
});

describe("bad input", () => {
  test.each(["%", "_", "' or true --", "\\", "%%%", "🏫", "x".repeat(5000)])(
    "%j finds nothing by accident and breaks nothing",
    async (q) => {
      const { admin } = await makeTenant();
      expect((await search(admin, `${q} zzzznothing`)).length).toBe(0);
      await search(admin, q);
    },
  );

  test("nothing typed gives the first twenty", async () => {
    const { admin } = await makeTenant();
    for (let n = 0; n < 25; n++) await list(`00005${n + 10}`, `Many ${n}`, "OH");
    expect((await search(admin, "")).length).toBe(20);
  });
});
