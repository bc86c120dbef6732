import type { World } from "../../support/world";
import {
  fence,
  globalKeys,
  internalFunctions,
  otherPolicies,
  rights,
  toShared,
  triggers,
  usualRights,
} from "./exceptions";
import { ownTables, sharedTables, tenantTables } from "./tables";

type Sql = World["sql"];
/** What the catalog has to hold: gives a line for each place where it doesn't. */
type Rule = (sql: Sql) => Promise<string[]>;

/** A new table carries a district or is named as shared, with its reason. */
const tablesAreKnown: Rule = async (sql) => {
  const tenant = await tenantTables(sql);
  const found = await sql<{ name: string; kind: string }>(
    "select relname::text name, relkind::text kind from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p', 'v', 'm', 'f')",
  );
  const named = Object.keys(sharedTables);
  return [
    ...found
      .filter(({ name, kind }) => !["r", "p"].includes(kind) || !(tenant.includes(name) || named.includes(name)))
      .map(({ name }) => `${name}: neither a district's nor named as shared`),
    ...named
      .filter((name) => !found.some((table) => table.name === name))
      .map((name) => `${name}: named, but not there`),
  ];
};

const fenceIsForced: Rule = async (sql) => {
  const open = await sql<{ name: string }>(
    "select relname::text name from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p') and not (relrowsecurity and relforcerowsecurity) and relname <> all ($1)",
    [ownTables],
  );
  return open.map(({ name }) => `${name}: row-level security isn't forced`);
};

/** Each tenant table is fenced for reading and writing, and whatever else lets the runtime role in is named. */
const policiesFence: Rule = async (sql) => {
  const found = await sql<{ tablename: string; policyname: string; cmd: string; qual: string; with_check: string }>(
    "select tablename::text, policyname::text, cmd, qual, with_check from pg_policies where schemaname = 'public' and permissive = 'PERMISSIVE' and roles && '{baton_runtime,public}'",
  );
  const tenant = await tenantTables(sql);
  const isFence = (one: (typeof found)[number]) =>
    one.policyname === "tenant" && one.cmd === "ALL" && one.qual === fence && one.with_check === fence;
  const others = found
    .filter((one) => tenant.includes(one.tablename) && !isFence(one))
    .map((one) => ({ ...one, label: `${one.tablename}.${one.policyname} ${one.cmd}` }));
  return [
    ...tenant
      .filter((name) => !found.some((one) => one.tablename === name && isFence(one)))
      .map((name) => `${name}: not fenced`),
    ...others
      .filter(({ label, qual }) => !(label in otherPolicies) || !qual?.includes("system_reason()"))
      .map(({ label }) => `${label}: lets somebody in`),
    ...Object.keys(otherPolicies)
      .filter((label) => !others.some((one) => one.label === label))
      .map((label) => `${label}: named, but not there`),
  ];
};

/** Keys begin with the district: they can't tell a stranger what exists, and each table has an index for its fence. */
const keysBeginWithDistrict: Rule = async (sql) => {
  const tenant = await tenantTables(sql);
  const found = await sql<{ name: string; columns: string[]; unique: boolean; primary: boolean }>(
    `select c.relname::text name, array(select a.attname::text from unnest(i.indkey) with ordinality k(n, at) join pg_attribute a on a.attrelid = c.oid and a.attnum = k.n order by at) columns, i.indisunique "unique", i.indisprimary "primary"
     from pg_index i join pg_class c on c.oid = i.indrelid where c.relname = any ($1) and c.relnamespace = 'public'::regnamespace`,
    [tenant],
  );
  return [
    ...tenant
      .filter((name) => !found.some((key) => key.name === name && key.primary && key.columns[0] === "district_id"))
      .map((name) => `${name}: its key doesn't begin with the district`),
    ...found
      .filter(
        (key) =>
          key.unique && key.columns[0] !== "district_id" && !(`${key.name} (${key.columns.join(", ")})` in globalKeys),
      )
      .map((key) => `${key.name} (${key.columns.join(", ")}): unique across districts`),
  ];
};

/** No row can point into another district. */
const keysStayInDistrict: Rule = async (sql) => {
  const tenant = await tenantTables(sql);
  const names = (key: string, relation: string) =>
    `array(select a.attname::text from unnest(k.${key}) with ordinality u(n, at) join pg_attribute a on a.attrelid = k.${relation} and a.attnum = u.n order by at)`;
  const found = await sql<{ name: string; columns: string[]; target: string; targets: string[] }>(
    `select c.relname::text name, ${names("conkey", "conrelid")} columns, t.relname::text target, ${names("confkey", "confrelid")} targets
     from pg_constraint k join pg_class c on c.oid = k.conrelid join pg_class t on t.oid = k.confrelid where k.contype = 'f' and c.relnamespace = 'public'::regnamespace`,
  );
  const labels = found.map((key) => ({
    ...key,
    label: `${key.name} (${key.columns.join(", ")}) → ${key.target}`,
    district: key.columns[key.targets.indexOf("district_id")],
  }));
  return [
    // A shared row that points into a district names that district in the same key; a district's own row means its own.
    ...labels
      .filter(
        (key) =>
          tenant.includes(key.target) &&
          !(tenant.includes(key.name) ? key.district === "district_id" : key.district?.endsWith("district_id")),
      )
      .map(({ label }) => `${label}: into any district`),
    ...labels
      .filter(
        (key) =>
          tenant.includes(key.name) &&
          !tenant.includes(key.target) &&
          key.target !== "district" &&
          !(key.label in toShared),
      )
      .map(({ label }) => `${label}: to a shared row`),
    ...Object.keys(toShared)
      .filter((label) => !labels.some((key) => key.label === label))
      .map((label) => `${label}: named, but not there`),
  ];
};

/** The runtime role may do what is written here, and PUBLIC nothing. */
const rightsAreKnown: Rule = async (sql) => {
  const found = await sql<{ name: string; rights: string; open: boolean }>(
    `select c.relname::text name, exists (select from aclexplode(c.relacl) a where a.grantee = 0) open,
       concat_ws('; ', (select string_agg(p, ', ' order by p) from unnest(array['SELECT', 'INSERT', 'UPDATE', 'DELETE', 'TRUNCATE', 'REFERENCES', 'TRIGGER', 'MAINTAIN']) p where has_table_privilege('baton_runtime', c.oid, p)),
         case when not has_table_privilege('baton_runtime', c.oid, 'UPDATE') then (select 'UPDATE of ' || string_agg(a.attname, ', ' order by a.attname) from pg_attribute a where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and has_column_privilege('baton_runtime', c.oid, a.attnum, 'UPDATE')) end) rights
     from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p', 'v', 'm')`,
  );
  // The health check may read which migrations there are, and need not.
  const wanted = (name: string, given: string) =>
    name === "_prisma_migrations" && given === "" ? "" : (rights[name] ?? usualRights);
  const [schema] = await sql<{ makes: boolean }>(
    "select bool_or(has_schema_privilege(r, 'public', 'CREATE')) makes from unnest(array['baton_runtime', 'baton_exchange', 'baton_search', 'baton_audit']) r",
  );
  return [
    ...found
      .filter((table) => table.rights !== wanted(table.name, table.rights))
      .map((table) => `${table.name}: ${table.rights || "nothing"}`),
    ...found.filter((table) => table.open).map((table) => `${table.name}: rights of PUBLIC`),
    ...(schema?.makes ? ["public: somebody may make things in it"] : []),
  ];
};

/** The app's login is a member of the runtime role alone; none of the roles is more than it has to be. */
const rolesAreWeak: Rule = async (sql) => {
  const found = await sql<{ name: string; strong: boolean; owns: boolean; member: string[]; login: boolean }>(
    `select r.rolname::text name, r.rolsuper or r.rolbypassrls or r.rolcreaterole or r.rolcreatedb or r.rolreplication strong, r.rolcanlogin login,
       exists (select from pg_class c where c.relowner = r.oid) owns, array(select g.rolname::text from pg_roles g where g.oid <> r.oid and pg_has_role(r.oid, g.oid, 'member') order by 1) member
     from pg_roles r where r.rolname in ('baton_app', 'baton_runtime', 'baton_search', 'baton_exchange', 'baton_audit')`,
  );
  return found
    .filter(
      (role) =>
        role.strong ||
        role.owns ||
        role.login !== (role.name === "baton_app") ||
        role.member.join() !== (role.name === "baton_app" ? "baton_runtime" : ""),
    )
    .map(
      (role) =>
        `${role.name}: strong ${role.strong}, owner ${role.owns}, login ${role.login}, member of ${role.member.join(", ") || "none"}`,
    );
};

/** Functions with more rights than their caller look names up in public alone and ask where their caller stands. */
const functionsAreCareful: Rule = async (sql) => {
  const found = await sql<{
    name: string;
    definer: boolean;
    owner: string;
    config: string[] | null;
    source: string;
    runtime: boolean;
    open: boolean;
  }>(
    `select p.proname::text name, p.prosecdef definer, r.rolname::text "owner", p.proconfig config, p.prosrc source, has_function_privilege('baton_runtime', p.oid, 'EXECUTE') runtime,
       has_function_privilege('public', p.oid, 'EXECUTE') open
     from pg_proc p join pg_roles r on r.oid = p.proowner where p.pronamespace = 'public'::regnamespace and not exists (select from pg_depend d where d.objid = p.oid and d.deptype = 'e')`,
  );
  const definers = found.filter((one) => one.definer);
  return [
    ...definers
      .filter((one) => !one.config?.includes("search_path=public, pg_temp"))
      .map((one) => `${one.name}: looks names up anywhere`),
    ...definers
      .filter((one) => !["baton_search", "baton_exchange", "baton_audit"].includes(one.owner))
      .map((one) => `${one.name}: owned by ${one.owner}`),
    // Those three look, and others ask them.
    ...definers
      .filter((one) => !/current_district\(\)|exchange_obstacle\(|exchange_apply\(|is_delivering\(/.test(one.source))
      .map((one) => `${one.name}: asks for no district`),
    ...definers.filter((one) => one.open).map((one) => `${one.name}: everybody's to execute`),
    ...found
      .filter((one) => one.runtime === internalFunctions.includes(one.name))
      .map((one) => `${one.name}: ${one.runtime ? "the exchange's own, and open" : "closed to the app"}`),
  ];
};

/** Append-only, read-only and the state table are held by triggers that are on. */
const triggersAreOn: Rule = async (sql) => {
  const found = await sql<{ name: string }>(
    "select c.relname || '.' || g.tgname name from pg_trigger g join pg_class c on c.oid = g.tgrelid where not g.tgisinternal and g.tgenabled = 'O'",
  );
  return triggers.filter((name) => !found.some((trigger) => trigger.name === name)).map((name) => `${name}: off`);
};

export const rules: Record<string, Rule> = {
  tablesAreKnown,
  fenceIsForced,
  policiesFence,
  keysBeginWithDistrict,
  keysStayInDistrict,
  rightsAreKnown,
  rolesAreWeak,
  functionsAreCareful,
  triggersAreOn,
};
