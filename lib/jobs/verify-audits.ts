import { doorsFor } from "@/lib/db/exchange";
import { systemJobs } from "@/lib/db/system";
import { type AuditHead, type AuditReport, verifyAudit } from "@/lib/districts/verify-audit";
import { env } from "@/lib/env";
import { readHeads } from "@/lib/jobs/audit-heads";
import { log } from "@/lib/log";
import { workerOf } from "@/lib/policy";

/** From when to when chains are verified, in hours UTC: night in the United States but for the far west. */
const [nightBegins, nightEnds] = [6, 12];
/** After this long no further chain is begun; the rest is due a minute later. */
const mostMilliseconds = 15_000;

/** The kept heads, where they're in a file of their own. Null where they're in the log, or the file isn't there yet. */
async function keptHeads(): Promise<Map<string, AuditHead> | null> {
  const file = env().AUDIT_HEAD_FILE;
  if (!file) return null;
  try {
    return (await readHeads(file)).heads;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return null;
    throw error;
  }
}

/**
 * Verifies each district's audit chain once a night, and one that never was at once; keeps what it found for the page **Audit Log**.
 * Returns how many it verified. A broken chain is an error in the log.
 */
export async function verifyAudits(_boss?: unknown, now = new Date()): Promise<number> {
  const night = now.getUTCHours() >= nightBegins && now.getUTCHours() < nightEnds;
  const due = await systemJobs(
    (tx) => tx.$queryRaw<{ id: string }[]>`
      select d.id from district d left join audit_check c on c.district_id = d.id
      where d.slug is not null and (c.checked_at is null or (${night} and c.checked_at < ${now}::timestamptz - interval '20 hours'))
      order by c.checked_at nulls first, d.id limit 1000`,
  );
  if (due.length === 0) return 0;
  const heads = await keptHeads();
  const began = Date.now();
  let verified = 0;
  for (const { id } of due) {
    if (Date.now() - began > mostMilliseconds) break;
    await keepReport(id, await verifyAudit(doorsFor(workerOf(id)), heads?.get(id) ?? null));
    verified++;
  }
  return verified;
}

async function keepReport(districtId: string, report: AuditReport): Promise<void> {
  const { entries, broken } = report;
  if (broken) log.error({ districtId, problem: broken.problem, seq: String(broken.seq) }, "the audit chain is broken");
  await doorsFor(workerOf(districtId)).district(async (tx) => {
    await tx.$executeRaw`
      insert into audit_check as c (district_id, entries, problem, problem_seq) values (${districtId}::uuid, ${entries}, ${broken?.problem ?? null}, ${broken?.seq ?? null})
      on conflict (district_id) do update set checked_at = now(), entries = excluded.entries, problem = excluded.problem, problem_seq = excluded.problem_seq`;
  });
}
