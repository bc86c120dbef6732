import { describe, expect, test } from "vitest";
import { makeWorld } from "../../support/world";
import { ownTables, sharedTables, tenantTables } from "./tables";

const { sql } = await makeWorld();
const tables = await sql<{ name: string; columns: string[] }>(
  `select c.relname name, array_agg(a.attname::text order by a.attnum) columns from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
   where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p', 'm', 'f', 'v') group by 1 order by 1`,
);
const tenant = await tenantTables(sql);

/** Policies of the runtime role besides the tenant's own, and why. */
const otherPolicies: Record<string, string> = {
  "membership.sign_in ALL": "signing in looks for a person's districts before standing in one",
  "invitation.sign_in ALL": "whoever follows the link of an invitation isn't signed in",
  "district_settings.sign_in SELECT": "a session knows the time zone of each of its person's districts",
  "mail.jobs SELECT": "the worker looks for mails left behind in any district",
  "stored_file.jobs SELECT": "the sweeper asks which objects are still named",
  "dispatch.jobs_find SELECT": "the worker looks for drafts that were never sent",
  "dispatch.jobs_forget DELETE": "and forgets them",
};
/** Unique keys of tenant tables that don't begin with the district, and why. */
const globalKeys: Record<string, string> = { "invitation (token_hash)": "32 random bytes: their being taken tells nothing" };
/** Foreign keys of tenant tables to shared ones; the district itself aside. */
const toShared: Record<string, string> = {
  "membership (user_id) → app_user": "a person's one login for several districts",
  "transfer_case (transfer_id) → transfer": "shared row; the functions alone write it",
  "intake (transfer_id) → transfer": "shared row; only an unlocked transfer to the own district is read through it",
};

test("every table is either a district's own or named as shared, with its reason", () => {
  const shared = tables.filter((table) => !tenant.includes(table.name)).map((table) => table.name);
  expect(shared.sort()).toEqual(Object.keys(sharedTables).sort());
  expect(tenant.length).toBeGreaterThanOrEqual(24);
});

test("forced row-level security on every table, the migrations' own aside", async () => {
  const open = await sql<{ name: string }>(
    "select relname::text name from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p') and not (relrowsecurity and relforcerowsecurity)",
  );
  expect(open.map((row) => row.name)).toEqual(ownTables);
});

describe.each(tenant)("%s", (name) => {
  test("is fenced to the district that the transaction stands in, for reading and for writing", async () => {
    const policies = await sql<{ policyname: string; cmd: string; qual: string; with_check: string; permissive: string }>(
      "select policyname, cmd, qual, with_check, permissive from pg_policies where schemaname = 'public' and tablename = $1 and roles && '{baton_runtime,public}'",
      [name],
    );
    const fence = "(district_id = ( SELECT current_district() AS current_district))";
    expect(policies.filter((policy) => policy.policyname === "tenant")).toEqual([{ policyname: "tenant", cmd: "ALL", permissive: "PERMISSIVE", qual: fence, with_check: fence }]);
    for (const policy of policies.filter((one) => one.policyname !== "tenant")) {
      expect(otherPolicies).toHaveProperty([`${name}.${policy.policyname} ${policy.cmd}`]);
      expect(policy.qual).toContain("system_reason()");
    }
  });

  test("has the district first in its key, every unique key, and in an index", async () => {
    const indexes = await sql<{ first: string; columns: string; unique: boolean; primary: boolean }>(
      `select a.attname::text first, (select string_agg(x.attname, ', ' order by k.n) from unnest(i.indkey) with ordinality k(c, n) join pg_attribute x on x.attrelid = i.indrelid and x.attnum = k.c) columns,
         i.indisunique "unique", i.indisprimary "primary" from pg_index i join pg_attribute a on a.attrelid = i.indrelid and a.attnum = i.indkey[0]
       where i.indrelid = ('public.' || quote_ident($1))::regclass`,
      [name],
    );
    expect(indexes.filter((index) => index.primary).map((index) => index.first)).toEqual(["district_id"]);
    const global = indexes.filter((index) => index.unique && index.first !== "district_id").map((index) => `${name} (${index.columns})`);
    expect(global.filter((key) => !(key in globalKeys))).toEqual([]);
    const nullable = await sql("select from pg_attribute where attrelid = ('public.' || quote_ident($1))::regclass and attname = 'district_id' and not attnotnull", [name]);
    expect(nullable).toEqual([]);
  });

  test("points into its own district only", async () => {
    for (const key of await foreignKeys(name)) {
      const label = `${name} (${key.columns.join(", ")}) → ${key.target}`;
      if (tenant.includes(key.target)) expect({ label, at: key.columns.indexOf("district_id") }).toEqual({ label, at: key.targets.indexOf("district_id") });
      else if (key.target !== "district") expect(toShared).toHaveProperty([label]);
    }
  });
});

test("a shared row that points into a district names that district in the same key", async () => {
  const keys = (await Promise.all(Object.keys(sharedTables).map((name) => foreignKeys(name)))).flat().filter((key) => tenant.includes(key.target));
  expect(keys.length).toBeGreaterThan(0);
  for (const key of keys) expect(key.columns[key.targets.indexOf("district_id")]).toMatch(/district_id$/);
});

test("no exception is named that isn't there any more", async () => {
  const found = new Set<string>();
  for (const row of await sql<{ k: string }>("select tablename || '.' || policyname || ' ' || cmd k from pg_policies where roles && '{baton_runtime}'")) found.add(row.k);
  for (const name of tenant) for (const key of await foreignKeys(name)) found.add(`${name} (${key.columns.join(", ")}) → ${key.target}`);
  const known = [...Object.keys(otherPolicies), ...Object.keys(toShared)];
  expect(known.filter((one) => !found.has(one))).toEqual([]);
});

async function foreignKeys(name: string): Promise<{ columns: string[]; target: string; targets: string[] }[]> {
  const names = (key: string, relation: string) =>
    `array(select a.attname::text from unnest(k.${key}) with ordinality u(c, n) join pg_attribute a on a.attrelid = k.${relation} and a.attnum = u.c order by n)`;
  return sql(
    `select ${names("conkey", "conrelid")} columns, t.relname::text target, ${names("confkey", "confrelid")} targets
     from pg_constraint k join pg_class t on t.oid = k.confrelid where k.contype = 'f' and k.conrelid = to_regclass('public.' || quote_ident($1))`,
    [name],
  );
}
