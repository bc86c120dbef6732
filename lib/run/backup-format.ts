import type pg from "pg";
import { z } from "zod";

/** A backup is a zip: `tables/<name>` in PostgreSQL's COPY text format, `files/<storage key>`, and this in `manifest.json`. */
export const backupFormat = 1;

const table = z.object({ name: z.string(), columns: z.array(z.string()), rows: z.number(), sha256: z.string() });
export const manifestSchema = z.object({
  format: z.literal(backupFormat),
  madeAt: z.iso.datetime(),
  migrations: z.array(z.string()),
  tables: z.array(table),
  files: z.number(),
  /** Objects that rows name and the storage doesn't have. */
  missing: z.array(z.string()),
});
export type BackupTable = z.infer<typeof table>;
export type Manifest = z.infer<typeof manifestSchema>;

// What nobody misses: who was signed in and counted tries, and the list of objects that weren't backed up.
const leftOut = [
  "_prisma_migrations",
  "session",
  "half_session",
  "password_reset",
  "attempt",
  "code_try",
  "doomed_object",
];

/** The tables that a backup holds, each with the columns that can be written. */
export async function tablesOf(client: pg.Client): Promise<{ name: string; columns: string[] }[]> {
  const { rows } = await client.query<{ name: string; columns: string[] }>(
    `select c.relname::text as name, array_agg(a.attname::text order by a.attnum) as columns
     from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
     where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and c.relname <> all ($1) group by 1 order by 1`,
    [leftOut],
  );
  return rows;
}
