import { readFile } from "node:fs/promises";
import type pg from "pg";
import {
  type DirectoryRow,
  DirectoryUnreadable,
  type ParsedDirectory,
  parseDirectory,
} from "@/lib/districts/parse-directory";
import { env } from "@/lib/env";
import { withConnection } from "../postgres";
import { StartProblem, say } from "../problem";

const shown = 20;

type DirectoryChange = { added: number; changed: number; unchanged: number; tenants: number };

/**
 * `directory import FILE`: loads the directory from an NCES LEA file. Repeatable; districts that are on Baton and districts that the
 * file doesn't name stay as they are. Throws StartProblem when not one row could be used.
 */
export async function run(args: string[]): Promise<void> {
  const [file, ...more] = args;
  if (!file || more.length > 0) throw new StartProblem("Name one file: npm run baton -- directory import FILE");
  const started = performance.now();
  const parsed = parse(await read(file));
  for (const line of reportBad(parsed)) say(line);
  if (parsed.rows.length === 0) throw new StartProblem(`Nothing was imported: no row of ${file} can be used.`);
  const change = await importDirectory(env().DATABASE_ADMIN_URL, parsed.rows);
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  say(
    `Read ${count(parsed.rows.length, "district")} in ${seconds} s: ${change.added} new, ${change.changed} changed, ${change.unchanged} as before.`,
  );
  if (parsed.zerosRestored > 0)
    say(`Leading zero restored in ${count(parsed.zerosRestored, "LEAID")}: a spreadsheet had dropped it.`);
  if (change.tenants > 0) say(`Left alone, since they are on Baton: ${count(change.tenants, "district")}.`);
}

/** Writes rows into the directory as the owner, in one transaction: one insert into a temporary table, one upsert. */
function importDirectory(adminUrl: string, rows: DirectoryRow[]): Promise<DirectoryChange> {
  return withConnection(adminUrl, async (client) => {
    await client.query("begin");
    await client.query(
      "create temporary table loaded (nces_id text, name text, state text, city text, domain text) on commit drop",
    );
    await client.query(
      "insert into loaded select * from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[])",
      [
        rows.map((row) => row.ncesId),
        rows.map((row) => row.name),
        rows.map((row) => row.state),
        rows.map((row) => row.city),
        rows.map((row) => row.domain),
      ],
    );
    const change = await upsert(client, rows.length);
    await client.query("commit");
    return change;
  });
}

async function upsert(client: pg.Client, total: number): Promise<DirectoryChange> {
  // What the file doesn't have (city, web site) stays as an earlier file gave it. A row that says the same isn't written.
  const { rows } = await client.query<{ added: number; changed: number; tenants: number }>(`
    with written as (
      insert into district as d (nces_id, name, state, city, domain)
      select nces_id, name, state, city, domain from loaded order by nces_id
      on conflict (nces_id) do update set
        name = excluded.name, state = excluded.state, city = coalesce(excluded.city, d.city), domain = coalesce(excluded.domain, d.domain)
      where d.slug is null
        and (d.name, d.state, d.city, d.domain) is distinct from (excluded.name, excluded.state, coalesce(excluded.city, d.city), coalesce(excluded.domain, d.domain))
      returning xmax = 0 as added)
    select (select count(*)::int from written where added) added, (select count(*)::int from written where not added) changed,
      (select count(*)::int from loaded join district using (nces_id) where slug is not null) tenants`);
  const { added, changed, tenants } = rows[0] ?? { added: 0, changed: 0, tenants: 0 };
  return { added, changed, tenants, unchanged: total - added - changed - tenants };
}

async function read(file: string): Promise<Buffer> {
  try {
    return await readFile(file);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    const why =
      code === "ENOENT" ? "there is no such file" : code === "EISDIR" ? "it's a folder" : `it can't be read (${code})`;
    throw new StartProblem(`${file}: ${why}.`);
  }
}

function parse(file: Buffer): ParsedDirectory {
  try {
    return parseDirectory(file);
  } catch (error) {
    if (error instanceof DirectoryUnreadable) throw new StartProblem(`Nothing was imported. ${error.message}`);
    throw error;
  }
}

/** The rows that weren't taken, with line and reason: the first twenty, and how many there are. */
function reportBad({ bad }: ParsedDirectory): string[] {
  if (bad.length === 0) return [];
  const lines = bad.slice(0, shown).map(({ line, reason }) => `  line ${line}: ${reason}`);
  if (bad.length > shown) lines.push(`  … and ${bad.length - shown} more`);
  return [`${count(bad.length, "row")} couldn't be used:`, ...lines];
}

const count = (n: number, word: string) => `${n.toLocaleString("en-US")} ${word}${n === 1 ? "" : "s"}`;
