import { open } from "node:fs/promises";
import { z } from "zod";
import { systemJobs } from "@/lib/db/system";
import { env } from "@/lib/env";

/**
 * A line of PURGE_LOG_FILE: a purge certificate as its row stands, so that a restore can purge once more what was purged after the backup.
 * No titles, and no names of students but what people wrote into `reason` and `notice`, which ask them to name none.
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
  return purgesOf((await readFrom(path, 0)).lines);
}

const purgesOf = (lines: readonly string[]): Purge[] => lines.map((line) => purgeSchema.parse(JSON.parse(line)));

/** The whole lines of a file from a byte on, which file it is, and where they end. None for one that isn't there. */
async function readFrom(path: string, start: number): Promise<{ lines: string[]; file: string; end: number }> {
  const handle = await open(path, "r").catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return null;
    throw error;
  });
  if (!handle) return { lines: [], file: "", end: 0 };
  try {
    const { ino, size } = await handle.stat();
    const from = size < start ? 0 : start;
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(size - from), 0, size - from, from);
    const whole = buffer.subarray(0, buffer.subarray(0, bytesRead).lastIndexOf(10) + 1);
    return { lines: whole.toString("utf8").split("\n").slice(0, -1), file: `${path} ${ino}`, end: from + whole.length };
  } finally {
    await handle.close();
  }
}

/** A purge is written down at its commit, its time is its beginning: one may show up this much after a later one. */
const lateMilliseconds = 24 * 60 * 60_000;

/** How far this process has read the log: what others append comes after `end`. `recent`: the purges of the last day that are in it. */
type LogRead = { file: string; end: number; last: number; recent: Map<string, number> };
let read: LogRead | undefined;

async function readOn(path: string): Promise<LogRead> {
  let found = await readFrom(path, read?.end ?? 0);
  const sameFile = read?.file === found.file && found.end >= read.end;
  if (read && !sameFile) found = await readFrom(path, 0);
  const known = sameFile && read ? read : { last: 0, recent: new Map<string, number>() };
  const recent = new Map(known.recent);
  let last = known.last;
  for (const { id, purged_at } of purgesOf(found.lines)) {
    const at = Date.parse(purged_at);
    recent.set(id, at);
    last = Math.max(last, at);
  }
  for (const [id, at] of recent) if (at < last - lateMilliseconds) recent.delete(id);
  read = { file: found.file, end: found.end, last, recent };
  return read;
}

/** Appends the certificates that PURGE_LOG_FILE doesn't have yet, durably; nothing where it isn't set. Returns how many. */
export async function logPurges(): Promise<number> {
  const { PURGE_LOG_FILE } = env();
  if (!PURGE_LOG_FILE) return 0;
  const { last, recent } = await readOn(PURGE_LOG_FILE);
  const since = new Date(last - lateMilliseconds);
  const rows = await systemJobs(
    (tx) => tx.$queryRaw<{ line: string }[]>`
      select row_to_json(c)::text line from purge_certificate c
      where c.purged_at >= ${since} and c.id <> all (${[...recent.keys()]}::uuid[]) order by c.purged_at limit 1000`,
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
