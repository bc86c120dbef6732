import { parseArgs } from "node:util";
import { doorsFor } from "@/lib/db/exchange";
import { systemJobs } from "@/lib/db/system";
import { type AuditProblem, verifyAudit } from "@/lib/districts/verify-audit";
import { env } from "@/lib/env";
import { type KeptHeads, readHeads } from "@/lib/jobs/audit-heads";
import { workerOf } from "@/lib/policy";
import { StartProblem, say } from "../problem";

const usage = "npm run baton -- audit verify [--district SLUG] [--heads FILE]";

const words: Record<AuditProblem, (seq: bigint) => string> = {
  missing: (seq) => `entries before ${seq} are missing`,
  inserted: (seq) => `an entry was put in before the first (${seq})`,
  unlinked: (seq) => `entry ${seq} doesn’t follow from the one before it: put in, moved, or written anew`,
  changed: (seq) => `entry ${seq} was changed`,
  tail: (seq) => `the chain doesn’t end where its head says; the last entry that follows is ${seq}`,
  cut: (seq) => `its tail was cut off: the kept head is farther than entry ${seq}`,
  rewritten: (seq) => `it was written anew: entry ${seq} isn’t the one of which the head was kept`,
};

/**
 * `audit verify`: walks every district's audit chain, or one district's, and compares it with its head and with the kept heads (--heads,
 * else AUDIT_HEAD_FILE). Says for each whether it's whole or where it's broken; exit code 1 where one is. Throws StartProblem.
 */
export async function run(args: string[]): Promise<void> {
  const options = readOptions(args);
  const kept = await keptHeads(options.heads ?? env().AUDIT_HEAD_FILE ?? null);
  const districts = await systemJobs(
    (tx) => tx.$queryRaw<{ id: string; slug: string }[]>`
      select d.id, d.slug from district d where d.slug is not null and (${options.district ?? null}::text is null or d.slug = ${options.district ?? null}::text)
      order by d.slug`,
  );
  if (districts.length === 0)
    throw new StartProblem(
      options.district ? `There is no district "${options.district}" on Baton.` : "No district is on Baton.",
    );
  let broken = 0;
  for (const { id, slug } of districts) {
    const head = kept?.heads.get(id) ?? null;
    const report = await verifyAudit(doorsFor(workerOf(id)), head);
    if (report.broken) {
      broken++;
      say(`${slug}: BROKEN: ${words[report.broken.problem](report.broken.seq)}.`);
    } else {
      const compared = head ? `, as kept on ${head.at} (entry ${head.seq})` : "";
      say(`${slug}: whole, ${report.entries.toLocaleString("en-US")} entries${compared}.`);
    }
  }
  if (!kept)
    say(
      "Compared with no kept heads: a tail that was cut off together with its head shows only there (AUDIT_HEAD_FILE).",
    );
  else if (kept.foreign > 0)
    say(`${kept.foreign} lines of the kept heads aren’t whole, or weren’t signed with this BATON_KEY.`);
  if (broken > 0) process.exitCode = 1;
}

function readOptions(args: string[]): { district?: string | undefined; heads?: string | undefined } {
  try {
    return parseArgs({ args, options: { district: { type: "string" }, heads: { type: "string" } } }).values;
  } catch (error) {
    throw new StartProblem(`${error instanceof Error ? error.message : "That can’t be read."}\n\n${usage}`);
  }
}

async function keptHeads(file: string | null): Promise<KeptHeads | null> {
  if (file === null) return null;
  try {
    return await readHeads(file);
  } catch (error) {
    throw new StartProblem(`The kept heads can’t be read: ${file} (${(error as NodeJS.ErrnoException).code}).`);
  }
}
