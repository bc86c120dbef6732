import pg from "pg";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { testDatabase } from "../../support/database";
import { figure } from "../../support/figures";
import type { World } from "../../support/world";
import { rules } from "./catalog";
import { tenantTables } from "./tables";

const owner = new pg.Client({ connectionString: testDatabase().superuserUrl });
const sql: World["sql"] = async (text, values = []) => (await owner.query(text, values)).rows;
beforeAll(() => owner.connect());
afterAll(() => owner.end());

/** Faults, planted in a transaction that is rolled back, and the rule that has to find them. */
const plants: [rule: string, fault: string][] = [
  ["tablesAreKnown", "create table planted (id uuid primary key)"],
  ["tablesAreKnown", "create view planted as select * from note"],
  ["tablesAreKnown", "create materialized view planted as select * from note"],
  ["fenceIsForced", "alter table note disable row level security"],
  ["fenceIsForced", 'alter table "case" no force row level security'],
  ["fenceIsForced", "alter table transfer_key no force row level security"],
  ["policiesFence", "drop policy tenant on student"],
  ["policiesFence", "alter policy tenant on note using (true)"],
  ["policiesFence", "alter policy tenant on note with check (true)"],
  ["policiesFence", "create policy leak on attachment for select to baton_runtime using (true)"],
  ["policiesFence", "create policy leak on attachment for select using (system_reason() is null)"],
  ["policiesFence", "alter policy jobs on mail using (true)"],
  [
    "keysBeginWithDistrict",
    "create table planted (district_id uuid not null references district, id uuid primary key)",
  ],
  ["keysBeginWithDistrict", "create unique index planted on building (name)"],
  [
    "keysStayInDistrict",
    "create unique index planted on membership (id); alter table note add foreign key (author_id) references membership (id)",
  ],
  ["keysStayInDistrict", "alter table disclosure add foreign key (transfer_id) references transfer"],
  [
    "keysStayInDistrict",
    "create unique index planted on dispatch (id); alter table transfer add foreign key (dispatch_id) references dispatch (id)",
  ],
  ["rightsAreKnown", "grant update on transfer to baton_runtime"],
  ["rightsAreKnown", "grant select on transfer_key to baton_runtime"],
  ["rightsAreKnown", "grant insert on audit to baton_runtime"],
  ["rightsAreKnown", "grant update (name) on district to baton_runtime"],
  ["rightsAreKnown", "grant select on note to public"],
  ["rightsAreKnown", "grant create on schema public to baton_runtime"],
  ["rolesAreWeak", "grant baton_exchange to baton_app"],
  ["rolesAreWeak", "alter role baton_exchange bypassrls"],
  ["rolesAreWeak", "alter table note owner to baton_runtime"],
  [
    "functionsAreCareful",
    "create function planted() returns uuid language sql security definer as 'select current_district()'",
  ],
  [
    "functionsAreCareful",
    "create function planted() returns bigint language sql security definer set search_path = public, pg_temp as 'select count(*) from note'; alter function planted owner to baton_search",
  ],
  ["functionsAreCareful", "alter function search_cases reset search_path"],
  ["functionsAreCareful", "grant execute on function exchange_apply to baton_runtime"],
  ["functionsAreCareful", "grant execute on function audit_append to public"],
  ["triggersAreOn", "alter table audit disable trigger append_only"],
  ["triggersAreOn", "drop trigger refuse_transition on transfer"],
];

test("there are tenant tables to look at", async () => {
  const tables = await tenantTables(sql);
  figure(2, {}, { tables: tables.length });
  expect(tables.length).toBeGreaterThanOrEqual(24);
});

describe.each(Object.entries(rules))("%s", (name, rule) => {
  test("holds", async () => {
    const found = await rule(sql);
    figure(2, { lacking: found.length }, { rules: 1 });
    expect(found).toEqual([]);
  });

  test.each(plants.filter(([planted]) => planted === name))("%s finds: %s", async (_, fault) => {
    await owner.query("begin");
    try {
      await owner.query(fault);
      const found = await rule(sql);
      figure(3, { caught: { found: found.length > 0 ? 1 : 0, of: 1 } }, { "in the database": 1 });
      expect(found).not.toEqual([]);
    } finally {
      await owner.query("rollback");
    }
  });
});
