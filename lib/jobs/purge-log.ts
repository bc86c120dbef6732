import { open, readFile } from "node:fs/promises";
import { z } from "zod";
import { systemJobs } from "@/lib/db/system";
import { env } from "@/lib/env";

/**
 * A line of PURGE_LOG_FILE: a purge certificate as its row stands, so that a restore can purge once more what was purged after the backup.
 * No names or titles of students.
 */
const certificate = z.object({
  district_id: z.uuid(),
  id: z.uuid(),
  number: z.string(),
  student_id: z.uuid().nullable(),
  person_id: z.uuid().nullable().default(null),
  transfer_id: z.uuid().nullable(),
  proposal_id: z.uuid().nullable().default(null),
  proposed_by_name: z.string().nullable().default(null),
  purged_at: z.string(),
  purged_by: z.uuid().nullable(),
  purged_by_name: z.string(),
  reason: z.string(),
  notice: z.string().nullable().default(null),
});
const purgeSchema = z.union([
  certificate.extend({ kind: z.literal("cases"), items: z.array(z.looseObject({ caseId: z.uuid() })) }),
  // Lines of the time before cases could be purged say no kind.
  certificate.extend({
    kind: z.literal("documents").default("documents"),
    items: z.array(z.looseObject({ documentId: z.uuid() })),
  }),
]);
export type Purge = z.infer<typeof purgeSchema>;

/** The purges of a log. A last line that was cut off is left out; throws for any other that can't be read. */
export async function readPurges(path: string): Promise<Purge[]> {
  const lines = (
    await readFile(path, "utf8").catch((error: NodeJS.ErrnoException) => {
      if (error.code === "ENOENT") return "";
      throw error;
    })
  ).split("\n");
  lines.pop();
  return lines.map((line) => purgeSchema.parse(JSON.parse(line)));
}

/** Appends the certificates that PURGE_LOG_FILE doesn't have yet, durably; nothing where it isn't set. Returns how many. */
export async function logPurges(): Promise<number> {
  const { PURGE_LOG_FILE } = env();
  if (!PURGE_LOG_FILE) return 0;
  const known = (await readPurges(PURGE_LOG_FILE)).map((purge) => purge.id);
  const rows = await systemJobs(
    (tx) => tx.$queryRaw<{ line: string }[]>`
      select row_to_json(c)::text line from purge_certificate c where c.id <> all (${known}::uuid[]) order by c.purged_at limit 1000`,
  );
  if (rows.length === 0) return 0;
  const file = await open(PURGE_LOG_FILE, "a", 0o600);
  try {
    await file.appendFile(rows.map(({ line }) => `${line}\n`).join(""));
    await file.sync();
  } finally {
    await file.close();
  }
  return rows.length;
}
