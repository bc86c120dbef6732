import { describe, expect, test } from "vitest";
import { systemSignIn } from "@/lib/db/system";
import { createDistrict, readOptions } from "@/lib/run/commands/district-create";
import { acceptInvitation } from "@/lib/users/accept-invitation";
import { findSession } from "@/lib/users/session";
import { asOwner, makeTenant } from "../../support/make-tenant";
import { sessionOf } from "../../support/session-of";

let next = 0;
const words = (over: Record<string, string> = {}) =>
  Object.entries({
    name: `New District ${++next}`,
    state: "tx",
    nces: String(7_700_000 + next),
    admin: `Admin${next}@new.example`,
    "admin-name": "Ada Min",
    ...over,
  }).flatMap(([name, value]) => [`--${name}`, value]);
const create = (over: Record<string, string> = {}) => createDistrict(readOptions(words(over)));

describe("succeeds", () => {
  test("a district with its first admin, who takes their place by the printed address", async () => {
    const created = await create({
      name: "Maple Grove Schools",
      city: "Maple Grove",
      domain: "maple.example",
      "time-zone": "America/New_York",
    });
    expect(created.slug).toBe("maple-grove-schools");
    expect(
      await asOwner("select name, state, city, domain, case_transfers_on, documents_off from district where id = $1", [
        created.districtId,
      ]),
    ).toEqual([
      {
        name: "Maple Grove Schools",
        state: "TX",
        city: "Maple Grove",
        domain: "maple.example",
        case_transfers_on: false,
        documents_off: false,
      },
    ]);
    const { begun } = await acceptInvitation(systemSignIn, {
      token: created.invitationAddress.split("/").at(-1) ?? "",
      password: "seven green kettles hum",
      signedInAs: null,
      ip: null,
      agent: null,
    });
    const found = await systemSignIn((tx) => findSession(tx, sessionOf(begun)));
    expect(found?.memberships).toMatchObject([
      {
        slug: "maple-grove-schools",
        timeZone: "America/New_York",
        permissions: ["manageCases", "manageDocuments", "manageDistrict"],
      },
    ]);
    expect(
      await asOwner("select from pgboss.job where name = 'notify' and data ->> 'membershipId' = $1", [
        created.membershipId,
      ]),
    ).toHaveLength(1);
  });

  test("name, state, NCES ID, domain and the first admin's address are enough", async () => {
    const created = await createDistrict(
      readOptions([
        "--name",
        "Five Words",
        "--state",
        "TX",
        "--nces",
        "0100097",
        "--domain",
        "five.example",
        "--admin",
        "ada@five.example",
      ]),
    );
    expect(await asOwner("select name, username, email from membership where id = $1", [created.membershipId])).toEqual(
      [{ name: "ada", username: "ada", email: "ada@five.example" }],
    );
  });

  test("a district of the directory keeps its row", async () => {
    const [row] = await asOwner<{ id: string }>(
      "insert into district (nces_id, name, state, city) values ('0100099', 'Old Name', 'AL', 'Mobile') returning id",
    );
    const created = await create({ nces: "0100099", name: "New Name", state: "AL" });
    expect(created.districtId).toBe(row?.id);
    expect(await asOwner("select name, city from district where id = $1", [row?.id])).toEqual([
      { name: "New Name", city: "Mobile" },
    ]);
  });

  test("until somebody joined it can be repeated: the admin's address was wrong", async () => {
    const first = await create({ nces: "0100098", admin: "tpyo@new.example" });
    const second = await create({ nces: "0100098", slug: first.slug, admin: "typo@new.example" });
    expect(second.districtId).toBe(first.districtId);
    expect(
      await asOwner("select email from membership where district_id = $1 and disabled_at is null", [first.districtId]),
    ).toEqual([{ email: "typo@new.example" }]);
  });
});

describe("wrong state", () => {
  test("a district that is on Baton, or a slug that's taken", async () => {
    const tenant = await makeTenant();
    await expect(create({ nces: tenant.ncesId })).rejects.toThrow("on Baton already");
    await expect(create({ slug: tenant.slug })).rejects.toThrow("another district's");
    expect(await asOwner("select name from district where id = $1", [tenant.districtId])).toEqual([
      { name: tenant.name },
    ]);
  });
});

describe("bad input", () => {
  test("everything that's missing or wrong is named at once", () => {
    expect(() => readOptions([])).toThrow(
      /--name is missing[\s\S]*--state is missing[\s\S]*--nces is missing[\s\S]*--admin is missing/,
    );
    expect(() => readOptions(words({ state: "ZZ", nces: "123", admin: "nobody", "time-zone": "Mars" }))).toThrow(
      /--state isn't[\s\S]*--nces isn't[\s\S]*--time-zone isn't[\s\S]*--admin isn't/,
    );
    expect(() => readOptions(["--nome", "x"])).toThrow("--nome");
    for (const domain of [
      "",
      "lakeview",
      "https://lakeview.example",
      "lakeview.example/x",
      "a-.example",
      "a..example",
      "a@b.example",
      "10.0.0.1",
      `${"a".repeat(64)}.example`,
    ])
      expect(() => readOptions(words({ domain })), domain).toThrow("--domain isn't a web domain");
    expect(readOptions(words({ domain: " WWW.Lakeview.example " })).domain).toBe("www.lakeview.example");
    expect(() => readOptions(words({ slug: "Über uns" }))).toThrow("--slug");
  });
});

describe("two at once", () => {
  test("the same district made five times is one", async () => {
    const options = readOptions(words());
    await Promise.allSettled(Array.from({ length: 5 }, () => createDistrict(options)));
    expect(await asOwner("select from district where nces_id = $1", [options.nces])).toHaveLength(1);
    expect(await asOwner("select from membership where email = $1", [options.admin])).toHaveLength(1);
  });
});
