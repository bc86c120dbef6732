import { describe, expect, test } from "vitest";
import { figure } from "../../support/figures";
import type { TestDistrict } from "../../support/world";
import { connectAsApp } from "./as-app";
import { makeFullWorld } from "./full-world";
import { ownTables, sharedTables, tenantTables } from "./tables";

const { sql, lakeview, riverbend, maple } = await makeFullWorld();
const tenant = await tenantTables(sql);
const denied = "42501";

const app = connectAsApp();
const asApp = (district: Pick<TestDistrict, "id"> | null, text: string, values: unknown[] = []) =>
  app(district && { district: district.id }, [text, values]);

/** What the app reads without a district, or with an empty one: nothing. */
async function readWithoutDistrict(what: "tables" | "searches", text: string): Promise<void> {
  const seen = [...(await asApp(null, text)).rows, ...(await asApp({ id: "" }, text)).rows];
  figure(4, { seen: seen.length }, { [what]: 1 });
  expect([text, seen]).toEqual([text, []]);
}

/** What a district doesn't see of its own, unless a verb says so. */
const hidden: Record<string, string> = { document: "quarantined_at is not null" };

describe.each(tenant)("%s", (name) => {
  const table = `"${name}"`;

  test("has rows of two districts to try it on", async () => {
    const rows = await sql<{ district_id: string }>(`select distinct district_id from ${table}`);
    const ids = rows.map((row) => row.district_id);
    expect({ name, here: ids.includes(lakeview.id), there: ids.includes(riverbend.id) }).toEqual({
      name,
      here: true,
      there: true,
    });
  });

  test("shows a district its own rows, and none without one", async () => {
    const [own] = await sql<{ n: number }>(
      `select count(*)::int n from ${table} where district_id = $1 and not (${hidden[name] ?? "false"})`,
      [lakeview.id],
    );
    const seen = await asApp(lakeview, `select district_id from ${table}`);
    expect([seen.rows.length, seen.rows.every((row) => row.district_id === lakeview.id)]).toEqual([own?.n, true]);
    await readWithoutDistrict("tables", `select from ${table}`);
  });

  test("lets nobody change or delete another district's rows", async () => {
    const change = await asApp(lakeview, `update ${table} set district_id = district_id where district_id = $1`, [
      riverbend.id,
    ]);
    const removal = await asApp(lakeview, `delete from ${table} where district_id = $1`, [riverbend.id]);
    for (const tried of [change, removal])
      expect([
        { count: 0, code: null },
        { count: null, code: denied },
      ]).toContainEqual({ count: tried.count, code: tried.code });
    const everything = await asApp(null, `delete from ${table}`);
    expect([
      { count: 0, code: null },
      { count: null, code: denied },
    ]).toContainEqual({ count: everything.count, code: everything.code });
  });

  test("lets nobody put a row into another district, or move one there", async () => {
    const columns = await sql<{ name: string }>(
      "select attname::text name from pg_attribute where attrelid = ('public.' || quote_ident($1))::regclass and attnum > 0 and not attisdropped and attgenerated = ''",
      [name],
    );
    const list = columns.map((column) => `"${column.name}"`).join(", ");
    const [theirs] = await sql<{ row: unknown }>(
      `select to_jsonb(t) as row from ${table} t where district_id = $1 limit 1`,
      [riverbend.id],
    );
    const insert = await asApp(
      lakeview,
      `insert into ${table} (${list}) select ${list} from jsonb_populate_record(null::${table}, $1)`,
      [JSON.stringify(theirs?.row)],
    );
    expect(insert.code).toBe(denied);
    const [own] = await sql<{ at: string }>(
      `select ctid::text at from ${table} where district_id = $1 and not (${hidden[name] ?? "false"}) limit 1`,
      [lakeview.id],
    );
    const move = await asApp(lakeview, `update ${table} set district_id = $1 where ctid = $2::tid`, [
      riverbend.id,
      own?.at,
    ]);
    expect(["BT001", denied]).toContain(move.code);
  });
});

describe("shared tables", () => {
  /** What a district that takes part in nothing may see all the same. */
  const open: Record<string, string> = { district: "the directory", transfer_rule: "the state table" };
  const names = Object.keys(sharedTables).filter((name) => !ownTables.includes(name));

  test.each(names)("%s shows nothing to a district that takes no part, and nothing without one", async (name) => {
    const [all] = await sql<{ n: number }>(`select count(*)::int n from "${name}"`);
    expect({ name, empty: all?.n === 0 }).toEqual({ name, empty: false });
    await readWithoutDistrict("tables", `select from "${name}"`);
    if (!(name in open)) expect((await asApp(maple, `select from "${name}"`)).rows).toEqual([]);
  });

  test.each(names)("%s can't be written by a district", async (name) => {
    for (const district of [lakeview, riverbend, maple]) {
      const [some] = await sql<{ row: unknown }>(`select to_jsonb(t) as row from "${name}" t limit 1`);
      const columns = Object.keys(some?.row as object).filter((column) => column !== "search");
      const list = columns.map((column) => `"${column}"`).join(", ");
      const insert = await asApp(
        district,
        `insert into "${name}" (${list}) select ${list} from jsonb_populate_record(null::"${name}", $1)`,
        [JSON.stringify(some?.row)],
      );
      expect(insert.code).toBe(denied);
      for (const text of [`update "${name}" set "${columns[0]}" = "${columns[0]}"`, `delete from "${name}"`]) {
        const tried = await asApp(district, text);
        expect([
          { count: 0, code: null },
          { count: null, code: denied },
        ]).toContainEqual({ count: tried.count, code: tried.code });
      }
    }
  });

  test("of the directory a district changes its own row's switches alone", async () => {
    const change = (column: string) => asApp(lakeview, `update district set ${column} = ${column}`);
    expect((await change("case_transfers_on")).count).toBe(1);
    for (const column of ["name", "slug", "nces_id", "state"]) expect((await change(column)).code).toBe(denied);
  });
});

test("the searches find nothing of another district, and nothing without one", async () => {
  const searches = [
    "select id from search_students('torres cole', 50) id",
    "select unnest(ids) from search_cases('', null, null, null, null, null, 'updated', true, 50, 0, 50)",
    "select * from close_case_words('middel', 5)",
    "select unnest(ids) from search_students_page('', null, null, null, null, null, null, true, true, 'name', false, 50, 0, 50)",
    "select unnest(ids) from search_students_page('', null, null, null, 'documents', null, null, true, true, 'name', false, 50, 0, 50)",
    "select * from list_grades()",
  ];
  for (const text of searches) {
    await readWithoutDistrict("searches", text);
    const own = await sql<{ id: string }>(
      'select id from "case" where district_id = $1 union all select id from student where district_id = $1',
      [lakeview.id],
    );
    const found = (await asApp(lakeview, text)).rows
      .flatMap((row) => Object.values(row).map(String))
      .filter((value) => /^[0-9a-f-]{36}$/.test(value));
    expect(found.filter((id) => !own.some((one) => one.id === id))).toEqual([]);
  }
  await readWithoutDistrict("searches", "select * from search_directory('', 'cases', 50)");
  await readWithoutDistrict("searches", `select * from district_contacts(array['${riverbend.id}'::uuid])`);
});
