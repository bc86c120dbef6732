import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { Prisma } from "@/lib/db/generated/client";
import { projectRoot } from "@/lib/run/root";
import { makeWorld } from "../../support/world";
import { ownTables } from "./tables";

type Column = { name: string; type: string; list: boolean; optional: boolean };
type Model = { table: string; columns: Column[]; key: string[]; unique: string[][] };

const types: Record<string, string> = {
  Boolean: "bool",
  Int: "int4",
  BigInt: "int8",
  Json: "jsonb",
  Bytes: "bytea",
  String: "text",
  DateTime: "timestamp",
};
const native: Record<string, string> = { Uuid: "uuid", Timestamptz: "timestamptz", Date: "date" };

/** The models of schema.prisma as tables: what stands there, not what Prisma makes of it. */
function readModels(schema: string): Model[] {
  return [...schema.matchAll(/^model \w+ \{\n([\s\S]*?)^\}/gm)].map(([, body = ""]) => {
    const columnOf = new Map<string, string>();
    const model: Model = { table: /@@map\("(\w+)"\)/.exec(body)?.[1] ?? "", columns: [], key: [], unique: [] };
    for (const line of body.split("\n")) {
      const field = /^ {2}(\w+)\s+(\w+)(\[\])?(\?)?(.*)$/.exec(line);
      if (!field) continue;
      const [, name = "", type = "", list, optional, rest = ""] = field;
      const column = /@map\("(\w+)"\)/.exec(rest)?.[1] ?? name;
      columnOf.set(name, column);
      model.columns.push({
        name: column,
        type: native[/@db\.(\w+)/.exec(rest)?.[1] ?? ""] ?? types[type] ?? type,
        list: Boolean(list),
        optional: Boolean(optional),
      });
      if (/@id\b/.test(rest)) model.key = [column];
      if (/@unique\b/.test(rest)) model.unique.push([column]);
    }
    const columns = (names: string) => names.split(",").map((name) => columnOf.get(name.trim()) ?? `${name} ?`);
    for (const [, kind, names = ""] of body.matchAll(/@@(id|unique)\(\[([^\]]+)\]/g)) {
      if (kind === "id") model.key = columns(names);
      else model.unique.push(columns(names));
    }
    return model;
  });
}

const models = readModels(readFileSync(join(projectRoot, "prisma", "schema.prisma"), "utf8"));
const { sql } = await makeWorld();
const found = await sql<{ table: string } & Column>(
  `select c.relname::text "table", a.attname::text name, case when t.typelem <> 0 and t.typlen = -1 then e.typname else t.typname end::text type, t.typelem <> 0 and t.typlen = -1 list, not a.attnotnull optional
   from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped join pg_type t on t.oid = a.atttypid left join pg_type e on e.oid = t.typelem
   where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' order by c.relname, a.attnum`,
);
const keys = await sql<{ table: string; primary: boolean; columns: string[] }>(
  `select c.relname::text "table", k.contype = 'p' "primary", array(select a.attname::text from unnest(k.conkey) with ordinality u(n, i) join pg_attribute a on a.attrelid = c.oid and a.attnum = u.n order by i) columns
   from pg_constraint k join pg_class c on c.oid = k.conrelid where c.relnamespace = 'public'::regnamespace and k.contype in ('p', 'u')`,
);

test("every table has a model, and every model a table", () => {
  const tables = [...new Set(found.map((column) => column.table))].filter((table) => !ownTables.includes(table));
  expect(models.map((model) => model.table).sort()).toEqual(tables.sort());
  expect(Object.keys(Prisma.ModelName)).toHaveLength(models.length);
});

describe.each(models)("$table", ({ table, columns, key, unique }) => {
  test("has the same columns: names, types, nullability", () => {
    const real = found.filter((column) => column.table === table).map(({ table: _, ...column }) => column);
    // A list is never null to Prisma.
    const sorted = (list: Column[]) =>
      list.map((one) => ({ ...one, optional: one.optional && !one.list })).sort((a, b) => a.name.localeCompare(b.name));
    expect(sorted(columns)).toEqual(sorted(real));
  });

  test("has the same key and unique keys", () => {
    const real = keys.filter((one) => one.table === table);
    expect(key).toEqual(real.find((one) => one.primary)?.columns);
    expect(unique.map(String).sort()).toEqual(
      real
        .filter((one) => !one.primary)
        .map((one) => String(one.columns))
        .sort(),
    );
  });

  test("is what the generated client knows", () => {
    const name = Object.keys(Prisma.ModelName).find(
      (one) => one.replaceAll(/(?<!^)[A-Z]/g, "_$&").toLowerCase() === table,
    );
    const fields = Object.keys((Prisma as unknown as Record<string, object>)[`${name}ScalarFieldEnum`] ?? {});
    expect(fields.map((field) => field.replaceAll(/[A-Z]/g, "_$&").toLowerCase()).sort()).toEqual(
      columns.map((column) => column.name).sort(),
    );
  });
});
