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

/** A line that isn't the log's end can't be read. Its message names it. */
export class PurgeLogDamaged extends Error {
  override name = "PurgeLogDamaged";
}

/**
 * The purges of a log, each once. An end that can't be read (power was lost while it was written) is left out, and `cutOff` is its first
 * line's number. Throws `PurgeLogDamaged` for any other line.
 */
export async function readPurges(path: string): Promise<{ purges: Purge[]; cutOff: number | null }> {
  const { lines, rest } = await readFrom(path, 0);
  // A last line that lacks its end alone is one all the same.
  const all = purgeIn(rest) ? [...lines, rest] : lines;
  const { purges, whole } = purgesOf(path, all, 0);
  const torn = rest !== "" && all === lines;
  return {
    purges: [...new Map(purges.map((purge) => [purge.id, purge])).values()],
    cutOff: torn || whole < all.length ? whole + 1 : null,
  };
}

/** Stands behind what couldn't be read and was the log's end when the next purges were appended: those of it among them. */
const tornMark = JSON.stringify({ torn: true });

/** The purges of a log's lines, the first of which is number `before` + 1; `whole`: how many lines they are without an end that can't be read. */
function purgesOf(path: string, lines: readonly string[], before: number): { purges: Purge[]; whole: number } {
  const purges: Purge[] = [];
  let bad: number | null = null;
  for (const [i, line] of lines.entries()) {
    const purge = line === tornMark ? null : purgeIn(line);
    if (line === tornMark) bad = null;
    else if (!purge) bad ??= i;
    // Not the line itself: errors are logged.
    else if (bad !== null) throw new PurgeLogDamaged(`line ${before + bad + 1} of ${path} can't be read`);
    else purges.push(purge);
  }
  return { purges, whole: bad ?? lines.length };
}

function purgeIn(line: string): Purge | null {
  try {
    return purgeSchema.parse(JSON.parse(line));
  } catch {
    return null;
  }
}

/** The lines of a file from a byte on that end, which file it is, where they end, and what comes after. None for one that isn't there. */
async function readFrom(
  path: string,
  start: number,
): Promise<{ lines: string[]; file: string; end: number; rest: string }> {
  const handle = await open(path, "r").catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return null;
    throw error;
  });
  if (!handle) return { lines: [], file: "", end: 0, rest: "" };
  try {
    const { ino, size } = await handle.stat();
    const from = size < start ? 0 : start;
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(size - from), 0, size - from, from);
    const whole = buffer.subarray(0, buffer.subarray(0, bytesRead).lastIndexOf(10) + 1);
    return {
      lines: whole.toString("utf8").split("\n").slice(0, -1),
      file: `${path} ${ino}`,
      end: from + whole.length,
      rest: buffer.toString("utf8", whole.length, bytesRead),
    };
  } finally {
    await handle.close();
  }
}

/** A purge is written down at its commit, its time is its beginning: one may show up this much after a later one. */
const lateMilliseconds = 24 * 60 * 60_000;

/**
 * How far this process has read the log: what others append comes after `end`, the end of line number `line`. `recent`: the purges of the
 * last day that are in it.
 */
type LogRead = { file: string; end: number; line: number; last: number; recent: Map<string, number> };
let read: LogRead | undefined;

/** Reads on; `tail`: what is to stand before the next line, so that a last one that can't be read doesn't spoil it. */
async function readOn(path: string): Promise<LogRead & { tail: string }> {
  let found = await readFrom(path, read?.end ?? 0);
  const sameFile = read?.file === found.file && found.end >= read.end;
  if (read && !sameFile) found = await readFrom(path, 0);
  const known = sameFile && read ? read : { line: 0, last: 0, recent: new Map<string, number>() };
  const recent = new Map(known.recent);
  let last = known.last;
  const { purges, whole } = purgesOf(path, found.lines, known.line);
  for (const { id, purged_at } of purges) {
    const at = Date.parse(purged_at);
    recent.set(id, at);
    last = Math.max(last, at);
  }
  for (const [id, at] of recent) if (at < last - lateMilliseconds) recent.delete(id);
  const unread = found.lines.slice(whole).reduce((sum, line) => sum + Buffer.byteLength(line) + 1, 0);
  read = { file: found.file, end: found.end - unread, line: known.line + whole, last, recent };
  return { ...read, tail: found.rest !== "" ? `\n${tornMark}\n` : unread > 0 ? `${tornMark}\n` : "" };
}

/** Appends the certificates that PURGE_LOG_FILE doesn't have yet, durably; nothing where it isn't set. Returns how many. */
export async function logPurges(): Promise<number> {
  const { PURGE_LOG_FILE } = env();
  if (!PURGE_LOG_FILE) return 0;
  const { last, recent, tail } = await readOn(PURGE_LOG_FILE);
  const since = new Date(last - lateMilliseconds);
  const rows = await systemJobs(
    (tx) => tx.$queryRaw<{ line: string }[]>`
      select row_to_json(c)::text line from purge_certificate c
      where c.purged_at >= ${since} and c.id <> all (${[...recent.keys()]}::uuid[]) order by c.purged_at limit 1000`,
  );
  if (rows.length === 0) return 0;
  const file = await open(PURGE_LOG_FILE, "a", 0o600);
  try {
    await file.appendFile(tail + rows.map(({ line }) => `${line}\n`).join(""));
    await file.sync();
  } finally {
    await file.close();
  }
  return rows.length;
}
