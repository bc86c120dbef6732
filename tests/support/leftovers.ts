import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect } from "vitest";
import { objectStore } from "@/lib/storage/open-store";
import { figure } from "./figures";
import { storageFolder } from "./storage-folder";
import type { World } from "./world";

/** Where a text stands: in any row of any table, job tables included, or in any file of the storage. */
export async function leftovers(world: World, text: string): Promise<string[]> {
  const tables = await world.sql<{ name: string }>(
    "select format('%I.%I', schemaname, tablename) name from pg_tables where schemaname in ('public', 'pgboss') order by 1",
  );
  const found: string[] = [];
  for (const { name } of tables) {
    const rows = await world.sql(`select 1 from ${name} t where strpos(t::text, $1) > 0 limit 1`, [text]);
    if (rows.length > 0) found.push(name);
  }
  return [...found, ...(await objectsWith(text))];
}

/** After a purge: these texts stand nowhere any more, and the object's name in the list of what the worker deletes alone. */
export async function expectPurged(world: World, texts: readonly string[], storageKey: string): Promise<void> {
  const left = (await Promise.all(texts.map((text) => leftovers(world, text)))).flat();
  const named = await leftovers(world, storageKey);
  const strange = [...left, ...named.filter((place) => place !== "public.doomed_object")];
  figure(24, { canaries: strange.length }, { purges: 1 });
  expect(strange).toEqual([]);
}

/** The files of the storage in which a text or bytes stand. */
export async function objectsWith(what: string | Buffer): Promise<string[]> {
  const found: string[] = [];
  for (const entry of await readdir(storageFolder(), { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const bytes = await readFile(join(entry.parentPath, entry.name));
    if (bytes.includes(what)) found.push(entry.name);
  }
  return found;
}

/** Whether an object lies in the storage. */
export async function isStored(storageKey: string): Promise<boolean> {
  try {
    await objectStore().size(storageKey);
    return true;
  } catch {
    return false;
  }
}
