import { describe, expect, test } from "vitest";
import { makeWorld } from "../../support/world";
import { tenantTables } from "./tables";

const { sql } = await makeWorld();

/** What the runtime role may do where it isn't the usual: read and write its own district's rows. */
const rights: Record<string, string> = {
  _prisma_migrations: "SELECT",
  audit: "SELECT",
  audit_head: "SELECT",
  disclosure: "INSERT, SELECT",
  district: "SELECT; UPDATE of case_transfers_on, documents_off",
  doomed_object: "DELETE, INSERT, SELECT",
  package_file: "INSERT, SELECT",
  package_item: "INSERT, SELECT",
  package_manifest: "INSERT, SELECT",
  transfer: "SELECT",
  transfer_case: "SELECT",
  transfer_event: "SELECT",
  transfer_key: "",
  transfer_rule: "SELECT",
};
const usual = "DELETE, INSERT, SELECT, UPDATE";

test("the runtime role may do what is written here, and nothing else", async () => {
  const found = await sql<{ name: string; rights: string }>(
    `select c.relname::text name, concat_ws('; ', (select string_agg(p, ', ' order by p) from unnest(array['SELECT', 'INSERT', 'UPDATE', 'DELETE', 'TRUNCATE', 'REFERENCES', 'TRIGGER', 'MAINTAIN']) p where has_table_privilege('baton_runtime', c.oid, p)),
       case when not has_table_privilege('baton_runtime', c.oid, 'UPDATE') then (select 'UPDATE of ' || string_agg(a.attname, ', ' order by a.attname) from pg_attribute a where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and has_column_privilege('baton_runtime', c.oid, a.attnum, 'UPDATE')) end) rights
     from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p', 'v', 'm') order by 1`,
  );
  const wanted = found.map(({ name }) => ({ name, rights: rights[name] ?? usual }));
  // Reading the names of migrations is for the health check, and doesn't have to be.
  expect(found.map((row) => (row.name === "_prisma_migrations" && row.rights === "" ? { ...row, rights: "SELECT" } : row))).toEqual(wanted);
  expect(Object.keys(rights).filter((name) => !found.some((row) => row.name === name))).toEqual([]);
});

test("the app's login is no superuser, bypasses nothing, owns nothing, and is a member of the runtime role alone", async () => {
  const [role] = await sql(
    `select r.rolsuper, r.rolbypassrls, r.rolcreaterole, r.rolcreatedb, r.rolreplication, array(select g.rolname::text from pg_roles g where g.oid <> r.oid and pg_has_role(r.oid, g.oid, 'member') order by 1) member_of,
       (select count(*)::int from pg_class c where c.relowner = r.oid) + (select count(*)::int from pg_proc p where p.proowner = r.oid) owns
     from pg_roles r where r.rolname = 'baton_app'`,
  );
  expect(role).toEqual({ rolsuper: false, rolbypassrls: false, rolcreaterole: false, rolcreatedb: false, rolreplication: false, member_of: ["baton_runtime"], owns: 0 });
});

test("the roles that own functions can't sign in, bypass nothing and own no table", async () => {
  const roles = await sql(
    `select r.rolname, r.rolcanlogin, r.rolsuper, r.rolbypassrls, (select count(*)::int from pg_class c where c.relowner = r.oid) tables from pg_roles r
     where r.rolname in ('baton_runtime', 'baton_search', 'baton_exchange', 'baton_audit') order by 1`,
  );
  const plain = { rolcanlogin: false, rolsuper: false, rolbypassrls: false, tables: 0 };
  expect(roles).toEqual(["baton_audit", "baton_exchange", "baton_runtime", "baton_search"].map((rolname) => ({ rolname, ...plain })));
});

describe("functions", async () => {
  const functions = await sql<{ name: string; definer: boolean; owner: string; config: string[] | null; source: string; runtime: boolean }>(
    `select p.proname::text name, p.prosecdef definer, r.rolname::text "owner", p.proconfig config, p.prosrc source, has_function_privilege('baton_runtime', p.oid, 'EXECUTE') runtime
     from pg_proc p join pg_roles r on r.oid = p.proowner
     where p.pronamespace = 'public'::regnamespace and not exists (select 1 from pg_depend d where d.objid = p.oid and d.deptype = 'e') order by 1`,
  );
  const definers = functions.filter((one) => one.definer);

  test("that act with more rights than their caller look names up in public alone", () => {
    expect(definers.length).toBeGreaterThan(15);
    for (const one of definers) {
      expect({ name: one.name, config: one.config }).toEqual({ name: one.name, config: ["search_path=public, pg_temp"] });
      expect(["baton_search", "baton_exchange", "baton_audit"]).toContain(one.owner);
    }
  });

  test("and look at the district that their caller stands in", () => {
    // exchange_unlock and exchange_decide ask those two, which do.
    const blind = definers.filter((one) => !/current_district\(\)|exchange_obstacle\(|exchange_apply\(/.test(one.source)).map((one) => one.name);
    expect(blind).toEqual([]);
  });

  test("that are the exchange's own aren't the app's to call", () => {
    expect(functions.filter((one) => !one.runtime).map((one) => one.name)).toEqual(["exchange_apply", "transfer_note"]);
  });
});

test("append-only, read-only and the state table are held by triggers that are on", async () => {
  const triggers = await sql<{ t: string }>(
    "select c.relname || '.' || g.tgname t from pg_trigger g join pg_class c on c.oid = g.tgrelid where not g.tgisinternal and g.tgenabled = 'O' and g.tgname in ('append_only', 'refuse_received', 'refuse_transition') order by 1",
  );
  expect(triggers.map((row) => row.t)).toEqual(["attachment.refuse_received", "audit.append_only", "disclosure.append_only", "note.refuse_received", "transfer.refuse_transition"]);
});

test("nobody else was let in: no rights of PUBLIC on any table, no way to make anything in the schema", async () => {
  const open = await sql(
    "select c.relname from pg_class c, aclexplode(c.relacl) a where c.relnamespace = 'public'::regnamespace and a.grantee = 0",
  );
  expect(open).toEqual([]);
  const [row] = await sql("select has_schema_privilege('baton_runtime', 'public', 'CREATE') runtime, has_schema_privilege('baton_exchange', 'public', 'CREATE') exchange, has_schema_privilege('baton_search', 'public', 'CREATE') search");
  expect(row).toEqual({ runtime: false, exchange: false, search: false });
  expect((await tenantTables(sql)).length).toBeGreaterThan(20);
});
